// SPDX-License-Identifier: Apache-2.0
// A survey's definition, SurveyJS JSON as core/survey/README.md describes it, and its texts by language. A draft may be
// unfinished, so nothing here takes a property for granted.

export type Text = string | Record<string, string>
export type Value = string | number

export interface Choice {
  value: Value
  text?: Text
}
export type Item = Value | Choice

export interface Question {
  type: string
  name: string
  title?: Text
  description?: Text
  isRequired?: boolean
  visibleIf?: string
  rateType?: string
  rateValues?: Item[]
  rateMin?: number
  rateMax?: number
  rateCount?: number
  minRateDescription?: Text
  maxRateDescription?: Text
  choices?: Item[]
  minSelectedChoices?: number
  maxSelectedChoices?: number
  inputType?: string
  maxLength?: number
  placeholder?: Text
  labelTrue?: Text
  labelFalse?: Text
  html?: Text
}

export interface Page {
  name: string
  title?: Text
  description?: Text
  visibleIf?: string
  elements?: Question[]
}

export interface Definition {
  locale?: string
  title?: Text
  description?: Text
  pages?: Page[]
  surveyjs?: unknown
}

export type Metrics = Partial<Record<'nps' | 'emotion' | 'csat' | 'ces' | 'stars', string>> & { reasons?: string[] }

/** What is edited together. */
export interface Survey {
  definition: Definition
  metrics: Metrics
}

export type Path = (string | number)[]

/** Where a question stands: its page, and its place there. */
export interface Place {
  page: number
  at: number
}

export const pagesOf = (definition: Definition): Page[] => (Array.isArray(definition.pages) ? definition.pages : [])
export const questionsOf = (page: Page): Question[] => (Array.isArray(page.elements) ? page.elements : [])
export const allQuestions = (definition: Definition): Question[] => pagesOf(definition).flatMap(questionsOf)
export const questionAt = (definition: Definition, place: Place): Question | undefined =>
  pagesOf(definition)[place.page]?.elements?.[place.at]
export const ownLanguage = (definition: Definition): string => definition.locale || 'en'

export function placeOf(definition: Definition, name: string): Place | undefined {
  for (const [page, { elements }] of pagesOf(definition).entries()) {
    const at = elements?.findIndex((question) => question.name === name) ?? -1
    if (at >= 0) return { page, at }
  }
  return undefined
}

export const valueOf = (item: Item): Value => (typeof item === 'object' ? item.value : item)
export const labelOf = (item: Item): Text | undefined => (typeof item === 'object' ? item.text : undefined)

/** In exactly that language; "default" stands for the survey's own. */
export function textIn(text: Text | undefined, language: string, own: string): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return language === own ? text : ''
  return text[language] ?? (language === own ? (text['default'] ?? '') : '')
}

/** As the kiosk picks it: that language, the survey's own, English, any. */
export function spoken(text: Text | undefined, language: string, own: string): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  return text[language] ?? text[own] ?? text['default'] ?? text['en'] ?? Object.values(text)[0] ?? ''
}

/** The text with another wording in one language; nothing where no language is left. */
export function withText(text: Text | undefined, language: string, own: string, wording: string): Text | undefined {
  if (typeof text === 'string' && language === own) return wording || undefined
  const texts: Record<string, string> = typeof text === 'string' ? { [own]: text } : { ...text }
  const key = language === own && !(own in texts) && 'default' in texts ? 'default' : language
  if (wording) texts[key] = wording
  else delete texts[key]
  return Object.keys(texts).length > 0 ? texts : undefined
}

/** A copy in which that path has another value; undefined takes it out. */
export function withValue<T>(document: T, path: Path, value: unknown): T {
  const [head, ...rest] = path
  if (head === undefined) return value as T
  const copy = (Array.isArray(document) ? [...document] : { ...document }) as Record<string | number, unknown>
  const inner = rest.length === 0 ? value : withValue(copy[head] ?? {}, rest, value)
  if (inner === undefined && !Array.isArray(copy)) delete copy[head]
  else copy[head] = inner
  return copy as T
}

export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], document)
}

export const pointerOf = (path: Path): string => path.map((key) => `/${key}`).join('')

/** A text of the survey, where it stands, and whose it is. */
export interface Slot {
  path: Path
  question: string // the name; "" of the survey itself and of pages
  property: string
  value: Value | undefined // of a choice or a step of a scale
  text: Text | undefined
}

const textsOfQuestion = [
  'title', 'description', 'html', 'placeholder', 'labelFalse', 'labelTrue', 'minRateDescription', 'maxRateDescription',
] as const // prettier-ignore

/** Every text that there is, in the order of the survey; a title and a choice's words count also where they are not written. */
export function slotsOf(definition: Definition): Slot[] {
  const slots: Slot[] = []
  const add = (path: Path, question: string, property: string, text: Text | undefined, value?: Value) =>
    slots.push({ path, question, property, value, text })
  for (const key of ['title', 'description'] as const)
    if (definition[key] !== undefined) add([key], '', key, definition[key])
  for (const [p, page] of pagesOf(definition).entries()) {
    for (const key of ['title', 'description'] as const)
      if (page[key] !== undefined) add(['pages', p, key], '', `page ${key}`, page[key])
    for (const [q, question] of questionsOf(page).entries()) {
      const path: Path = ['pages', p, 'elements', q]
      for (const key of textsOfQuestion)
        if (question[key] !== undefined || (key === 'title' && question.type !== 'html'))
          add([...path, key], question.name, key, question[key])
      for (const list of ['choices', 'rateValues'] as const)
        for (const [i, item] of (question[list] ?? []).entries())
          if (list === 'choices' || labelOf(item) !== undefined)
            add([...path, list, i, 'text'], question.name, list, labelOf(item), valueOf(item))
    }
  }
  return slots
}

/** The survey with another text; a bare choice becomes one with words. */
export function withSlot(definition: Definition, path: Path, text: Text | undefined): Definition {
  const item = path.slice(0, -1)
  const bare = valueAt(definition, item)
  if (path.at(-1) === 'text' && typeof bare !== 'object') definition = withValue(definition, item, { value: bare })
  return withValue(definition, path, text)
}

const known = ['nl', 'en', 'de', 'fr', 'tr', 'pl', 'ar']

/** Those of any of its texts, its own first. */
export function languagesOf(definition: Definition): string[] {
  const own = ownLanguage(definition)
  const found = new Set<string>()
  for (const { text } of slotsOf(definition))
    if (typeof text === 'object') for (const tag of Object.keys(text)) found.add(tag === 'default' ? own : tag)
  found.delete(own)
  const rank = (tag: string) => (known.includes(tag) ? known.indexOf(tag) : known.length)
  return [own, ...[...found].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))]
}

export const isRightToLeft = (language: string): boolean => ['ar', 'he', 'fa', 'ur'].includes(language.slice(0, 2))

/** Equal as JSON, whatever the order of an object's keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && same(left[key], right[key]))
}
