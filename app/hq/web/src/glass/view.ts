// SPDX-License-Identifier: Apache-2.0
// What stands on the glass for a question: finished words, as app/kiosk/model/view.cpp makes them.
import { labelOf, ownLanguage, spoken, valueOf, type Definition, type Question, type Text } from '../surveys/definition'
import { kindOf, stepsOf, type Kind } from '../surveys/kinds'
import { visible, type Given } from './flow'
import { say } from './words.svelte'

export interface Option {
  value: unknown
  label: string
  on: boolean
}

export interface View {
  name: string
  kind: Kind
  title: string
  description: string
  isHint: boolean // the description is the kiosk's own and may go where the glass is low
  options: Option[]
  low: string // words at the ends of a scale
  high: string
  placeholder: string
  longest: number
  isFirst: boolean
  back: string
  skip: string
  next: string
  canGoOn: boolean
  step: number
  count: number
  mood: number | undefined // 1 to 5: the face given before
}

const mostFaces = 5
const isOneTap = (kind: Kind) => ['faces', 'numbers', 'stars', 'one', 'yes_no'].includes(kind)
export const isText = (kind: Kind) => kind === 'comment' || kind === 'line'

/** A scale with gaps, or with words in its middle, is a list; faces are drawn for five answers at most. */
function shownAs(question: Question): Kind {
  const kind = kindOf(question) ?? 'statement'
  const steps = stepsOf(question)
  if (kind === 'faces' && steps.length <= mostFaces) return kind
  if (kind !== 'faces' && kind !== 'numbers') return kind
  const hasGaps = steps.some((step, i) => i > 0 && step.value !== (steps[i - 1]?.value ?? 0) + 1)
  return hasGaps || steps.slice(1, -1).some((step) => step.text !== undefined) ? 'one' : 'numbers'
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' }

/** Without its tags, as the kiosk shows it. */
function plain(html: string): string {
  const lines = html.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '')
  return lines.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
}

class Builder {
  readonly own: string
  constructor(
    readonly definition: Definition,
    readonly question: Question,
    readonly given: Given,
    readonly language: string,
  ) {
    this.own = ownLanguage(definition)
  }

  words = (text: Text | undefined) => spoken(text, this.language, this.own)
  say = (msgid: string, values = {}) => say(msgid, this.language, values)

  isChosen(value: unknown): boolean {
    const answer = this.given[this.question.name]
    return Array.isArray(answer) ? answer.includes(value) : answer === value
  }

  options(kind: Kind): Option[] {
    const { question } = this
    const option = (value: unknown, label: string): Option => ({ value, label, on: this.isChosen(value) })
    if (question.type === 'rating') {
      const steps = stepsOf(question)
      return steps.map(({ value, text }, i) => {
        const end = i === 0 ? question.minRateDescription : i === steps.length - 1 ? question.maxRateDescription : undefined
        const label = this.words(text) || (kind === 'faces' ? this.words(end) : String(value))
        return option(value, label)
      })
    }
    if (kind === 'yes_no')
      return [
        option(false, this.words(question.labelFalse) || this.say('No')),
        option(true, this.words(question.labelTrue) || this.say('Yes')),
      ]
    return (question.choices ?? []).map((item) => option(valueOf(item), this.words(labelOf(item)) || String(valueOf(item))))
  }

  hint(kind: Kind): string {
    if (kind === 'faces') return this.say('Tap the face that fits best.')
    if (kind === 'one') return this.say('Choose one.')
    if (kind !== 'several') return ''
    const { minSelectedChoices: least = 0, maxSelectedChoices: most } = this.question
    if (least > 1 && least === most) return this.say('Choose {count}.', { count: most })
    if (least > 1 && most) return this.say('Choose {least} to {most}.', { least, most })
    if (least > 1) return this.say('Choose at least {count}.', { count: least })
    return most ? this.say('Choose at most {count}.', { count: most }) : this.say('Choose as many as you like.')
  }

  placeholder(kind: Kind): string {
    const own = this.words(this.question.placeholder)
    const isWords = kind === 'comment' || (this.question.inputType ?? 'text') === 'text'
    return own || (isText(kind) && isWords ? this.say('Your words …') : '')
  }

  canGoOn(kind: Kind): boolean {
    const answer = this.given[this.question.name]
    const { isRequired, minSelectedChoices: least = 0 } = this.question
    if (Array.isArray(answer)) return answer.length >= least
    return kind === 'statement' || answer !== undefined || !isRequired
  }

  /** The face that was given first looks on while reasons are chosen. */
  mood(first: Question | undefined): number | undefined {
    if (!first || shownAs(first) !== 'faces') return undefined
    const steps = stepsOf(first)
    const at = steps.findIndex((step) => step.value === this.given[first.name])
    return at < 0 || steps.length < 2 ? undefined : 1 + (4 * at) / (steps.length - 1)
  }

  build(): View {
    const { question, given } = this
    const kind = shownAs(question)
    const shown = visible(this.definition, given)
    const isFirst = shown[0] === question
    const hasBegun = Object.keys(given).length > 0
    const answered = given[question.name] !== undefined || kind === 'statement'
    const description = kind === 'statement' ? '' : this.words(question.description)
    const turnsItself = isOneTap(kind) && !answered
    const going = isText(kind) ? this.say('Send') : this.say('Next')
    const hasNext = isFirst ? answered || isText(kind) || kind === 'several' : !turnsItself || question.isRequired
    const steps = question.type === 'rating' ? stepsOf(question) : []
    return {
      name: question.name,
      kind,
      title: kind === 'statement' ? plain(this.words(question.html)) : this.words(question.title) || question.name,
      description: description || this.hint(kind),
      isHint: description === '',
      options: this.options(kind),
      low: this.words(question.minRateDescription ?? steps[0]?.text),
      high: this.words(question.maxRateDescription ?? steps.at(-1)?.text),
      placeholder: this.placeholder(kind),
      longest: kind === 'comment' ? Math.min(question.maxLength ?? 500, 500) : Math.min(question.maxLength ?? 100, 100),
      isFirst,
      back: isFirst ? '' : this.say('Back'),
      skip: !isFirst && !question.isRequired && kind !== 'statement' ? this.say('Skip') : '',
      next: hasNext ? going : '',
      canGoOn: this.canGoOn(kind),
      step: Math.max(0, shown.indexOf(question)),
      count: isFirst && !hasBegun ? 0 : shown.length,
      mood: kind === 'one' || kind === 'several' ? this.mood(shown[0]) : undefined,
    }
  }
}

export function viewOf(definition: Definition, question: Question, given: Given, language: string): View {
  return new Builder(definition, question, given, language).build()
}
