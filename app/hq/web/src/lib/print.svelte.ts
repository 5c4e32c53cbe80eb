// SPDX-License-Identifier: Apache-2.0
// Whether the page is being printed. What a style sheet reaches is in print.css; what is drawn on a canvas, measured or
// chosen by a script asks here. The browser lays the page out as soon as this has been heard, so it is heard at once.
import { flushSync } from 'svelte'

const state = $state({ printing: false })
const root = document.documentElement

export function printing(): boolean {
  return state.printing
}

/** Width in CSS px of A4 on its side within the margins of print.css. */
export const landscapeWidth = 1016

export function startPrinting(): void {
  let theme: string | undefined
  addEventListener('beforeprint', () => {
    theme = root.dataset['theme']
    root.dataset['theme'] = 'light' // for the colours that a canvas asks for
    flushSync(() => (state.printing = true))
  })
  addEventListener('afterprint', () => {
    if (theme) root.dataset['theme'] = theme
    else delete root.dataset['theme']
    flushSync(() => (state.printing = false))
  })
}
