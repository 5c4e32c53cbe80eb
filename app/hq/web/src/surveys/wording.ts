// SPDX-License-Identifier: Apache-2.0
// What differs between two versions, as asks_the_same() of core/figures/known_survey.h judges it: a question that is put
// in other words, in any language, begins another series. The server's word is final; it comes with the publication.
import { allQuestions, ownLanguage, same, type Definition, type Question, type Text } from './definition'
import { isScale, kindOf, stepsOf } from './kinds'

function byLanguage(text: Text | undefined, own: string): Record<string, string> {
  if (text === undefined) return {}
  if (typeof text === 'string') return { [own]: text }
  const { default: standard, ...texts } = text
  return standard === undefined ? texts : { [own]: standard, ...texts }
}

function wording(question: Question, own: string): unknown {
  const kind = kindOf(question)
  const plain = kind === 'statement' ? {} : byLanguage(question.title ?? question.name, own)
  const put = [isScale(kind) ? kind : question.type, plain, byLanguage(question.description, own)]
  if (!isScale(kind)) return put
  const steps = stepsOf(question).map((step) => [step.value, byLanguage(step.text, own)])
  return [...put, steps, byLanguage(question.minRateDescription, own), byLanguage(question.maxRateDescription, own)]
}

export interface Differences {
  reworded: string[]
  added: string[]
  removed: string[]
  isSame: boolean // nothing at all has changed
}

export function differences(before: Definition | undefined, now: Definition): Differences {
  const [old, fresh] = [allQuestions(before ?? {}), allQuestions(now)]
  const find = (list: Question[], name: string) => list.find((question) => question.name === name)
  const [ownBefore, ownNow] = [ownLanguage(before ?? {}), ownLanguage(now)]
  return {
    reworded: fresh
      .filter((question) => {
        const other = find(old, question.name)
        return other !== undefined && !same(wording(other, ownBefore), wording(question, ownNow))
      })
      .map((question) => question.name),
    added: before ? fresh.filter((question) => !find(old, question.name)).map((question) => question.name) : [],
    removed: old.filter((question) => !find(fresh, question.name)).map((question) => question.name),
    isSame: before !== undefined && same(before, now),
  }
}
