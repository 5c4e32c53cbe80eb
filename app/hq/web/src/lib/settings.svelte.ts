// SPDX-License-Identifier: Apache-2.0
// What the reader chose: language, theme, period, keys. Kept in this browser only.
import { printing } from './print.svelte'
import { browserLanguage, language, setLanguage, type Loaders } from './i18n.svelte'

export type Theme = 'auto' | 'light' | 'dark'

const loaders: Loaders = { nl: () => import('$strings/nl.po') }
export const languages = ['nl', 'en']
export const periods = [7, 30, 90]

function kept(key: string): string | null {
  try {
    return localStorage.getItem(`halte.${key}`)
  } catch {
    return null // storage is blocked: the choice lasts until the page is closed
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`halte.${key}`, value)
  } catch {
    return
  }
}

function keptTheme(): Theme {
  const theme = kept('theme')
  return theme === 'light' || theme === 'dark' ? theme : 'auto'
}

function keptDays(): number {
  const days = Number(kept('days'))
  return periods.includes(days) ? days : 30
}

const systemDark = matchMedia('(prefers-color-scheme: dark)')
const state = $state({ theme: keptTheme(), days: keptDays(), systemDark: systemDark.matches, keys: kept('keys') !== 'off' })

export function days(): number {
  return state.days
}

export function setDays(value: number): void {
  state.days = value
  keep('days', String(value))
}

/** Whether single letters do something on pages that have such keys. */
export function keys(): boolean {
  return state.keys
}

export function setKeys(on: boolean): void {
  state.keys = on
  keep('keys', on ? 'on' : 'off')
}

/** Paper is light. */
export function isDark(): boolean {
  if (printing()) return false
  return state.theme === 'auto' ? state.systemDark : state.theme === 'dark'
}

function showTheme(): void {
  if (state.theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = state.theme
}

export function toggleTheme(): void {
  state.theme = isDark() ? 'light' : 'dark'
  keep('theme', state.theme)
  showTheme()
}

export async function chooseLanguage(wanted: string): Promise<void> {
  await setLanguage(wanted, loaders)
  keep('lang', language())
}

export async function startSettings(): Promise<void> {
  systemDark.addEventListener('change', (event) => (state.systemDark = event.matches))
  showTheme()
  await setLanguage(kept('lang') ?? browserLanguage(languages), loaders)
}
