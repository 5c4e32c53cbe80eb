// SPDX-License-Identifier: Apache-2.0
// Conditions as the preview needs them: core/survey/README.md, "The expression language". core/survey is the judge of what
// is right; here a condition that cannot be read is merely none.
import type { Question } from '../surveys/definition'

export type Answers = Record<string, unknown>
type Evaluate = (answers: Answers) => unknown

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || Number.isNaN(value) || (Array.isArray(value) && value.length === 0)

function equal(a: unknown, b: unknown): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b)
  if (typeof a === 'string' && typeof b === 'string') return a.trim().toLowerCase() === b.trim().toLowerCase()
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a, b].map((list) => [...(list as unknown[])].sort((x, y) => (String(x) < String(y) ? -1 : 1)))
    return a.length === b.length && (left as unknown[]).every((item, i) => equal(item, (right as unknown[])[i]))
  }
  if (Array.isArray(a) || Array.isArray(b)) return false
  if (typeof a === 'boolean' && typeof b === 'string') return String(a) === b.toLowerCase()
  if (typeof b === 'boolean' && typeof a === 'string') return String(b) === a.toLowerCase()
  return a == b // as SurveyJS does: 1 is '1'
}

const less = (a: unknown, b: unknown) => a !== undefined && a !== null && b !== undefined && b !== null && (a as number) < (b as number)

function containing(left: unknown, right: unknown, wanted: boolean): boolean {
  if (Array.isArray(left) && left.length === 0) return !wanted
  if (!left && left !== false && left !== 0) return false
  if (!Array.isArray(left)) return Boolean(right) && String(left).toLowerCase().includes(String(right).toLowerCase()) === wanted
  const holds = (item: unknown) => left.some((member) => equal(member, item))
  return (Array.isArray(right) ? right.every(holds) : holds(right)) === wanted
}

const contains = (left: unknown, right: unknown) => containing(left, right, true)
const notContains = (left: unknown, right: unknown) => (!left && !isEmpty(right)) || containing(left, right, false)

function allOf(left: unknown, right: unknown): boolean {
  if (!left && !isEmpty(right)) return false
  return Array.isArray(right) ? right.every((item) => contains(left, item)) : contains(left, right)
}

function anyOf(left: unknown, right: unknown): boolean {
  if (isEmpty(left)) return isEmpty(right)
  if (isEmpty(right)) return true
  if (!Array.isArray(left)) return contains(right, left)
  return Array.isArray(right) ? right.some((item) => contains(left, item)) : contains(left, right)
}

const counted = (value: unknown) => (isEmpty(value) ? 0 : (value as number))

type Operator = [level: number, apply: (a: unknown, b: unknown) => unknown]
const or: Operator = [1, (a, b) => a || b]
const and: Operator = [2, (a, b) => (a ? b : a)]
const is: Operator = [3, equal]
const isNot: Operator = [3, (a, b) => !equal(a, b)]
const below: Operator = [3, less]
const atMost: Operator = [3, (a, b) => equal(a, b) || less(a, b)]
const above: Operator = [3, (a, b) => less(b, a)]
const atLeast: Operator = [3, (a, b) => equal(a, b) || less(b, a)]
const power: Operator = [6, (a, b) => counted(a) ** counted(b)]

// Longer signs first.
const signs: [string, Operator][] = [
  ['||', or], ['&&', and], ['<=', atMost], ['>=', atLeast], ['<>', isNot], ['!=', isNot], ['==', is], ['=', is],
  ['<', below], ['>', above], ['^', power],
  ['+', [4, (a, b) => (typeof a === 'string' || typeof b === 'string' ? `${a ?? ''}${b ?? ''}` : counted(a) + counted(b))]],
  ['-', [4, (a, b) => counted(a) - counted(b)]],
  ['*', [5, (a, b) => counted(a) * counted(b)]],
  ['/', [5, (a, b) => (b ? counted(a) / Number(b) : null)]],
  ['%', [5, (a, b) => (b ? counted(a) % Number(b) : null)]],
] // prettier-ignore
const words: Record<string, Operator> = {
  or, and, power, equal: is, notequal: isNot, less: below, lessorequal: atMost, greater: above, greaterorequal: atLeast,
  contains: [7, contains],
  contain: [7, contains],
  notcontains: [7, notContains],
  notcontain: [7, notContains],
  anyof: [7, anyOf],
  noneof: [7, (a, b) => !anyOf(a, b)],
  allof: [7, allOf],
} // prettier-ignore

const numbersIn = (values: unknown[]) => values.flat(9).filter((value) => !isEmpty(value)).map(Number)
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
const functions: Record<string, (values: unknown[]) => unknown> = {
  iif: ([condition, yes, no]) => (condition ? yes : no),
  sum: (values) => sum(numbersIn(values)),
  min: (values) => Math.min(...numbersIn(values)),
  max: (values) => Math.max(...numbersIn(values)),
  avg: (values) => (numbersIn(values).length ? sum(numbersIn(values)) / numbersIn(values).length : 0),
  count: (values) => values.flat(9).filter((value) => !isEmpty(value)).length,
  round: ([value, places]) => Number(Number(value).toFixed(Number(places ?? 0))),
}

