// SPDX-License-Identifier: Apache-2.0
import type { IconName } from '../components/Icon.svelte'
import * as format from '../lib/format'
import { t } from '../lib/i18n.svelte'
import type { Target, Touchpoint, Trend } from '../lib/types'
import { figureInWords } from '../lib/words'

export interface Mark {
  icon: IconName
  tone: 'ok' | 'error' | 'quiet'
  text: string
}

/** A change is good or bad only when it is proven. */
export function trendWords(trend: Trend): Mark {
  const by = format.difference(trend.metric, trend.difference)
  if (!trend.proven) return { icon: 'level', tone: 'quiet', text: t('{by}, not proven', { by }) }
  const better = trend.difference > 0
  return { icon: better ? 'up' : 'down', tone: better ? 'ok' : 'error', text: t('{by}, proven', { by }) }
}

export function targetWords(target: Target): Mark {
  const value = format.value(target.metric, target.value)
  switch (target.met) {
    case 'yes':
      return { icon: 'check', tone: 'ok', text: t('target {value} met', { value }) }
    case 'no':
      return { icon: 'cross', tone: 'error', text: t('target {value} not met', { value }) }
    case 'undecided':
      return { icon: 'target', tone: 'quiet', text: t('target {value} undecided', { value }) }
  }
}

export function trendInWords(trend: Trend): string {
  const low = format.difference(trend.metric, trend.low)
  const high = format.difference(trend.metric, trend.high)
  return `${trendWords(trend).text} (${t('95%: {low} to {high}', { low, high })}, ${t('previous period n {n}', { n: format.count(trend.previous_n) })})`
}

export function reasonsInWords(touchpoint: Touchpoint): string {
  return (touchpoint.reasons ?? []).map((reason) => `${reason.label}: ${figureInWords(reason.share)}`).join('; ')
}
