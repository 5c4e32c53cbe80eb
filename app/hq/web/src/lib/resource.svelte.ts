// SPDX-License-Identifier: Apache-2.0
// Data of one page: read when its address changes, and again when the event stream says so.
import { ApiError } from './http'
import { onLive, type Counts } from './live.svelte'
import { read } from './session.svelte'

const coalesceMs = 300

export interface Resource<T> {
  readonly data: T | undefined
  readonly error: ApiError | undefined
}

/**
 * Call while a component is made. `concerns` says whether an event touches this data. Events within
 * 300 ms lead to one read; data that is shown stays until the newer has come. `everyMs`: read again by
 * the clock too, for what changes because nothing happens.
 */
export function resource<T>(
  address: () => string,
  concerns: (event: Counts | 'kiosks') => boolean,
  everyMs?: number,
): Resource<T> {
  const state = $state({ data: undefined as T | undefined, error: undefined as ApiError | undefined })

  $effect(() => {
    const url = address()
    const abort = new AbortController()
    let timer: number | undefined
    let asked = 0

    const load = async () => {
      timer = undefined
      const mine = ++asked
      try {
        const data = await read<T>(url, abort.signal)
        if (mine !== asked) return // a later read has been asked for: its answer is the newer one
        state.data = data
        state.error = undefined
      } catch (error) {
        if (error instanceof ApiError) state.error = error
        else if (!abort.signal.aborted) throw error
      }
    }
    const stop = onLive((event) => {
      if (event === 'all' || concerns(event)) timer ??= window.setTimeout(load, coalesceMs)
    })
    void load()
    const clock = everyMs ? window.setInterval(load, everyMs) : undefined
    return () => {
      stop()
      clearInterval(clock)
      clearTimeout(timer)
      abort.abort()
    }
  })
  return {
    get data() {
      return state.data
    },
    get error() {
      return state.error
    },
  }
}
