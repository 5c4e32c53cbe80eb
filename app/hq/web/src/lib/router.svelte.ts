// SPDX-License-Identifier: Apache-2.0
// A router of one state: the address. Plain links are taken over, so they stay ordinary links.

const state = $state({ path: location.pathname, search: location.search })

/** What stands behind the path: "?days=30". */
export function search(): string {
  return state.search
}

/** Says whether a path may be left for another; where not, it may call `go` later. */
type Guard = (to: string, go: () => void) => boolean
let guard: Guard | undefined

export function path(): string {
  return state.path
}

/** One page at a time may guard its leaving; the answer ends that. */
export function guardLeaving(by: Guard): () => void {
  guard = by
  return () => {
    if (guard === by) guard = undefined
  }
}

export function navigate(to: string, replace = false): void {
  const go = () => {
    show(to, replace)
    scrollTo(0, 0)
  }
  if (!guard || guard(to, go)) go()
}

/** Another part of the same page, which stays where it is. */
export function show(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  state.path = location.pathname
  state.search = location.search
}

/** The browser has gone back already: where that is not allowed, it comes forward again. */
function wentBack(): void {
  const to = location.pathname + location.search
  const from = state.path + state.search
  const go = () => {
    if (location.pathname + location.search !== to) history.pushState(null, '', to)
    state.path = location.pathname
    state.search = location.search
  }
  if (!guard || guard(to, go)) go()
  else history.pushState(null, '', from)
}

/** The secret after # of a one-time link, taken out of the address bar and the history. */
export function takeFragment(): string {
  const token = location.hash.slice(1)
  if (token) history.replaceState(null, '', location.pathname)
  return token
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}

export function startRouter(): void {
  addEventListener('popstate', wentBack)
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.defaultPrevented || !isPlainClick(event)) return
    if (link.origin !== location.origin || link.target || link.hash || link.hasAttribute('download')) return
    event.preventDefault()
    navigate(link.pathname + link.search)
  })
}
