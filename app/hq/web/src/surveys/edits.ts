// SPDX-License-Identifier: Apache-2.0
// What an editor does to a survey. Pure: each gives another survey.
import { allQuestions, pagesOf, questionAt, questionsOf, withValue, type Definition, type Metrics, type Page, type Place, type Question, type Survey } from './definition'
import { asKind, type Kind } from './kinds'

const withPages = (definition: Definition, pages: Page[]): Definition => ({ ...definition, pages })

/** A page without a question is none. */
const withoutEmpty = (pages: Page[]): Page[] => pages.filter((page) => questionsOf(page).length > 0)

function freeName(taken: string[], wish: string): string {
  const lower = taken.map((name) => String(name).toLowerCase())
  for (let n = 1; ; ++n) {
    const name = n === 1 ? wish : `${wish}_${n}`
    if (!lower.includes(name.toLowerCase())) return name
  }
}

const namesIn = (definition: Definition): string[] => [
  ...pagesOf(definition).map((page) => page.name),
  ...allQuestions(definition).map((question) => question.name),
]

/** On a page of its own, behind the question at that place; the new place too. */
export function withNew(survey: Survey, after: Place | undefined, kind: Kind, title: string, language: string): { survey: Survey; place: Place } {
  const { definition } = survey
  const pages = [...pagesOf(definition)]
  const name = freeName(namesIn(definition), 'question')
  const question = asKind({ type: '', name, title: { [language]: title } }, kind)
  const page = after ? after.page + 1 : pages.length
  pages.splice(page, 0, { name: freeName([...namesIn(definition), name], 'page'), elements: [question] })
  return { survey: { ...survey, definition: withPages(definition, pages) }, place: { page, at: 0 } }
}

function metricsWithout(metrics: Metrics, name: string): Metrics {
  const entries = Object.entries(metrics).filter(([, value]) => value !== name)
  const rest = Object.fromEntries(entries) as Metrics
  const reasons = rest.reasons?.filter((other) => other !== name)
  if (reasons?.length) rest.reasons = reasons
  else delete rest.reasons
  return rest
}

export function without(survey: Survey, place: Place): Survey {
  const question = questionAt(survey.definition, place)
  if (!question) return survey
  const pages = pagesOf(survey.definition).map((page, i) =>
    i === place.page ? { ...page, elements: questionsOf(page).filter((_, at) => at !== place.at) } : page,
  )
  const definition = withPages(survey.definition, withoutEmpty(pages))
  return { definition, metrics: metricsWithout(survey.metrics, question.name) }
}

export const order = (definition: Definition): Place[] =>
  pagesOf(definition).flatMap((page, p) => questionsOf(page).map((_, at) => ({ page: p, at })))

/** Before the question that is n-th in the survey now, or to its end. A page that holds nothing else goes along. */
export function movedTo(definition: Definition, from: Place, n: number): Definition {
  const places = order(definition)
  const index = places.findIndex((place) => place.page === from.page && place.at === from.at)
  const question = questionAt(definition, from)
  if (!question || n === index || n === index + 1 || n < 0 || n > places.length) return definition
  const pages = pagesOf(definition).map((page) => ({ ...page, elements: [...questionsOf(page)] }))
  const target = places[n]
  const source = pages[from.page] as Page & { elements: Question[] }
  if (source.elements.length === 1 && (!target || target.at === 0)) {
    const [page] = pages.splice(from.page, 1)
    const at = target ? target.page - (target.page > from.page ? 1 : 0) : pages.length
    if (page) pages.splice(at, 0, page)
    return withPages(definition, pages)
  }
  source.elements.splice(from.at, 1)
  const last = pages.length - 1
  const to = target ?? { page: last, at: pages[last]?.elements.length ?? 0 }
  const shift = to.page === from.page && to.at > from.at ? 1 : 0
  pages[to.page]?.elements.splice(to.at - shift, 0, question)
  return withPages(definition, withoutEmpty(pages))
}

/** One place up (-1) or down (1). */
export function movedBy(definition: Definition, from: Place, by: -1 | 1): Definition {
  const index = order(definition).findIndex((place) => place.page === from.page && place.at === from.at)
  return movedTo(definition, from, by < 0 ? index - 1 : index + 2)
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Under another name, also in conditions and metrics. */
export function renamed(survey: Survey, place: Place, name: string): Survey {
  const old = questionAt(survey.definition, place)?.name
  if (old === undefined || old === name) return survey
  const inBraces = new RegExp(`\\{${escaped(old)}(?=[}.[])`, 'gi')
  const condition = <T extends { visibleIf?: string }>(of: T): T =>
    typeof of.visibleIf === 'string' && old ? { ...of, visibleIf: of.visibleIf.replace(inBraces, () => `{${name}`) } : of
  const pages = pagesOf(survey.definition).map((page) => ({ ...condition(page), elements: questionsOf(page).map(condition) }))
  const renaming = (value: string) => (value === old ? name : value)
  const metrics = Object.fromEntries(
    Object.entries(survey.metrics).map(([key, value]) => [key, Array.isArray(value) ? value.map(renaming) : renaming(value)]),
  ) as Metrics
  const definition = withPages(survey.definition, pages)
  return { definition: withValue(definition, ['pages', place.page, 'elements', place.at, 'name'], name), metrics }
}

/** The question feeds that metric, and no other one; "" for none. */
export function feeding(metrics: Metrics, question: string, metric: string): Metrics {
  const rest = metricsWithout(metrics, question)
  if (metric === '') return rest
  return metric === 'reasons' ? { ...rest, reasons: [...(rest.reasons ?? []), question] } : { ...rest, [metric]: question }
}

export function metricOf(metrics: Metrics, question: string): string {
  if (metrics.reasons?.includes(question)) return 'reasons'
  return Object.entries(metrics).find(([, value]) => value === question)?.[0] ?? ''
}
