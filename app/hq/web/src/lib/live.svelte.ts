// SPDX-License-Identifier: Apache-2.0
// The server's event stream: says what changed, never the figures themselves.

export interface Counts {
  touchpoints: string[]
  branches: string[]
}

type Listener = (counts: Counts | 'kiosks') => void

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

function tell(counts: Counts | 'kiosks'): void {
  for (const listener of listeners) listener(counts)
}

/** Opens the stream; the answer closes it. A stream that the server refused is tried again. */
export function startLive(): () => void {
  let source: EventSource
  let retry = 0
  const open = () => {
    source = new EventSource('/api/v1/events')
    source.onopen = () => (state.connected = true)
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
