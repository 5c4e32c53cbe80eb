// SPDX-License-Identifier: Apache-2.0
// Tables that leave as files, reopened by others: LibreOffice, and a reader of XLSX that is no spreadsheet.
import assert from 'node:assert/strict';
import test from 'node:test';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsx from 'read-excel-file/node';
import { bin } from './stage.mjs';
import { LibreOffice, unzipped } from './spreadsheet.mjs';

const kinds = [
  { name: 'words', kind: 'text' },
  { name: '=count', kind: 'whole' },
  { name: 'score, mean', kind: 'decimal', digits: 2 },
  { name: 'share "%"', kind: 'percent', digits: 1 },
  { name: 'day', kind: 'date' },
  { name: 'last', kind: 'time', zone: 'Europe/Amsterdam' },
];
const hostile = ['=1+1', '+31 6 1234', '-5', '@SUM(A1)', '{=1+1}', "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "'s-Hertogenbosch",
  'nice;=1+1;x', 'two\n=2+2\nend', 'a\r\nb', '<b>&amp;</b>', ']]>', '_x0041_', '_x005F_x0041_', '  two  spaces  ', 'tab\there', 'TRUE', '1,5', '1.5',
  '50%', '21-11-2026', '007', '😀 é \u202E', 'عربي', '\u0001\u001F', '\uFFFE', '"', '""', 'x'.repeat(2000)];

// The same each time.
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomCell({ kind }, roll) {
  if (roll(9) === 0) return roll(2) ? null : { hidden: '< 10' };
  // Until 2036: there the zones of the date library lose their summer time.
  const moment = new Date(Date.UTC(1990, 0, 1) + roll(46 * 365) * 86_400_000 + roll(86_400) * 1000).toISOString();
  return {
    text: () => Array.from({ length: 1 + roll(3) }, () => hostile[roll(hostile.length)]).join(roll(2) ? '' : ' '),
    whole: () => (roll(2) ? 1 : -1) * roll(10 ** roll(13)),
    decimal: () => (roll(2_000_000) - 1_000_000) / 10 ** roll(9),
    percent: () => roll(10_001) / 100,
    date: () => moment.slice(0, 10),
    time: () => moment.replace('.000', ''),
  }[kind]();
}

function randomSheets() {
  const roll = dice(7);
  const random = (title) => ({
    title,
    columns: kinds,
    rows: Array.from({ length: 150 }, () => kinds.map((column) => randomCell(column, roll))),
    notes: ['=November 2026', 'An interval covers sampling error alone.'],
  });
  const words = { title: 'Words', columns: [kinds[0]], rows: hostile.map((cell) => [cell]), notes: [] };
  return [random('NPS/week'), words, random('nps week')];
}

// What a cell of text holds once it has been through XML.
const asXml = (text) => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, '\uFFFD');

const clocks = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'medium' });
const localTime = (moment) => clocks.format(new Date(moment)); // 2026-11-21 13:00:00

