// SPDX-License-Identifier: Apache-2.0
import type { Loaders } from '../lib/i18n.svelte'

/** Those of the kiosk. */
export const languages = ['nl', 'en', 'de', 'fr', 'tr', 'pl', 'ar']
export const languageNames: Record<string, string> = {
  nl: 'Nederlands',
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  tr: 'Türkçe',
  pl: 'Polski',
  ar: 'العربية',
}
export const loaders: Loaders = {
  nl: () => import('$strings/receipt/nl.po'),
  de: () => import('$strings/receipt/de.po'),
  fr: () => import('$strings/receipt/fr.po'),
  tr: () => import('$strings/receipt/tr.po'),
  pl: () => import('$strings/receipt/pl.po'),
  ar: () => import('$strings/receipt/ar.po'),
}
