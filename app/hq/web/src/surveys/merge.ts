// SPDX-License-Identifier: Apache-2.0
// Two people's changes of one survey, from what both began with. Lists of questions, pages and choices are told apart
// by their names and values, so that what one moved and the other reworded is both.
import { same, type Path } from './definition'

/** Where both made something else of it; one's own stands, theirs is here. */
export interface Clash {
  path: Path // into the merged document
  theirs: unknown
}

type Fields = Record<string, unknown>
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

function keyOf(item: unknown): string | undefined {
  if (typeof item === 'string' || typeof item === 'number') return `value ${item}`
  if (!isObject(item)) return undefined
  if (typeof item['name'] === 'string') return `name ${item['name']}`
  return 'value' in item ? `value ${String(item['value'])}` : undefined
}

function keyed(list: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(list)) return undefined
  const map = new Map<string, unknown>()
  for (const item of list) {
    const key = keyOf(item)
    if (key === undefined || map.has(key)) return undefined
    map.set(key, item)
  }
  return map
}

type Entries = Map<string, unknown>
const kept = (of: Entries, others: Entries) => [...of.keys()].filter((key) => others.has(key))

/** Whoever moved something decides the order; what the other one added comes in behind what it stood behind. */
function orderOf(base: Entries, mine: Entries, theirs: Entries): string[] {
  const movedMine = !same(kept(mine, base), kept(base, mine))
  const [first, second] = movedMine ? [mine, theirs] : [theirs, mine]
  const keys = [...first.keys()]
  const others = [...second.keys()]
  for (const [i, key] of others.entries()) {
    if (first.has(key)) continue
    const before = others.slice(0, i).reverse().find((other) => keys.includes(other))
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key)
  }
  return keys
}

class Merger {
  clashes: Clash[] = []

  merge(base: unknown, mine: unknown, theirs: unknown, path: Path): unknown {
    if (same(mine, theirs) || same(theirs, base)) return mine
    if (same(mine, base)) return theirs
    if (isObject(mine) && isObject(theirs)) return this.#objects(isObject(base) ? base : {}, mine, theirs, path)
    const [a, b, c] = [keyed(base ?? []), keyed(mine), keyed(theirs)]
    if (a && b && c) return this.#lists(a, b, c, path)
    this.clashes.push({ path, theirs })
    return mine
  }

  #objects(base: Fields, mine: Fields, theirs: Fields, path: Path): Fields {
    const merged: Fields = {}
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const value = this.merge(base[key], mine[key], theirs[key], [...path, key])
      if (value !== undefined) merged[key] = value
    }
    return merged
  }

  #lists(base: Entries, mine: Entries, theirs: Entries, path: Path): unknown[] {
    const merged: unknown[] = []
    for (const key of orderOf(base, mine, theirs)) {
      const [a, b, c] = [base.get(key), mine.get(key), theirs.get(key)]
      // Taken out by one of them: it stays where the other has changed it, for nothing is to be lost.
      if (b === undefined && (a !== undefined ? same(a, c) : false)) continue
      if (c === undefined && (a !== undefined ? same(a, b) : false)) continue
      if (b === undefined || c === undefined) merged.push(b ?? c)
      else merged.push(this.merge(a, b, c, [...path, merged.length]))
    }
    return merged
  }
}

export function merge<T>(base: T, mine: T, theirs: T): { merged: T; clashes: Clash[] } {
  const merger = new Merger()
  return { merged: merger.merge(base, mine, theirs, []) as T, clashes: merger.clashes }
}
