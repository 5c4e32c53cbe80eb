// SPDX-License-Identifier: Apache-2.0
// What the kiosk itself says, from its own translations, and its languages' letters.
type Table = Record<string, string[]>

const loaders: Record<string, () => Promise<{ default: Table }>> = {
  nl: () => import('$kiosk/nl.po'),
  de: () => import('$kiosk/de.po'),
  fr: () => import('$kiosk/fr.po'),
  tr: () => import('$kiosk/tr.po'),
  pl: () => import('$kiosk/pl.po'),
  ar: () => import('$kiosk/ar.po'),
}

const state = $state({ tables: {} as Record<string, Table> })

/** Another language of which the kiosk has no translation says it in English, as the kiosk does. */
export async function loadWords(language: string): Promise<void> {
  const loader = loaders[language.slice(0, 2)]
  if (!loader || state.tables[language]) return
  state.tables[language] = (await loader()).default
}

export function say(msgid: string, language: string, values: Record<string, string | number> = {}): string {
  const text = state.tables[language]?.[msgid]?.[0] ?? msgid
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export const shortName = (language: string): string =>
  language === 'ar' ? 'ع' : language === 'he' ? 'ע' : language.toUpperCase()

const qwerty = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const keys: Record<string, { rows: string[]; accents: string }> = {
  en: { rows: qwerty, accents: 'éèêëüöçñ' },
  nl: { rows: qwerty, accents: 'éëèïüöáóç' },
  fr: { rows: ['azertyuiop', 'qsdfghjklm', "wxcvbn'"], accents: 'éèêëàâçùûîïôœ' },
  de: { rows: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß'], accents: '' },
  pl: { rows: qwerty, accents: 'ąćęłńóśźż' },
  tr: { rows: ['qwertyuıopğü', 'asdfghjklşi', 'zxcvbnmöç'], accents: 'âîû' },
  ar: { rows: ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظذ'], accents: 'أإآ،؟' },
}

/** Rows of letters, as a keyboard begins: with a capital. */
export function letters(language: string): string[][] {
  const { rows, accents } = keys[language.slice(0, 2)] ?? (keys['en'] as (typeof keys)[string])
  const upper = (letter: string) => (letter === 'ß' ? letter : letter.toLocaleUpperCase(language))
  return [accents, ...rows].filter(Boolean).map((row) => [...row].map(upper))
}
