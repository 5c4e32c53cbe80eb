// SPDX-License-Identifier: Apache-2.0
// Every message in the source has a translation, every translation has a message.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPo } from './gettext.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const strings = join(root, '../../../assets/strings/web')

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : []
  })
}

// t('…'), mark('…') and plural(n, '…', …): the first string is the msgid.
const call = /\b(?:t|mark|plural)\(\s*(?:[^'"`(),]+(?:\([^()]*\))?,\s*)?(['"`])((?:\\.|(?!\1).)*)\1/gs

function messages(paths) {
  const found = new Set()
  for (const path of paths)
    for (const match of readFileSync(path, 'utf8').matchAll(call)) found.add(match[2].replace(/\\(['"`])/g, '$1'))
  return found
}

function compare(wanted, file) {
  const table = readPo(join(strings, file))
  const missing = [...wanted].filter((msgid) => !(msgid in table))
  const unused = Object.keys(table).filter((msgid) => !wanted.has(msgid))
  for (const msgid of missing) console.error(`${file}: not translated: ${JSON.stringify(msgid)}`)
  for (const msgid of unused) console.error(`${file}: not used: ${JSON.stringify(msgid)}`)
  return missing.length + unused.length
}

const all = sources(join(root, 'src'))
const isReceipt = (path) => path.includes('/receipt/')
const dashboard = messages(all.filter((path) => !isReceipt(path)))
const receipt = messages(all.filter(isReceipt))

let faults = compare(dashboard, 'nl.po')
for (const file of readdirSync(join(strings, 'receipt'))) faults += compare(receipt, `receipt/${file}`)
console.log(`strings: ${dashboard.size} on the dashboard, ${receipt.size} on the receipt page, ${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
