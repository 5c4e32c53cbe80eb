// SPDX-License-Identifier: Apache-2.0
// A place as a flat list of fields by JSON Pointer ("/name", "/zone", "/settings/theme"), the pointers by which
// the server says who sets a value and what is wrong with it.

export type Fields = Readonly<Record<string, unknown>>
type Json = Record<string, unknown>

/** These hold downwards key by key, so each key is a field of its own. */
const opened = ['asks', 'settings']

export function fieldsOf(record: Json): Fields {
  const fields: Json = {}
  for (const [key, value] of Object.entries(record)) {
    if (!opened.includes(key)) fields[`/${key}`] = value
    else for (const [inner, innerValue] of Object.entries(value as Json)) fields[`/${key}/${inner}`] = innerValue
  }
  return fields
}

export function recordOf(fields: Fields): Json {
  const record: Json = {}
  for (const [pointer, value] of Object.entries(fields)) {
    const key = opened.find((name) => pointer.startsWith(`/${name}/`))
    if (!key) record[pointer.slice(1)] = value
    else record[key] = { ...(record[key] as Json | undefined), [pointer.slice(key.length + 2)]: value }
  }
  return record
}

/** The value at a field's pointer in what the server sends of a place. */
export function valueAt(record: object, pointer: string): unknown {
  return fieldsOf(record as Json)[pointer]
}

/** The same JSON value, whatever the order of its keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  ) ?? ''
}

export function changes(before: Fields, after: Fields): string[] {
  const pointers = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...pointers].filter((pointer) => !same(before[pointer], after[pointer]))
}

export function withField(fields: Fields, pointer: string, value: unknown): Fields {
  const { [pointer]: _, ...others } = fields
  return value === undefined ? others : { ...others, [pointer]: value }
}

/** Mine over theirs: what I did not change is as they have it. `both`: what we both changed, to another value. */
export function merge(base: Fields, mine: Fields, theirs: Fields): { fields: Fields; both: string[] } {
  let fields = theirs
  const both: string[] = []
  for (const pointer of changes(base, mine)) {
    fields = withField(fields, pointer, mine[pointer])
    if (!same(base[pointer], theirs[pointer]) && !same(mine[pointer], theirs[pointer])) both.push(pointer)
  }
  return { fields, both }
}
