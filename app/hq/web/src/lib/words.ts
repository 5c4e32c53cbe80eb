// SPDX-License-Identifier: Apache-2.0
// Words for the API's codes.
import { mark, t } from './i18n.svelte'
import { ApiError } from './http'
import { reasonInWords } from './reasons'
import type { Channel, Coverage, Difference, Figure, KnownFigure, MetricName } from './types'
import * as format from './format'

const metrics: Record<string, string> = {
  nps: mark('Recommendation (NPS)'),
  emotion: mark('Feeling'),
  csat: mark('Satisfaction (CSAT)'),
  ces: mark('Effort (CES)'),
  stars: mark('Stars'),
  completion: mark('Completed'),
}

export function metricName(metric: MetricName): string {
  return metrics[metric] ? t(metrics[metric]) : metric
}

const feelings = [mark('Very bad'), mark('Bad'), mark('So-so'), mark('Good'), mark('Very good')]

/** The kiosk's label of the face nearest to a score from 1 to 5. */
export function feeling(score: number): string {
  const nearest = Math.min(5, Math.max(1, Math.round(score)))
  return t(feelings[nearest - 1] ?? '')
}

const channels: Record<Channel, string> = {
  shop: mark('In the shop'),
  web: mark('Website'),
  mail: mark('E-mail'),
  phone: mark('Telephone'),
  chat: mark('Chat'),
  social: mark('Social media'),
  'review-site': mark('Review site'),
  event: mark('Event'),
}

export function channelName(channel: Channel): string {
  return t(channels[channel])
}

const frameworks: Record<string, string> = {
  'five-phase': mark('Five phases'),
  'six-step': mark('Six steps'),
  aaarrr: mark('Pirate funnel (AAARRR)'),
  'before-during-after': mark('Before, during, after'),
  blank: mark('Own phases'),
}

export function frameworkName(framework: string): string {
  return frameworks[framework] ? t(frameworks[framework]) : framework
}

export function interval(figure: KnownFigure): string {
  const low = format.value(figure.metric, figure.low)
  const high = format.value(figure.metric, figure.high)
  return t('95%: {low} to {high}', { low, high })
}

export function answers(n: number): string {
  return t('n {n}', { n: format.count(n) })
}

/** A whole figure as one phrase, for tables and for screen readers. */
export function figureInWords(figure: Figure | null): string {
  if (!figure) return t('not measured')
  if (figure.suppressed) return t('not enough answers')
  return `${format.value(figure.metric, figure.value)} (${answers(figure.n)}, ${interval(figure)})`
}

const explanations: Record<string, string> = {
  nps: mark('NPS: the share of 9s and 10s minus the share of 0s to 6s, from −100 to +100.'),
  emotion: mark('The mean of the five faces, from 1 (very bad) to 5 (very good).'),
  csat: mark('The share of the two best of five answers.'),
  ces: mark('The mean of seven answers; 7 is the least effort.'),
  stars: mark('The mean of one to five stars.'),
}

export function metricExplanation(metric: MetricName): string {
  return explanations[metric] ? t(explanations[metric]) : ''
}

/** A difference with its interval and whether it is proven, as one phrase. */
export function differenceInWords(metric: MetricName, difference: Difference | null): string {
  if (!difference) return t('not enough answers to compare')
  const values = {
    value: format.difference(metric, difference.value),
    low: format.difference(metric, difference.low),
    high: format.difference(metric, difference.high),
  }
  return difference.proven
    ? t('{value} (95%: {low} to {high}), proven', values)
    : t('{value} (95%: {low} to {high}), may be chance', values)
}

const lowShare = 0.8

/** Whether so much of the opening hours was not asked that a score says little of the whole of them. */
export function isLow(coverage: Coverage | undefined): boolean {
  return coverage?.share != null && coverage.share < lowShare
}

/** How much of their opening hours kiosks asked. */
export function askedInWords(coverage: Coverage | undefined): string {
  if (coverage?.share == null) return t('Asked hours: not known yet')
  return t('Asked {share} of the opening hours', { share: format.value('share', Math.floor(coverage.share * 100) / 100) })
}

/** What kept visitors from it, else nothing. */
export function lostInWords(coverage: Coverage): string {
  return [
    coverage.off_minutes > 0 && t('off for {time}', { time: format.lost(coverage.off_minutes) }),
    coverage.blocked_minutes > 0 && t('covered for {time}', { time: format.lost(coverage.blocked_minutes) }),
  ]
    .filter((one) => one !== false)
    .join(', ')
}

/** Both as one phrase, for tables. */
export function coverageInWords(coverage: Coverage | undefined): string {
  const lost = coverage && lostInWords(coverage)
  return lost ? `${askedInWords(coverage)} (${lost})` : askedInWords(coverage)
}

export function problem(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error)
  if (error.status === 0) return t('No connection to the server. Your data is safe; try again in a moment.')
  if (error.status === 403) return t('Your role gives no access to this page.')
  if (error.status === 404) return t('This does not exist, or not any more.')
  if (error.status === 429) return t('Too many attempts. Wait a minute and try again.')
  return reasonInWords(error.detail) || error.title
}
