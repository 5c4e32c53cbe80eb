// SPDX-License-Identifier: Apache-2.0
// Reading the translations: a .po file becomes a table from msgid to its forms.
import { readFileSync } from 'node:fs'
import { po } from 'gettext-parser'

/** msgid -> [singular] or [form 0, form 1]; an untranslated or fuzzy message is left out. */
export function readPo(path) {
  const messages = po.parse(readFileSync(path)).translations[''] ?? {}
  const table = {}
  for (const [msgid, message] of Object.entries(messages)) {
    const fuzzy = message.comments?.flag?.includes('fuzzy')
    if (msgid !== '' && !fuzzy && message.msgstr.every((form) => form !== '')) table[msgid] = message.msgstr
  }
  return table
}

/** The Vite plugin that lets a module import a .po file. */
export function gettext() {
  return {
    name: 'gettext',
    load(id) {
      return id.endsWith('.po') ? `export default ${JSON.stringify(readPo(id))}` : null
    },
  }
}
