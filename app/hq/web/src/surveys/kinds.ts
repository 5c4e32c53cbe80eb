// SPDX-License-Identifier: Apache-2.0
// What a question is to people: a SurveyJS type, a scale by its look.
import { mark } from '../lib/i18n.svelte'
import { labelOf, valueOf, type Item, type Question, type Text, type Value } from './definition'

export type Kind = 'faces' | 'numbers' | 'stars' | 'one' | 'several' | 'yes_no' | 'comment' | 'line' | 'statement'

export const kindNames: Record<Kind, string> = {
  faces: mark('Faces'),
  numbers: mark('Row of numbers'),
  stars: mark('Stars'),
  one: mark('Choose one'),
  several: mark('Choose several'),
  yes_no: mark('Yes or no'),
  comment: mark('Free comment'),
  line: mark('One line of text'),
  statement: mark('Only words, nothing to answer'),
}

export const kinds = Object.keys(kindNames) as Kind[]

const types: Record<Kind, Partial<Question>> = {
  faces: { type: 'rating', rateType: 'smileys' },
  numbers: { type: 'rating', rateType: 'labels' },
  stars: { type: 'rating', rateType: 'stars' },
  one: { type: 'radiogroup' },
  several: { type: 'checkbox' },
  yes_no: { type: 'boolean' },
  comment: { type: 'comment' },
  line: { type: 'text' },
  statement: { type: 'html' },
}

/** Nothing where the format has no such question. */
export function kindOf(question: Question): Kind | undefined {
  if (question.type === 'rating')
    return question.rateType === 'smileys' ? 'faces' : question.rateType === 'stars' ? 'stars' : 'numbers'
  return kinds.find((kind) => types[kind].type === question.type)
}

export const isScale = (kind: Kind | undefined) => kind === 'faces' || kind === 'numbers' || kind === 'stars'
export const isList = (kind: Kind | undefined) => kind === 'one' || kind === 'several'

export interface Step {
  value: number
  text: Text | undefined
}

/** A scale's steps: those that are written, or from lowest to highest. */
export function stepsOf(question: Question): Step[] {
  if (Array.isArray(question.rateValues))
    return question.rateValues.map((item) => ({ value: Number(valueOf(item)), text: labelOf(item) }))
  const { rateMin: min, rateMax: max, rateCount: count } = question
  const first = min ?? (max !== undefined && count !== undefined ? max - count + 1 : 1)
  const last = max ?? (min !== undefined && count !== undefined ? min + count - 1 : 5)
  const length = Math.min(11, Math.max(0, last - first + 1))
  return Array.from({ length }, (_, i) => ({ value: first + i, text: undefined }))
}

/** With that many steps; the words of those that stay are kept. */
export function withSteps(question: Question, first: number, last: number): Question {
  const { rateValues, rateCount, rateMin, rateMax, ...rest } = question
  void [rateCount, rateMin, rateMax]
  if (!rateValues?.some((item) => labelOf(item) !== undefined)) return { ...rest, rateMin: first, rateMax: last }
  const old = new Map<Value, Item>(rateValues.map((item) => [valueOf(item), item]))
  const values = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return { ...rest, rateValues: values.map((value) => old.get(value) ?? value) }
}

/** The steps as items that can have words. */
export const written = (question: Question): Item[] =>
  question.rateValues ?? stepsOf(question).map((step) => step.value)

const common = ['name', 'title', 'description', 'isRequired', 'visibleIf'] as const

/** The same question asked in another way; what the new one cannot say is left out. */
export function asKind(question: Question, kind: Kind): Question {
  const before = kindOf(question)
  const kept = Object.fromEntries(common.filter((key) => key in question).map((key) => [key, question[key]]))
  const made = { ...types[kind], ...kept } as Question
  if (isScale(before) && isScale(kind)) return { ...question, ...types[kind] }
  if (isScale(kind)) return { ...made, ...(kind === 'numbers' ? { rateMin: 0, rateMax: 10 } : { rateMin: 1, rateMax: 5 }) }
  if (isList(kind)) return { ...made, choices: question.choices ?? [1, 2] }
  if (kind === 'comment' || kind === 'line') {
    if (question.placeholder !== undefined) made.placeholder = question.placeholder
    if (question.maxLength !== undefined) made.maxLength = question.maxLength
  }
  if (kind !== 'statement') return before === 'statement' && question.html ? { ...made, title: question.html } : made
  const { title, description, isRequired, ...rest } = made
  void [description, isRequired]
  return { ...rest, html: title ?? question.name }
}
