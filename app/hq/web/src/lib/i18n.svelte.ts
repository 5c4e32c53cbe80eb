// SPDX-License-Identifier: Apache-2.0
// Translation by gettext's idea: the English text is the key, a .po file holds the others.

type Table = Record<string, string[]>
export type Loaders = Record<string, () => Promise<{ default: Table }>>
type Values = Record<string, string | number>

const state = $state({ language: 'en', table: {} as Table })

export function language(): string {
  return state.language
}

const locales: Record<string, string> = { en: 'en-GB', ar: 'ar-u-nu-latn' }

/** The tag that numbers and dates are written by: English is the European one, 21 November; Arabic has the digits
 * that the kiosk shows. */
export function locale(): string {
  return locales[state.language] ?? state.language
}

/** English needs no loader; an unknown language leaves the present one. */
export async function setLanguage(wanted: string, loaders: Loaders): Promise<void> {
  const loader = loaders[wanted]
  if (!loader && wanted !== 'en') return
  const table = loader ? (await loader()).default : {}
  state.table = table
  state.language = wanted
  document.documentElement.lang = wanted
  document.documentElement.dir = wanted === 'ar' ? 'rtl' : 'ltr'
}

/** The first of the browser's languages that is offered, else English. */
export function browserLanguage(offered: string[]): string {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2))
  return wanted.find((tag) => offered.includes(tag)) ?? 'en'
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function t(msgid: string, values: Values = {}): string {
  return fill(state.table[msgid]?.[0] ?? msgid, values)
}

/** `{n}` in the texts is replaced by the localised number. French counts zero as singular. */
export function plural(n: number, one: string, many: string, values: Values = {}): string {
  const form = state.language === 'fr' ? Number(n > 1) : Number(n !== 1)
  const text = state.table[one]?.[form] ?? (form === 0 ? one : many)
  return fill(text, { n: n.toLocaleString(locale()), ...values })
}

/** A text that is not ours, as surveys have them: in the reader's language, else in its own, else in any. */
export function inOurLanguage(text: string | Record<string, string> | undefined): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return text[state.language] ?? text['default'] ?? Object.values(text)[0] ?? ''
}

/** Marks a text for translation where it is listed; t() translates it where it is shown. */
export function mark(msgid: string): string {
  return msgid
}
