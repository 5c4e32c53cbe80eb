// SPDX-License-Identifier: Apache-2.0
// Numbers and times as the reader's language writes them.
import { locale, t } from './i18n.svelte'
import type { Figure, MetricName } from './types'

const minus = '−'

function number(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value).replace('-', minus)
}

export function count(n: number): string {
  return number(n, {})
}

const proportions = new Set(['completion', 'share', 'reason'])

export interface Scale {
  min: number
  max: number
}

/** The ends of a metric's scale. */
export function scaleOf(metric: MetricName): Scale {
  if (metric === 'nps') return { min: -100, max: 100 }
  if (metric === 'emotion' || metric === 'stars') return { min: 1, max: 5 }
  if (metric === 'ces') return { min: 1, max: 7 }
  if (metric === 'csat') return { min: 0, max: 100 }
  return { min: 0, max: 1 }
}

/** The part of a metric's scale that a list of figures needs, in whole steps; the list shares it. */
export function sharedScale(figures: Figure[]): Scale | undefined {
  const known = figures.filter((figure) => !figure.suppressed)
  const first = known[0]
  if (!first) return undefined
  const whole = scaleOf(first.metric)
  const step = (whole.max - whole.min) / (first.metric === 'emotion' ? 8 : 10)
  const low = Math.min(...known.map((figure) => figure.low))
  const high = Math.max(...known.map((figure) => figure.high))
  return {
    min: whole.min + Math.floor((low - whole.min) / step) * step,
    max: whole.min + Math.ceil((high - whole.min) / step) * step,
  }
}

/** A value with the digits its metric deserves: points, one to five, or per cent. */
export function value(metric: MetricName, v: number): string {
  if (metric === 'nps') return number(v, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  if (metric === 'csat') return `${number(v, { maximumFractionDigits: 0 })} %`
  if (metric === 'emotion' || metric === 'stars' || metric === 'ces')
    return number(v, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  if (proportions.has(metric) || (v >= 0 && v <= 1)) return number(v, { style: 'percent', maximumFractionDigits: 0 })
  return number(v, { maximumFractionDigits: 1 })
}

export function difference(metric: MetricName, v: number): string {
  const digits = metric === 'nps' || metric === 'csat' ? 0 : 1
  return number(v, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' })
}

/** A calendar day of the server, shown as that same day whatever the reader's zone. */
export function day(iso: string, style: 'short' | 'long' = 'short'): string {
  const month = style === 'short' ? 'short' : 'long'
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month, timeZone: 'UTC' }
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale(), options)
}

/** The calendar day of a moment by the clock of a zone, as such a day. */
export function dayIn(zone: string, moment: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(moment)) // which writes 2026-11-28
}

/** The first and the last day of a view, by the clock of its place: its period ends before `to`. */
export function daysOf(view: { zone: string; period: { from: string; to: string } }): { from: string; to: string } {
  const last = new Date(Date.parse(view.period.to) - 1).toISOString()
  return { from: dayIn(view.zone, view.period.from), to: dayIn(view.zone, last) }
}

/** A span of such days, both included: "12–18 Nov". */
export function days(from: string, to: string): string {
  const format = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}

const weekdays = [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(Date.UTC(2024, 0, 1 + day))) // from a Monday

/** Monday is 0. */
export function weekday(day: number, style: 'short' | 'long' = 'short'): string {
  return (weekdays[day] as Date).toLocaleDateString(locale(), { weekday: style, timeZone: 'UTC' })
}

/** A step of a trend, as the server names it: "2026-11-28T14", "2026-11-28", "2026-W48", "2026-11". */
export function step(name: string): string {
  if (name.includes('W')) return t('week {n}', { n: Number(name.slice(6)) })
  if (name.includes('T')) return `${day(name)} ${name.slice(11)}:00`
  if (name.length === 7)
    return new Date(`${name}-01T00:00:00Z`).toLocaleDateString(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return day(name, 'long')
}

/** Its beginning, by the clock on the wall. */
export function stepBegins(name: string): string {
  if (name.includes('T')) return `${name}:00:00`
  if (name.length === 7 && !name.includes('W')) return `${name}-01T00:00:00`
  if (!name.includes('W')) return `${name}T00:00:00`
  const fourth = new Date(Date.UTC(Number(name.slice(0, 4)), 0, 4)) // lies in week 1 (ISO 8601)
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000
  return new Date(monday + (Number(name.slice(6)) - 1) * 7 * 86_400_000).toISOString().slice(0, 19)
}

/** A moment by the reader's own clock, with its day. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** The time of day by the reader's own clock. */
export function time(iso: string): string {
  return new Date(iso).toLocaleTimeString(locale(), { timeStyle: 'short' })
}

export function bytes(n: number): string {
  const [amount, unit] = n < 1e9 ? [n / 1e6, 'megabyte'] : [n / 1e9, 'gigabyte']
  return number(amount, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 })
}

export function duration(seconds: number): string {
  const [amount, unit] = largestUnit(seconds)
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}

/** Minutes as hours and tenths of one, rounded down: what is not whole never reads as if it were. */
export function hours(minutes: number): string {
  return number(Math.floor(minutes / 6) / 10, { maximumFractionDigits: 1 })
}

/** What is taken from them: in hours however long it is, for an opening day has no 24. */
export function lost(minutes: number): string {
  if (minutes < 60) return duration(minutes * 60)
  const digits = minutes < 6000 ? 1 : 0
  return number(Math.ceil(minutes / 6) / 10, { style: 'unit', unit: 'hour', unitDisplay: 'long', maximumFractionDigits: digits })
}

export function ago(seconds: number): string {
  const [amount, unit] = largestUnit(Math.max(0, seconds))
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  return format.format(-amount, unit as Intl.RelativeTimeFormatUnit)
}

function largestUnit(seconds: number): [number, string] {
  if (seconds < 59.5) return [Math.round(seconds), 'second']
  if (seconds < 59.5 * 60) return [Math.round(seconds / 60), 'minute']
  if (seconds < 23.5 * 3600) return [Math.round(seconds / 3600), 'hour']
  return [Math.round(seconds / 86400), 'day']
}