function inFolder(body) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'halte-sheets-'));
    try {
      await body(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function written(folder, sheets) {
  const input = JSON.stringify({ created: '2026-11-21T12:00:00Z', sheets });
  const run = spawnSync(join(bin, 'write_sheets'), [folder], { input, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return join(folder, 'sheets.xlsx');
}

// Header, table and notes of a tab against the sheet; `same(cell, column, found)` compares one.
function compare(sheet, rows, textOf, same) {
  assert.deepEqual(rows[0].map(textOf), sheet.columns.map(({ name, zone }) => (zone ? `${name} (${zone})` : name)));
  sheet.rows.forEach((row, r) => row.forEach((cell, c) => same(cell, sheet.columns[c], rows[r + 1][c], `row ${r + 1}, column ${c + 1}`)));
  const notes = sheet.notes.length ? rows.slice(sheet.rows.length + 2) : [];
  assert.deepEqual(notes.map(([note]) => textOf(note)), sheet.notes);
}

const close = (found, wanted, place) => assert.ok(Math.abs(found - wanted) <= Math.abs(wanted) * 1e-14, `${place}: ${found}, not ${wanted}`);

test('sheets: a reader of XLSX finds every cell as it was, numbers as numbers and days as days', inFolder(async (folder) => {
  const sheets = randomSheets();
  const tabs = await readXlsx(written(folder, sheets), { trim: false });
  assert.deepEqual(tabs.map(({ sheet }) => sheet), ['NPS week', 'Words', 'nps week (2)']);
  tabs.forEach(({ data }, i) => compare(sheets[i], data, (cell) => cell, (cell, { kind }, found, place) => {
    if (cell === null) return assert.equal(found, null, place);
    if (cell.hidden) return assert.equal(found, cell.hidden, place);
    // Its own sums end up to a millisecond short.
    if (kind === 'time') return assert.equal(new Date(found.getTime() + 1).toISOString().slice(0, 19).replace('T', ' '), localTime(cell), place);
    if (kind === 'date') return assert.equal(found.toISOString(), `${cell}T00:00:00.000Z`, place);
    if (kind !== 'text') return close(found, kind === 'percent' ? cell / 100 : cell, place);
    // It leaves the sign of an underscore, which spreadsheets take away, as it stands in the file.
    assert.equal(found.replaceAll('_x005F_', '_'), asXml(cell).replaceAll('_x005F_', '_'), place);
  }));
}));

test('sheets: LibreOffice finds every cell as it was, and words are words', inFolder(async (folder) => {
  const sheets = randomSheets();
  const tabs = new LibreOffice(folder, 'en-US').tabs(written(folder, sheets), join(folder, 'raw'), false);
  ['NPS week', 'Words', 'nps week (2)'].forEach((name, i) => compare(sheets[i], tabs[name], ({ text }) => text, (cell, { kind }, found, place) => {
    const words = kind === 'text' || cell?.hidden;
    assert.equal(found.quoted, cell !== null && !!words, place);
    if (cell === null) return assert.equal(found.text, '', place);
    if (words) return assert.equal(found.text, asXml(cell.hidden ?? cell), place);
    const [month, day, year] = found.text.slice(0, 10).split('/');
    if (kind === 'date') return assert.equal(`${year}-${month}-${day}`, cell, place);
    if (kind === 'time') return assert.equal(`${year}-${month}-${day}${found.text.slice(10)}`, localTime(cell), place);
    assert.equal(found.text.endsWith('%'), kind === 'percent', place);
    close(Number(found.text.replace('%', '')), cell, place);
  }));
}));

test('sheets: numbers, percentages and days are shown in the way of the reader, Dutch or English', inFolder(async (folder) => {
  const row = [['Utrecht', 1234567, -1234.567, 63.46, '2026-11-21', '2026-11-21T12:00:00Z']];
  const file = written(folder, [{ title: 'One', columns: kinds, rows: row, notes: [] }]);
  const shown = (locale) => new LibreOffice(folder, locale).tabs(file, join(folder, locale), true).One[1].map(({ text }) => text);
  assert.deepEqual(shown('nl-NL'), ['Utrecht', '1.234.567', '-1.234,57', '63,5%', '21-11-2026', '21-11-2026 13:00']);
  assert.deepEqual(shown('en-US'), ['Utrecht', '1,234,567', '-1,234.57', '63.5%', '11/21/2026', '11/21/2026 13:00']);
}));

test('sheets: the header is frozen with filters, nothing is a formula, and nobody is named', inFolder(async (folder) => {
  const parts = unzipped(written(folder, randomSheets()));
  const tab = parts['xl/worksheets/sheet1.xml'];
  assert.match(tab, /<pane ySplit="1" topLeftCell="A2" [^>]*state="frozen"/);
  assert.match(tab, /<autoFilter ref="A1:F151"\/>/);
  for (const [name, text] of Object.entries(parts)) assert.doesNotMatch(text, /<f[ >]/, name);
  assert.match(parts['docProps/core.xml'], /<dc:creator><\/dc:creator><cp:lastModifiedBy><\/cp:lastModifiedBy>/);
  assert.match(parts['docProps/core.xml'], />2026-11-21T12:00:00Z<\/dcterms:created>/);
  assert.match(parts['docProps/app.xml'], /<Company><\/Company>/);
}));

test('sheets: no cell of the CSV is a formula to a spreadsheet, be its cells ended by commas or by semicolons', inFolder(async (folder) => {
  const office = new LibreOffice(folder, 'en-US');
  written(folder, [{ title: 'Words', columns: [kinds[0], { name: 'more', kind: 'text' }], rows: hostile.map((cell) => ['z', cell]), notes: [] }]);
  // What it sees where nobody is on guard.
  const open = join(folder, 'open.csv');
  writeFileSync(open, 'words,more\r\nz,=1+1\r\nz,"nice;=1+1;x"\r\n');
  for (const [name, separator] of [['commas', ','], ['semicolons', ';']]) {
    assert.deepEqual(office.formulasIn(open, separator, join(folder, `${name}-open`)), ['of:=1+1'], name);
    assert.deepEqual(office.formulasIn(join(folder, '0.csv'), separator, join(folder, name)), [], name);
  }
}));
