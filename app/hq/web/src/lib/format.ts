// SPDX-License-Identifier: Apache-2.0
// Numbers and times as the reader's language writes them.
import { locale } from './i18n.svelte'
import type { Figure, MetricName } from './types'

const minus = '−'

function number(value: number, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value).replace('-', minus)
}

export function count(n: number): string {
  return number(n, {})
}

const proportions = new Set(['completion', 'share', 'csat', 'ces', 'reason'])

export interface Scale {
  min: number
  max: number
}

/** The ends of a metric's scale. */
export function scaleOf(metric: MetricName): Scale {
  if (metric === 'nps') return { min: -100, max: 100 }
  if (metric === 'emotion' || metric === 'stars') return { min: 1, max: 5 }
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
  if (metric === 'emotion' || metric === 'stars') return number(v, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  if (proportions.has(metric) || (v >= 0 && v <= 1)) return number(v, { style: 'percent', maximumFractionDigits: 0 })
  return number(v, { maximumFractionDigits: 1 })
}

export function difference(metric: MetricName, v: number): string {
  const digits = metric === 'nps' ? 0 : 1
  return number(v, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' })
}

/** A calendar day of the server, shown as that same day whatever the reader's zone. */
export function day(iso: string, style: 'short' | 'long' = 'short'): string {
  const month = style === 'short' ? 'short' : 'long'
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month, timeZone: 'UTC' }
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleDateString(locale(), options)
}

export function duration(seconds: number): string {
  const [amount, unit] = largestUnit(seconds)
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}

export function ago(seconds: number): string {
  const [amount, unit] = largestUnit(Math.max(0, seconds))
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  return format.format(-amount, unit as Intl.RelativeTimeFormatUnit)
}

function largestUnit(seconds: number): [number, string] {
  if (seconds < 60) return [Math.round(seconds), 'second']
  if (seconds < 3600) return [Math.round(seconds / 60), 'minute']
  if (seconds < 86400) return [Math.round(seconds / 3600), 'hour']
  return [Math.round(seconds / 86400), 'day']
}
