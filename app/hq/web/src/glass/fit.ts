// SPDX-License-Identifier: Apache-2.0
// Fitting words to the glass by trial, as app/kiosk/screens does: what is too large gets smaller, down to its least size.

const isTooHigh = (body: HTMLElement) =>
  [body, ...body.querySelectorAll<HTMLElement>('.side')].some((part) => part.scrollHeight > part.clientHeight + 1)

const widest = (parts: Iterable<HTMLElement>) => Math.max(0, ...[...parts].map((part) => part.scrollWidth / part.clientWidth))

/** Words below the faces stay on one line where that makes them a fifth smaller at most; the organisation's name gives way. */
function fitWidths(frame: HTMLElement): void {
  frame.style.setProperty('--labels', '1')
  frame.style.setProperty('--label-lines', 'nowrap')
  const over = widest(frame.querySelectorAll<HTMLElement>('[data-label]'))
  if (over > 1.25) frame.style.setProperty('--label-lines', 'normal')
  else if (over > 1) frame.style.setProperty('--labels', `${0.985 / over}`)
  const name = frame.querySelector<HTMLElement>('.name')
  frame.style.setProperty('--name', '1')
  if (name) frame.style.setProperty('--name', `${Math.max(0.6, 0.99 / Math.max(0.99, widest([name])))}`)
}

/** Words get smaller, the kiosk's own hint goes, a face that would be too small is none. Whether all of it fits then. */
export function fit(frame: HTMLElement, perMm: number): boolean {
  fitWidths(frame)
  const body = frame.querySelector<HTMLElement>('.body')
  if (!body) return true
  const hero = body.querySelector<HTMLElement>('[data-hero]')
  const hint = body.querySelector<HTMLElement>('.hint')
  for (const part of [hero, hint]) part?.removeAttribute('hidden')
  frame.style.setProperty('--shrink', '1')
  const least = hero?.classList.contains('small') ? 22 : 28 // mm
  if (hero && hero.clientHeight < least * perMm) hero.hidden = true
  for (let shrink = 0.95; shrink > 0.58 && isTooHigh(body); shrink -= 0.05) frame.style.setProperty('--shrink', `${shrink}`)
  if (hint && isTooHigh(body)) hint.hidden = true
  return !isTooHigh(body)
}
