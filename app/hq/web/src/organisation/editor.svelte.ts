// SPDX-License-Identifier: Apache-2.0
// The organisation as the server has it, and what has been typed over it, place by place. Lives as long as the
// browser's tab, so that an ended session loses nothing that was typed.
import { ApiError, type FieldProblem } from '../lib/http'
import { put, read, readTagged, remove } from '../lib/session.svelte'
import type { Inherited, Organisation, Places } from '../lib/types'
import { changes, fieldsOf, merge, recordOf, same, valueAt, withField, type Fields } from './fields'
import { keyOf, treeOf } from './tree'

export type Kind = 'organisation' | 'region' | 'branch' | 'kiosk' | 'touchpoint'

export interface Ref {
  kind: Kind
  id: string // "" of the organisation
}

interface Draft {
  base: Fields // what it was made from
  fields: Fields
  both: string[] // what somebody else changed too, to another value
}

export interface Said {
  value: unknown
  by: string // the place's name
}

const lists = { region: 'regions', branch: 'branches', kiosk: 'kiosks', touchpoint: 'touchpoints' } as const
export const listOf = (kind: Kind) => (kind === 'organisation' ? undefined : lists[kind])

const ownKeys = ['name', 'k', 'accent', 'contact', 'zone', 'opening_hours', 'asks', 'silent_minutes', 'settings'] as const
const attempts = 3 // of a change while others change other places

const nothing = {
  who: '',
  document: undefined as Organisation | undefined,
  etag: '',
  places: undefined as Places | undefined,
  drafts: {} as Readonly<Record<string, Draft>>,
  problems: {} as Readonly<Record<string, FieldProblem[]>>,
}
let now = $state.raw(nothing)
const set = (change: Partial<typeof nothing>) => (now = { ...now, ...change })

const key = (ref: Ref) => keyOf(ref.kind, ref.id)
const tree = $derived(now.document && treeOf(now.document))

export const organisation = () => now.document
export const nodes = () => tree
export const isLoaded = () => now.document !== undefined && now.places !== undefined

/** Somebody else's drafts are nobody else's. */
export async function load(who: string): Promise<void> {
  if (who !== now.who) set({ ...nothing, who })
  await reload()
}

async function reload(): Promise<void> {
  const [{ data, etag }, places] = await Promise.all([readTagged<Organisation>('/organisation'), read<Places>('/places')])
  set({ document: data, etag, places })
}

/** The place as the server has it; nothing where it is gone. */
export function saved(ref: Ref): Fields | undefined {
  const document = now.document
  if (!document) return undefined
  const list = listOf(ref.kind)
  if (list) {
    const record = document[list].find((place) => place.id === ref.id)
    return record && fieldsOf({ ...record })
  }
  return fieldsOf(Object.fromEntries(ownKeys.filter((name) => name in document).map((name) => [name, document[name]])))
}

export const exists = (ref: Ref) => saved(ref) !== undefined || key(ref) in now.drafts

/** As it stands on the page: saved, with what was typed over it. */
export function fields(ref: Ref): Fields {
  return now.drafts[key(ref)]?.fields ?? saved(ref) ?? {}
}

export function change(ref: Ref, pointer: string, value: unknown): void {
  const draft = now.drafts[key(ref)] ?? { base: saved(ref) ?? {}, fields: saved(ref) ?? {}, both: [] }
  const changed = { ...draft, fields: withField(draft.fields, pointer, value) }
  changed.both = changed.both.filter((other) => other !== pointer)
  keep(ref, changes(changed.base, changed.fields).length > 0 ? changed : undefined)
  set({ problems: { ...now.problems, [key(ref)]: problemsOf(ref).filter((p) => !isAt(p.pointer, pointer)) } })
}

function keep(ref: Ref, draft: Draft | undefined): void {
  const { [key(ref)]: _, ...others } = now.drafts
  set({ drafts: draft ? { ...others, [key(ref)]: draft } : others })
}

export function discard(ref: Ref): void {
  keep(ref, undefined)
  set({ problems: { ...now.problems, [key(ref)]: [] } })
}

export function discardAll(): void {
  set({ drafts: {}, problems: {} })
}

export function changed(ref: Ref): string[] {
  const draft = now.drafts[key(ref)]
  return draft ? changes(draft.base, draft.fields) : []
}

export const hasChanges = () => Object.keys(now.drafts).length > 0
export const isChanged = (place: string) => place in now.drafts

/** Somebody else has changed or removed what is being typed over. */
export function isOvertaken(ref: Ref): boolean {
  const draft = now.drafts[key(ref)]
  return draft !== undefined && !same(draft.base, saved(ref) ?? {})
}

/** Theirs, with what was typed over it. */
export function takeTheirs(ref: Ref): void {
  const draft = now.drafts[key(ref)]
  const theirs = saved(ref)
  if (!draft || !theirs) return
  const merged = merge(draft.base, draft.fields, theirs)
  const left = changes(theirs, merged.fields).length > 0
  keep(ref, left ? { base: theirs, fields: merged.fields, both: merged.both } : undefined)
}

