// SPDX-License-Identifier: Apache-2.0
// The table of places as the server writes and takes it (sync/server/api/places_table.h): what would change. The server
// judges a table; only one that it takes is compared here.

export type RowKind = 'region' | 'touchpoint' | 'branch' | 'kiosk'

export interface Row {
  /** On which it begins, as the server counts them. */
  line: number
  kind: RowKind
  id: string
  cells: Record<string, string>
}

export interface Difference {
  added: Row[]
  changed: { row: Row; columns: string[] }[]
  unchanged: number
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const columns: Record<RowKind, string[]> = {
  region: ['name', 'parent', 'zone'],
  touchpoint: ['name', 'survey'],
  branch: ['name', 'parent', 'zone'],
  kiosk: ['name', 'parent', 'touchpoint'],
}

/** CSV with commas or semicolons, of which the server has said that it is in order. */
export function readTable(text: string): Row[] {
  const header = text.trimStart().split('\n', 1)[0] ?? ''
  const separator = header.replace(/"[^"]*"/g, '').includes(';') ? ';' : ','
  const cell = new RegExp(`("(?:[^"]|"")*"|[^"\\r\\n${separator}]*)(${separator}|\\r?\\n|$)`, 'gy')
  const lines: { line: number; cells: string[] }[] = []
  let [line, at] = [1, { line: 1, cells: [] as string[] }]
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [whole, written = '', end] = found
    at.cells.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written)
    line += whole.split('\n').length - 1
    if (end === separator) continue
    if (at.cells.length > 1 || written) lines.push(at) // nothing on a line is no row
    if (!end) break
    at = { line, cells: [] }
  }
  const names = lines.shift()?.cells ?? []
  return lines.map(({ line, cells }) => {
    const named = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
    return { line, kind: named['kind'] as RowKind, id: named['id'] ?? '', cells: named }
  })
}

/** The days that a row fills are the whole week; one that fills none says nothing of it. */
function weekOf(row: Row): string {
  return days.map((day) => (row.cells[day] ?? '').split(' ').filter(Boolean).join(' ')).join(';')
}

function changedColumns(before: Row, row: Row): string[] {
  const changed = columns[row.kind].filter((name) => row.cells[name] && row.cells[name] !== before.cells[name])
  const hasHours = row.kind === 'region' || row.kind === 'branch'
  const week = weekOf(row)
  return hasHours && /\d/.test(week) && week !== weekOf(before) ? [...changed, 'hours'] : changed
}

/** What a table would make of what is there. An empty cell, and a column that it does not have, change nothing. */
export function compare(before: Row[], table: Row[]): Difference {
  const key = (row: Row) => `${row.kind}/${row.id}`
  const there = new Map(before.map((row) => [key(row), row]))
  const difference: Difference = { added: [], changed: [], unchanged: 0 }
  for (const row of table) {
    const known = there.get(key(row))
    const changed = known ? changedColumns(known, row) : []
    if (!known) difference.added.push(row)
    else if (changed.length > 0) difference.changed.push({ row, columns: changed })
    else ++difference.unchanged
  }
  return difference
}
