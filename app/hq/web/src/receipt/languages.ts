// SPDX-License-Identifier: Apache-2.0
import type { Loaders } from '../lib/i18n.svelte'

export const languages = ['nl', 'fr', 'de', 'en']
export const languageNames: Record<string, string> = { nl: 'Nederlands', fr: 'Français', de: 'Deutsch', en: 'English' }
export const loaders: Loaders = {
  nl: () => import('$strings/receipt/nl.po'),
  fr: () => import('$strings/receipt/fr.po'),
  de: () => import('$strings/receipt/de.po'),
}