/** What somebody else has set a field to, where it was typed over too. */
export function theirs(ref: Ref, pointer: string): Said | undefined {
  const draft = now.drafts[key(ref)]
  return draft?.both.includes(pointer) ? { value: draft.base[pointer], by: '' } : undefined
}

export function takeTheirValue(ref: Ref, pointer: string): void {
  const draft = now.drafts[key(ref)]
  if (draft) change(ref, pointer, draft.base[pointer])
}

export const problemsOf = (ref: Ref): FieldProblem[] => now.problems[key(ref)] ?? []

/** A problem's pointer at a field, or inside it. */
export function isAt(problem: string, field: string): boolean {
  return problem === field || problem.startsWith(`${field}/`)
}

/** What stands above, also where the place has just been moved and not been saved. */
export function aboveOf(ref: Ref): Inherited | undefined {
  const places = now.places
  const own = fields(ref)
  if (!places || ref.kind === 'organisation' || ref.kind === 'touchpoint') return undefined
  if (ref.kind === 'kiosk') return places.branches.find((place) => place.id === own['/branch']) ?? places.organisation
  const region = own[ref.kind === 'region' ? '/parent' : '/region']
  return places.regions.find((place) => place.id === region) ?? places.organisation
}

/** What holds where the place says nothing itself. */
export function saidAbove(ref: Ref, pointer: string): Said | undefined {
  const above = aboveOf(ref)
  const by = above?.said_by[pointer]
  return above && by ? { value: valueAt(above.values, pointer), by: by.name } : undefined
}

/** Whether a place says a value itself, whatever is above it. */
export function saysItself(ref: Ref, pointer: string): boolean {
  return saved(ref)?.[pointer] !== undefined
}

/** `base`: what the change was made from; nothing: a new place. What others change elsewhere does not matter. */
async function write(ref: Ref, base: Fields | undefined, wanted: Fields): Promise<boolean> {
  const list = listOf(ref.kind)
  const body = list ? { [list]: [recordOf(wanted)] } : { settings: {}, asks: {}, ...recordOf(wanted) }
  for (let attempt = 1; ; ++attempt) {
    if (!same(base, saved(ref))) return false
    try {
      await put('/organisation', body, now.etag)
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412 || attempt === attempts) throw error
      await reload()
    }
  }
}

/** The problems of a 422 as those of the place itself. */
function problemsIn(error: unknown, ref: Ref): FieldProblem[] | undefined {
  if (!(error instanceof ApiError) || error.status !== 422) return undefined
  const prefix = ref.kind === 'organisation' ? '' : `/${listOf(ref.kind)}/0`
  return error.problems.map(({ pointer, reason }) => ({
    pointer: pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer,
    reason,
  }))
}

/** Whether it was saved; else `problemsOf` or `isOvertaken` says why. Another failure is thrown. */
export async function save(ref: Ref): Promise<boolean> {
  const draft = now.drafts[key(ref)]
  if (!draft) return true
  try {
    if (!(await write(ref, draft.base, draft.fields))) return false
  } catch (error) {
    const problems = problemsIn(error, ref)
    if (!problems) throw error
    set({ problems: { ...now.problems, [key(ref)]: problems } })
    return false
  }
  await reload()
  const later = now.drafts[key(ref)] // typed while it was being saved
  if (later?.fields === draft.fields) discard(ref)
  else if (later) keep(ref, { base: saved(ref) ?? {}, fields: later.fields, both: [] })
  return true
}

/** Adds a place; the problems with it, by field. */
export async function add(ref: Ref, place: Fields): Promise<FieldProblem[]> {
  try {
    if (!(await write(ref, undefined, place))) return [{ pointer: '/id', reason: 'is in use' }]
  } catch (error) {
    const problems = problemsIn(error, ref)
    if (!problems) throw error
    return problems
  }
  await reload()
  return []
}

/** Sets some of a place's fields over what is there now; what is being typed over it stays typed. The problems, by field. */
export async function amend(ref: Ref, values: Fields): Promise<FieldProblem[]> {
  try {
    for (let attempt = 1; ; ++attempt) {
      const base = saved(ref)
      if (!base) throw new ApiError(404, 'not found', '')
      if (await write(ref, base, { ...base, ...values })) break
      if (attempt === attempts) throw new ApiError(412, 'changed meanwhile', '')
    }
  } catch (error) {
    const problems = problemsIn(error, ref)
    if (!problems) throw error
    return problems
  }
  await reload()
  return []
}

export async function removePlace(ref: Ref): Promise<void> {
  const list = listOf(ref.kind)
  if (!list) return
  await remove(`/${list}/${encodeURIComponent(ref.id)}`)
  discard(ref)
  await reload()
}