class Unreadable extends Error {}

class Parser {
  #at = 0
  constructor(
    readonly text: string,
    readonly isList: (name: string) => boolean,
  ) {}

  parse(): Evaluate {
    const made = this.#binary(1)
    this.#skip()
    if (this.#at < this.text.length) throw new Unreadable()
    return made
  }

  #skip() {
    while (' \t\r\n'.includes(this.text[this.#at] ?? 'x')) ++this.#at
  }
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)
    if (found) this.#at += found[0].length
    return found
  }
  #expect(sign: string) {
    this.#skip()
    if (!this.text.startsWith(sign, this.#at)) throw new Unreadable()
    this.#at += sign.length
  }

  #operator(): { operator: Operator; end: number } | undefined {
    this.#skip()
    const sign = signs.find(([sign]) => this.text.startsWith(sign, this.#at))
    if (sign) return { operator: sign[1], end: this.#at + sign[0].length }
    const word = /^[a-z_]\w*/i.exec(this.text.slice(this.#at))?.[0]
    const operator = word && words[word.toLowerCase()]
    return operator ? { operator, end: this.#at + word.length } : undefined
  }

  #binary(lowest: number): Evaluate {
    let left = this.#factor()
    for (let found = this.#operator(); found && found.operator[0] >= lowest; found = this.#operator()) {
      this.#at = found.end
      const [level, apply] = found.operator
      const [before, after] = [left, this.#binary(level + 1)]
      left = (answers) => apply(before(answers), after(answers))
    }
    return left
  }

  #factor(): Evaluate {
    this.#skip()
    if (this.#take(/\(/y)) {
      const inner = this.#binary(1)
      this.#expect(')')
      return inner
    }
    if (this.#take(/\[/y)) return this.#items(']')
    if (this.#take(/!|negate\b/iy)) {
      const inner = this.#factor()
      return (answers) => !inner(answers)
    }
    const call = this.#take(/([a-z]+)\(/iy)
    if (call) {
      const [run, items] = [functions[call[1] as string], this.#items(')')]
      if (!run) throw new Unreadable()
      return (answers) => run(items(answers) as unknown[])
    }
    return this.#emptiness(this.#value())
  }

  #items(close: string): Evaluate {
    const items: Evaluate[] = []
    this.#skip()
    while (!this.text.startsWith(close, this.#at)) {
      if (items.length > 0) this.#expect(',')
      items.push(this.#binary(1))
      this.#skip()
    }
    this.#expect(close)
    return (answers) => items.map((item) => item(answers))
  }

  #value(): Evaluate {
    const name = this.#take(/\{([a-z_][\w-]*)(?:\.(length)|\[(\d+)\])?\}/iy)
    if (name) return this.#reference(name[1] as string, name[2], name[3])
    const text = this.#take(/'((?:\\['"]|[^'"])*)'|"((?:\\['"]|[^'"])*)"/y)
    if (text) {
      const content = (text[1] ?? text[2] ?? '').replace(/\\(['"])/g, '$1')
      return () => content
    }
    const number = this.#take(/-?\d+(\.\d+)?/y)
    if (number) return () => Number(number[0])
    const truth = this.#take(/(true|false)\b/iy)
    if (truth) return () => truth[0].toLowerCase() === 'true'
    throw new Unreadable()
  }

  #reference(name: string, length: string | undefined, index: string | undefined): Evaluate {
    const missing = this.isList(name) ? [] : undefined
    const of = (answers: Answers): unknown => answers[name.toLowerCase()] ?? missing
    if (length) return (answers) => (of(answers) as { length?: number } | undefined)?.length ?? 0
    if (index !== undefined) return (answers) => (of(answers) as unknown[] | undefined)?.[Number(index)]
    return of
  }

  #emptiness(value: Evaluate): Evaluate {
    this.#skip()
    const word = this.#take(/(not)?empty\b/iy)
    if (!word) return value
    return (answers) => isEmpty(value(answers)) !== (word[1] !== undefined)
  }
}

/** Whether it is true of these answers, whose names are in lower case; one that cannot be read holds always. */
export function holds(condition: string | undefined, answers: Answers, questions: Question[]): boolean {
  if (typeof condition !== 'string' || condition.trim() === '') return true
  const isList = (name: string) =>
    questions.some((question) => question.type === 'checkbox' && question.name.toLowerCase() === name.toLowerCase())
  try {
    return new Parser(condition, isList).parse()(answers) === true
  } catch (error) {
    if (error instanceof Unreadable) return true
    throw error
  }
}
