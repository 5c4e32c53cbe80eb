// SPDX-License-Identifier: Apache-2.0
// One survey as it is being written: what was typed, what of it is saved, what stands against publishing it. Saves by itself
// a moment after the last change, under the revision that it was made from. Editors live as long as the browser's tab, so
// that an ended session loses nothing that was typed.
import { ApiError, type FieldProblem } from '../lib/http'
import { post, put, read, remove, upload } from '../lib/session.svelte'
import { same, type Definition, type Metrics, type Path, type Survey } from './definition'
import { merge, type Clash } from './merge'

export interface Version extends Survey {
  version: number
}
interface Draft extends Survey {
  revision: number
  author: string
  at: string
  problems: FieldProblem[]
}
export interface Publication {
  version: number
  breaks: string[]
}
export interface Taken {
  language: string
  applied: number
  untranslated: number
  left_out: FieldProblem[]
}

export type SaveState = 'saved' | 'typing' | 'saving' | 'overtaken' | 'failed'

const pauseMs = 700 // after the last change
const togetherMs = 1200 // what is typed within it is one step of undo
const stepsKept = 200

interface Step {
  survey: Survey
  touched: string
  at: number
}

/** Nothing where the server has none of that. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

export class Editor {
  #survey = $state.raw<Survey>({ definition: {}, metrics: {} })
  #base: Survey = this.#survey // as it is on the server
  #revision = 0 // of the draft; 0: there is none
  #isDraft = $state(false)
  #undo = $state.raw<Step[]>([])
  #redo = $state.raw<Step[]>([])
  #timer: number | undefined
  #saving: Promise<void> | undefined

  versions = $state.raw<Version[]>([])
  problems = $state.raw<FieldProblem[]>([])
  clashes = $state.raw<Clash[]>([])
  author = $state('')
  at = $state('')
  state = $state<SaveState>('saved')
  error = $state.raw<unknown>()
  isLoaded = $state(false)
  isGone = $state(false) // the draft, while it was being typed over

  constructor(readonly id: string) {}

  get definition(): Definition {
    return this.#survey.definition
  }
  get metrics(): Metrics {
    return this.#survey.metrics
  }
  get survey(): Survey {
    return this.#survey
  }
  get newest(): Version | undefined {
    return this.versions.at(-1)
  }
  get hasDraft(): boolean {
    return this.#isDraft
  }
  get isUnsaved(): boolean {
    return this.state !== 'saved'
  }
  get canUndo(): boolean {
    return this.#undo.length > 0
  }
  get canRedo(): boolean {
    return this.#redo.length > 0
  }

  #address(part = ''): string {
    return `/surveys/${encodeURIComponent(this.id)}${part}`
  }

  async load(): Promise<void> {
    if (this.isUnsaved) return
    const [published, draft] = await Promise.all([
      orNothing(read<{ versions: Version[] }>(this.#address())),
      orNothing(read<Draft>(this.#address('/draft'))),
    ])
    if (!published && !draft) throw new ApiError(404, 'no such survey', '')
    const before = this.#survey
    this.versions = published?.versions ?? []
    this.#arrived(draft)
    const newest = this.newest
    if (!draft && newest) this.#survey = { definition: newest.definition, metrics: newest.metrics }
    if (!same(before, this.#survey)) this.#forgetSteps()
    this.#base = this.#survey
    this.clashes = []
    this.isLoaded = true
  }

  /** What the server says of the draft; its content too, unless something else is being typed. */
  #arrived(draft: Draft | undefined, takesContent = true): void {
    this.#isDraft = draft !== undefined
    this.#revision = draft?.revision ?? 0
    this.problems = draft?.problems ?? []
    this.author = draft?.author ?? ''
    this.at = draft?.at ?? ''
    if (draft && takesContent) this.#survey = { definition: draft.definition, metrics: draft.metrics }
  }

  /** `touched`: changes of the same thing shortly after each other are undone together. */
  change(survey: Survey, touched = ''): void {
    if (same(survey, this.#survey)) return
    const last = this.#undo.at(-1)
    const now = Date.now()
    if (touched && last?.touched === touched && now - last.at < togetherMs)
      this.#undo = [...this.#undo.slice(0, -1), { ...last, at: now }]
    else this.#undo = [...this.#undo, { survey: this.#survey, touched, at: now }].slice(-stepsKept)
    this.#redo = []
    this.#take(survey)
  }

  changeDefinition(definition: Definition, touched = ''): void {
    this.change({ ...this.#survey, definition }, touched)
  }

  undo(): void {
    const step = this.#undo.at(-1)
    if (!step) return
    this.#undo = this.#undo.slice(0, -1)
    this.#redo = [...this.#redo, { ...step, survey: this.#survey }]
    this.#take(step.survey)
  }

  redo(): void {
    const step = this.#redo.at(-1)
    if (!step) return
    this.#redo = this.#redo.slice(0, -1)
    this.#undo = [...this.#undo, { ...step, survey: this.#survey, at: 0 }]
    this.#take(step.survey)
  }

  #take(survey: Survey): void {
    this.#survey = survey
    if (this.state === 'overtaken') return // until it is decided
    this.state = 'typing'
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.save(), pauseMs)
  }

  /** Now, and what is typed meanwhile after it. Whether all of it is saved, the state says. */
  async save(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#saving) await this.#saving
    if (this.state === 'saved' || this.state === 'overtaken') return
    if (same(this.#survey, this.#base)) {
      this.state = 'saved'
      return
    }
    this.#saving = this.#write()
    await this.#saving
    this.#saving = undefined
  }

  async #write(): Promise<void> {
    const survey = this.#survey
    this.state = 'saving'
    this.error = undefined
    try {
      const etag = this.#revision > 0 ? `"${this.#revision}"` : ''
      this.#arrived(await put<Draft>(this.#address('/draft'), survey, etag), false)
      this.#base = survey
      if (this.#survey === survey) this.state = 'saved'
      else this.#take(this.#survey)
    } catch (error) {
      this.state = error instanceof ApiError && error.status === 412 ? 'overtaken' : 'failed'
      if (this.state === 'overtaken') await this.#lookForTheirs()
      else this.error = error
    }
  }

  async #lookForTheirs(): Promise<void> {
    try {
      const theirs = await orNothing(read<Draft>(this.#address('/draft')))
      this.isGone = theirs === undefined
      this.author = theirs?.author ?? ''
    } catch (error) {
      this.error = error
    }
  }

  /** Theirs comes in below, what was typed here stays on top; where both made something else of it, `clashes` says so. */
  async takeTheirs(): Promise<void> {
    const [published, draft] = await Promise.all([
      orNothing(read<{ versions: Version[] }>(this.#address())),
      orNothing(read<Draft>(this.#address('/draft'))),
    ])
    this.versions = published?.versions ?? []
    const newest = this.newest
    const theirs: Survey | undefined = draft
      ? { definition: draft.definition, metrics: draft.metrics }
      : newest && { definition: newest.definition, metrics: newest.metrics }
    this.#arrived(draft, false)
    const mine = this.#survey
    const { merged, clashes } = merge(this.#base, mine, theirs ?? this.#base)
    this.#base = theirs ?? this.#base
    this.clashes = clashes
    this.isGone = false
    this.state = 'saved'
    this.change(merged)
    if (!same(this.#survey, this.#base)) this.#take(this.#survey)
  }

  settle(clash: Clash): void {
    this.clashes = this.clashes.filter((other) => other !== clash)
  }

  /** The server's answer: the version, and which trends have a break. */
  async publish(): Promise<Publication> {
    await this.save()
    if (this.state !== 'saved') throw this.error ?? new ApiError(412, 'overtaken', 'somebody else has saved it meanwhile')
    const made = await post<Publication>(this.#address('/publication'))
    await this.load()
    this.#forgetSteps()
    return made
  }

  async drop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#saving
    if (this.#isDraft) await remove(this.#address('/draft'))
    this.#forgetSteps()
    this.state = 'saved'
    this.isGone = false
    if (this.versions.length > 0) await this.load()
  }

  /** A translator's file into the draft. */
  async takeTexts(po: string): Promise<Taken> {
    await this.save()
    if (this.state !== 'saved') throw this.error ?? new ApiError(412, 'overtaken', 'somebody else has saved it meanwhile')
    const taken = await upload<Taken>(this.#address('/texts'), po, 'text/x-gettext-translation')
    const before = this.#survey
    await this.load()
    if (!same(before, this.#survey)) this.#undo = [{ survey: before, touched: '', at: 0 }]
    return taken
  }

  #forgetSteps(): void {
    this.#undo = []
    this.#redo = []
  }

  /** The problems at that place of the definition, or inside it. */
  problemsAt(path: Path): FieldProblem[] {
    const pointer = ['', 'definition', ...path].join('/')
    return this.problems.filter((problem) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`))
  }
}

const open = new Map<string, Editor>()
let owner = ''

/** Somebody else's drafts are nobody else's. */
export function editorOf(who: string, id: string): Editor {
  if (who !== owner) open.clear()
  owner = who
  const editor = open.get(id) ?? new Editor(id)
  open.set(id, editor)
  return editor
}

/** Whoever has thrown a survey's only draft away is done with it. */
export function forget(id: string): void {
  open.delete(id)
}
