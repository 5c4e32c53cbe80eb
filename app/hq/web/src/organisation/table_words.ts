// SPDX-License-Identifier: Apache-2.0
// Words for a table of places and what is wrong with one.
import type { ApiError } from '../lib/http'
import { mark, t } from '../lib/i18n.svelte'
import { reasonInWords } from '../lib/reasons'
import type { Row } from './table'

const names: Record<string, string> = {
  name: mark('Name'),
  parent: mark('Stands below'),
  survey: mark('Survey'),
  touchpoint: mark('Touchpoint'),
  zone: mark('Time zone'),
  hours: mark('Opening hours'),
}
export const columnName = (column: string) => (names[column] ? t(names[column]) : column)

export interface RowProblem {
  line: number // 0: of the whole file
  where: string
  /** What the row is called, where the table could be read so far. */
  name: string
  reason: string
}

// In a form the field itself says what is missing; in a table the row is all that is known.
const ofRows: [RegExp, string][] = [
  [/^is missing$|must be a text that is not empty/, mark('A cell that this row needs is empty.')],
  [/there is none of that id/, mark('It names something that does not exist. Parent, survey and touchpoint take the short name, from the column id.')],
  [/says its time zone/, mark('Fill in the column zone here, or at the region above it.')],
  [/must hold times like/, mark('Write opening hours like 08:00-21:00, two spans with a space between them.')],
]

const place = /^(?:places: )?line (?<line>\d+)(?:, column (?<column>\d+)(?: \((?<name>[^)]*)\))?)?(?:: )?(?<cause>.*)$/s

function problemAt(at: string, reason: string, rows: Row[]): RowProblem {
  const { line, column, name, cause } = place.exec(at)?.groups ?? {}
  const told = reason || cause || at.replace(/^places: /, '')
  const words = ofRows.find(([pattern]) => pattern.test(told))
  const row = rows.find((one) => one.line === Number(line))
  const where = !line
    ? t('The file')
    : column
      ? t('Row {line}, column {column}', { line, column: name || column })
      : t('Row {line}', { line })
  return { line: Number(line ?? 0), where, name: row?.cells['name'] || row?.id || '', reason: words ? t(words[1]) : reasonInWords(told) }
}

/** Why a table was refused, row by row. `rows`: what of it could be read. */
export function problemsWith(refusal: ApiError, rows: Row[]): RowProblem[] {
  if (refusal.problems.length === 0) return [problemAt(refusal.detail, '', rows)]
  return refusal.problems.map(({ pointer, reason }) => problemAt(pointer, reason, rows)).sort((a, b) => a.line - b.line)
}
