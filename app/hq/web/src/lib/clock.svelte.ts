// SPDX-License-Identifier: Apache-2.0
// The time now, for what is told by how long ago it was. It goes on while somebody looks.
import { createSubscriber } from 'svelte/reactivity'
import * as format from './format'
import { printing } from './print.svelte'

const everyMs = 20_000

const watch = createSubscriber((update) => {
  const timer = setInterval(update, everyMs)
  return () => clearInterval(timer)
})

/** Milliseconds since 1970. Whoever reads it in a template is written again as it goes on. */
export function now(): number {
  watch()
  return Date.now()
}

/** "3 minutes ago"; on paper, where it would be soon untrue, the moment itself. */
export function since(iso: string): string {
  if (printing()) return format.moment(iso)
  return format.ago((now() - Date.parse(iso)) / 1000)
}
