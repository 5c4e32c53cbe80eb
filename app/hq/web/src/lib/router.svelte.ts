// SPDX-License-Identifier: Apache-2.0
// A router of one state: the path. Plain links are taken over, so they stay ordinary links.

const state = $state({ path: location.pathname })

export function path(): string {
  return state.path
}

export function navigate(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  state.path = location.pathname
  scrollTo(0, 0)
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
  addEventListener('popstate', () => (state.path = location.pathname))
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.defaultPrevented || !isPlainClick(event)) return
    if (link.origin !== location.origin || link.target || link.hash) return
    event.preventDefault()
    navigate(link.pathname)
  })
}
