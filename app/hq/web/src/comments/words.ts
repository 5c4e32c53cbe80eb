// SPDX-License-Identifier: Apache-2.0
// Words for what stands beside a comment.
import { mark, t } from '../lib/i18n.svelte'
import type { Comment, CommentStatus } from '../lib/types'
import { feeling, metricName } from '../lib/words'

/** In the order in which a comment goes through them; the keys 1 to 4. */
export const statuses: CommentStatus[] = ['new', 'read', 'to_do', 'done']

const statusNames: Record<CommentStatus, string> = {
  new: mark('New'),
  read: mark('Read'),
  to_do: mark('To do'),
  done: mark('Dealt with'),
}
export const statusName = (status: CommentStatus) => t(statusNames[status])

export const bands = [
  { band: 'low', name: mark('Unhappy') },
  { band: 'middle', name: mark('In between') },
  { band: 'high', name: mark('Happy') },
]

/** The ends of the scale that a customer answers on. */
const scales: Record<string, [number, number]> = { nps: [0, 10], emotion: [1, 5], csat: [1, 5], ces: [1, 7], stars: [1, 5] }

type Score = NonNullable<Comment['score']>

/** Where it lies on the scale of the faces, 1 to 5. */
export function faceOf({ metric, value }: Score): number {
  const [low, high] = scales[metric] ?? [1, 5]
  return 1 + (4 * (value - low)) / (high - low)
}

export function scoreInWords({ metric, value }: Score): string {
  if (metric === 'emotion') return feeling(value)
  return t('{metric}: {value} of {most}', { metric: metricName(metric), value, most: scales[metric]?.[1] ?? 5 })
}
