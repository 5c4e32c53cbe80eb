// SPDX-License-Identifier: Apache-2.0
// Words for what a place says.
import type { IconName } from '../components/Icon.svelte'
import { inOurLanguage, locale, mark, plural, t } from '../lib/i18n.svelte'
import type { Day, Hours, Organisation } from '../lib/types'
import type { Kind } from './editor.svelte'

const kinds: Record<Kind, { name: string; icon: IconName }> = {
  organisation: { name: mark('Organisation'), icon: 'building' },
  region: { name: mark('Region'), icon: 'region' },
  branch: { name: mark('Branch'), icon: 'shop' },
  kiosk: { name: mark('Kiosk'), icon: 'kiosk' },
  touchpoint: { name: mark('Touchpoint'), icon: 'target' },
}
export const kindName = (kind: Kind) => t(kinds[kind].name)
export const kindIcon = (kind: Kind) => kinds[kind].icon

/** Written in themselves, so that whoever reads one finds it. */
export const languageNames: Record<string, string> = {
  nl: 'Nederlands',
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  tr: 'Türkçe',
  pl: 'Polski',
  ar: 'العربية',
}
export const languageName = (tag: string) => languageNames[tag] ?? tag

type Choices = Record<string, string>
export const choices: Record<string, Choices> = {
  '/settings/theme': { light: mark('Light'), dark: mark('Dark'), high_contrast: mark('High contrast') },
  '/settings/motion': { full: mark('Lively'), calm: mark('Calm'), off: mark('No movement') },
  '/settings/text_size': { normal: mark('Normal'), large: mark('Large') },
}

/** What holds where nobody says anything. */
export const standards: Record<string, unknown> = {
  '/opening_hours': {},
  '/silent_minutes': 30,
  '/settings/languages': ['nl', 'en'],
  '/settings/theme': 'light',
  '/settings/motion': 'full',
  '/settings/text_size': 'normal',
  '/settings/retention': { contact_days: 30, free_text_days: 365 },
  '/accent': '#4B2E83',
  '/k': 10,
  '/contact': { enabled: false, fields: [], age_gate: 16 },
}

export const days: Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export function dayName(day: Day, style: 'long' | 'short' = 'long'): string {
  const monday = Date.UTC(2024, 0, 1)
  const date = new Date(monday + days.indexOf(day) * 86_400_000)
  return new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: 'UTC' }).format(date)
}

export const isAlwaysOpen = (hours: Hours) => days.every((day) => !hours[day]?.length)

/** "ma–za 08:00–21:00": days with the same hours together, one line each. */
export function hoursInLines(hours: Hours): { days: string; hours: string }[] {
  const textOf = (day: Day) => hours[day]?.map((span) => span.replace('-', '–')).join(', ') || t('closed')
  const lines: { first: Day; last: Day; hours: string }[] = []
  for (const day of days) {
    const before = lines.at(-1)
    if (before?.hours === textOf(day)) before.last = day
    else lines.push({ first: day, last: day, hours: textOf(day) })
  }
  return lines.map(({ first, last, hours }) => ({
    days: first === last ? dayName(first, 'short') : `${dayName(first, 'short')}–${dayName(last, 'short')}`,
    hours,
  }))
}

function hoursInWords(hours: Hours): string {
  if (isAlwaysOpen(hours)) return t('Always open')
  return hoursInLines(hours)
    .map((line) => `${line.days} ${line.hours}`)
    .join(' · ')
}

export function timeIn(zone: string, at: Date): string {
  try {
    return new Intl.DateTimeFormat(locale(), { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)
  } catch {
    return '' // a zone that the server knows and this browser does not
  }
}

/** "Europe/Amsterdam" as people say it. */
export function zoneName(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}

export function surveyName(organisation: Organisation, id: string): string {
  return inOurLanguage(organisation.surveys.filter((survey) => survey.id === id).at(-1)?.definition.title) || id
}

export const surveyIds = (organisation: Organisation) => [...new Set(organisation.surveys.map((survey) => survey.id))]

export const minutes = (n: number) => plural(n, '1 minute', '{n} minutes')

/** A field's value as one phrase; where it needs the organisation's names, the caller gives them. */
export function valueInWords(pointer: string, value: unknown, organisation: Organisation): string {
  if (value === undefined || value === '') return t('nothing')
  const choice = choices[pointer]?.[String(value)]
  if (choice) return t(choice)
  if (pointer === '/opening_hours') return hoursInWords(value as Hours)
  if (pointer === '/zone') return zoneName(String(value))
  if (pointer === '/settings/display') return `${(value as { diagonal_in?: number }).diagonal_in ?? '–'} ${t('inches')}`
  if (pointer === '/silent_minutes') return minutes(Number(value))
  if (pointer === '/settings/languages') return (value as string[]).map(languageName).join(', ')
  if (pointer.startsWith('/asks/') || pointer === '/survey') return surveyName(organisation, String(value))
  return nameIn(pointer, String(value), organisation) ?? (typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function nameIn(pointer: string, id: string, organisation: Organisation): string | undefined {
  const list = { '/region': 'regions', '/parent': 'regions', '/branch': 'branches', '/touchpoint': 'touchpoints' } as const
  const at = list[pointer as keyof typeof list]
  return at && organisation[at].find((place) => place.id === id)?.name
}

/** "Café West" as "cafe-west": a to z, 0 to 9 and hyphens. */
export function shortName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
