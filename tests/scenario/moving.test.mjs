// SPDX-License-Identifier: Apache-2.0
// An organisation moves to another server as one file: every row, every figure and every kiosk goes with it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { run } from '../../app/tool/demo/processes.mjs';
import { packed, query } from './database.mjs';
import { bin } from './stage.mjs';

const folder = mkdtempSync(join(tmpdir(), 'halte-moving-'));
const file = join(folder, 'organisation.jsonl');
const [from, to] = ['old', 'new'].map((name) => join(folder, name));
const figures = ['/organisation', '/surveys', '/markers', ...['/overview', '/stats', '/comparison', '/heatmap', '/trend', '/journeys'].map((path) => `${path}?from=2026-01-01&to=2027-12-31`)];
let old, moved;

const command = (data, ...words) => run(join(bin, 'halte-hq'), ['--data', data, ...words]);

before(async () => {
  old = await Headquarters.start({ bin, data: from });
  await old.simulate({ bin, days: 60 });
  await packed(join(from, 'hq.db'));
  await old.call('POST', '/markers', { day: '2026-11-02', label: 'Verbouwing' });
});

after(async () => {
  await old?.stop();
  await moved?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// All but who is signed in: the number of rows and a hash over them, by table.
function tables(data) {
  const database = join(data, 'hq.db');
  const names = query(database, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('session', 'link')");
  return Object.fromEntries(names.map(({ name }) => {
    const rows = query(database, `SELECT * FROM "${name}"`).map((row) => JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)));
    return [name, `${rows.length} ${createHash('sha256').update(rows.sort().join('\n')).digest('hex')}`];
  }));
}

async function read(hq) {
  const told = {};
  for (const path of figures) told[path] = await hq.get(path);
  return told;
}

// An administrator made on the server's own machine.
async function signInAt(hq, data) {
  const made = await command(data, 'admin', 'create', 'verhuizer@halte.example');
  assert.equal(made.code, 0, made.err);
  await hq.signIn(made.out.match(/http\S+/)[0]);
}

test('moving: what a server has taken is exported beside it, and imported with the same rows, hashes and figures', { timeout: 120_000 }, async () => {
  const exported = await command(from, 'export', file);
  assert.equal(exported.code, 0, exported.err);
  assert.equal(statSync(file).mode & 0o777, 0o600, 'kiosks’ keys are in it');
  const before = await read(old);
  await old.stop();
  const there = tables(from);
  assert.ok(Number(there.response.split(' ')[0]) > 10_000);

  const imported = await command(to, 'import', file);
  assert.equal(imported.code, 0, imported.err);
  assert.equal(imported.out.match(/\d+ rows; sha256 \w+/)[0], exported.out.match(/\d+ rows; sha256 \w+/)[0]);
  assert.deepEqual(tables(to), there);
  moved = await Headquarters.start({ bin, data: to });
  await signInAt(moved, to);
  assert.deepEqual(await read(moved), before);
  console.log(`${exported.out.split('\n').at(-1)} in ${(statSync(file).size / 1e6).toFixed(1)} MB: ${Object.keys(there).length} tables and ${figures.length} answers of the API are equal`);
});

test('moving: a second import is refused, and so is a file that was cut or changed, with nothing half done', { timeout: 120_000 }, async () => {
  const again = await command(to, 'import', file);
  assert.notEqual(again.code, 0);
  assert.match(again.err, /has it open|organisation already/);

  const text = readFileSync(file, 'utf8');
  const wrong = { cut: text.slice(0, text.length - 20_000), changed: text.replace('"Verbouwing"', '"Verhuizing"') };
  for (const [what, content] of Object.entries(wrong)) {
    const data = join(folder, what);
    writeFileSync(`${data}.jsonl`, content);
    const refused = await command(data, 'import', `${data}.jsonl`);
    assert.notEqual(refused.code, 0, what);
    assert.match(refused.err, what === 'cut' ? /cut short/ : /hash is another/, refused.err);
    const left = existsSync(join(data, 'hq.db')) ? query(join(data, 'hq.db'), 'SELECT count(*) AS n FROM response')[0].n : 0;
    assert.equal(left, 0, `${what}: ${readdirSync(data)}`);
  }
});
