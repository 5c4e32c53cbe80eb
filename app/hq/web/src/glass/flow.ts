// SPDX-License-Identifier: Apache-2.0
// Which question follows which, as core/survey/flow.h and the kiosk's model have it: one question a screen, in order.
import { allQuestions, pagesOf, questionsOf, valueOf, type Definition, type Question } from '../surveys/definition'
import { kindOf, stepsOf } from '../surveys/kinds'
import { holds, type Answers } from './expression'

/** Answers by the names as they are written. */
export type Given = Record<string, unknown>

const lower = (given: Given): Answers =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))

export function visible(definition: Definition, given: Given): Question[] {
  const all = allQuestions(definition)
  const answers = lower(given)
  return pagesOf(definition)
    .filter((page) => holds(page.visibleIf, answers, all))
    .flatMap((page) => questionsOf(page).filter((question) => holds(question.visibleIf, answers, all)))
}

/** The question after (1) or before (-1) that one, which may be hidden under these answers itself. */
export function neighbour(definition: Definition, given: Given, name: string, by: -1 | 1): Question | undefined {
  const all = allQuestions(definition)
  const here = all.findIndex((question) => question.name === name)
  const shown = new Set(visible(definition, given))
  const rest = by > 0 ? all.slice(here + 1) : all.slice(0, Math.max(0, here)).reverse()
  return rest.find((question) => shown.has(question))
}

function offered(question: Question): unknown[] {
  if (question.type === 'rating') return stepsOf(question).map((step) => step.value)
  if (question.type === 'radiogroup') return (question.choices ?? []).map(valueOf)
  if (question.type === 'checkbox') return (question.choices ?? []).map((item) => [valueOf(item)])
  return question.type === 'boolean' ? [false, true] : []
}

/** Answers after which that question is asked: none, or one of the first question's; else none. */
export function leadingTo(definition: Definition, name: string): Given {
  const first = allQuestions(definition)[0]
  const asks = (given: Given) => visible(definition, given).some((question) => question.name === name)
  if (!first || asks({})) return {}
  // From the best answer down: what is asked after a bad one is asked after more than one of them.
  const given = offered(first).reverse().map((value) => ({ [first.name]: value }))
  return given.find(asks) ?? {}
}

/** Beyond these people leave a counter: core/survey/flow.h. */
export const followUps = 3

/** How many more questions the first one leads to, at most; words alone are none. */
export function mostFollowUps(definition: Definition): number {
  const first = allQuestions(definition)[0]
  if (!first) return 0
  const count = (given: Given) => visible(definition, given).filter((question) => kindOf(question) !== 'statement').length
  return Math.max(count({}), ...offered(first).map((value) => count({ [first.name]: value }))) - 1
}
