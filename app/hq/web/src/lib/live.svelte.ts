// SPDX-License-Identifier: Apache-2.0
// The server's event stream: says what changed, never the figures themselves.

export interface Counts {
  touchpoints: string[]
  branches: string[]
}

/** 'all': the stream was down for a while, so anything may have changed. */
export type Change = Counts | 'kiosks' | 'all'
type Listener = (change: Change) => void

const retryMs = 5000
const listeners = new Set<Listener>()
const state = $state({ connected: false })

export function connected(): boolean {
  return state.connected
}

export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(change: Change): void {
  for (const listener of listeners) listener(change)
}

/** Opens the stream; the answer closes it. A stream that the server refused is tried again. */
export function startLive(): () => void {
  let source: EventSource
  let retry = 0
  let wasOpen = false
  const open = () => {
    source = new EventSource('/api/v1/events')
    source.onopen = () => {
      state.connected = true
      if (wasOpen) tell('all')
      wasOpen = true
    }
    source.onerror = () => {
      state.connected = false
      if (source.readyState === EventSource.CLOSED) retry = window.setTimeout(open, retryMs)
    }
    source.addEventListener('counts', (event) => tell(JSON.parse(event.data) as Counts))
    source.addEventListener('kiosks', () => tell('kiosks'))
  }
  open()
  return () => {
    clearTimeout(retry)
    source.close()
    state.connected = false
  }
}
