// SPDX-License-Identifier: Apache-2.0
// Words for surveys and what is in them.
import type { IconName } from '../components/Icon.svelte'
import { language, mark, t } from '../lib/i18n.svelte'
import { languageName } from '../organisation/words'
import { allQuestions, ownLanguage, spoken, type Definition, type Question, type Slot, type Text } from './definition'
import type { Kind } from './kinds'

/** What a survey is called in the reader's language. */
export function titleOf(definition: { title?: Text; locale?: string }, otherwise: string): string {
  return spoken(definition.title, language(), definition.locale ?? '') || otherwise
}

/** A question as it is put, in that language or the next best one. */
export function askedAs(question: Question, definition: Definition, language: string): string {
  const text = question.type === 'html' ? question.html : question.title
  const words = spoken(text, language, ownLanguage(definition)).replace(/<[^>]*>/g, ' ').trim()
  return words || question.name
}

export function askedByName(definition: Definition, name: string): string {
  const question = allQuestions(definition).find((one) => one.name === name)
  return question ? askedAs(question, definition, language()) : name
}

export const kindIcons: Record<Kind, IconName> = {
  faces: 'smile',
  numbers: 'numbers',
  stars: 'review-site',
  one: 'target',
  several: 'list',
  yes_no: 'check',
  comment: 'chat',
  line: 'edit',
  statement: 'info',
}

const metrics: Record<string, string> = {
  nps: mark('Recommendation (NPS)'),
  emotion: mark('Feeling'),
  csat: mark('Satisfaction (CSAT)'),
  ces: mark('Effort (CES)'),
  stars: mark('Stars'),
  reasons: mark('Reasons'),
}
/** What a question of that kind can feed. */
export const metricsFor = (kind: Kind | undefined): string[] =>
  kind === 'several' ? ['reasons'] : kind === 'faces' || kind === 'numbers' || kind === 'stars' ? ['nps', 'emotion', 'csat', 'ces', 'stars'] : []
export const metricWord = (metric: string) => t(metrics[metric] ?? metric)

const templates: Record<string, { name: string; what: string }> = {
  nps: { name: mark('Recommendation (NPS)'), what: mark('How likely is it that they recommend you, from 0 to 10.') },
  emotion: { name: mark('Feeling'), what: mark('One of five faces, and why.') },
  csat: { name: mark('Satisfaction (CSAT)'), what: mark('One to five stars, and why.') },
  ces: { name: mark('Effort (CES)'), what: mark('How easy it was, in seven steps, and what took effort.') },
  checkout: { name: mark('Checkout'), what: mark('How paying went, and how long they waited.') },
  'service-counter': { name: mark('Service counter'), what: mark('Whether it was solved, and what it was about.') },
  'fitting-room': { name: mark('Fitting room'), what: mark('How trying on went, and whether they found something.') },
  event: { name: mark('Event'), what: mark('How it was, and whether they recommend it.') },
}
export const templateName = (id: string, definition: Definition) => (templates[id] ? t(templates[id].name) : titleOf(definition, id))
export const templateWords = (id: string) => (templates[id] ? t(templates[id].what) : '')

const properties: Record<string, string> = {
  title: mark('Title of the survey'),
  description: mark('Description of the survey'),
  'page title': mark('Title of a page'),
  'page description': mark('Description of a page'),
}
const ofQuestion: Record<string, string> = {
  title: mark('Question'),
  description: mark('Line below it'),
  html: mark('Words'),
  placeholder: mark('In the empty field'),
  labelTrue: mark('The answer yes'),
  labelFalse: mark('The answer no'),
  minRateDescription: mark('At the low end'),
  maxRateDescription: mark('At the high end'),
  choices: mark('Choice {value}'),
  rateValues: mark('Step {value}'),
}

/** What a text is, beside its question. */
export function slotName(slot: Slot): string {
  const word = (slot.question ? ofQuestion : properties)[slot.property]
  return word ? t(word, { value: String(slot.value ?? '') }) : slot.property
}

export { languageName }
