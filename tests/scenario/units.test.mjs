// SPDX-License-Identifier: Apache-2.0
// What a machine is given beside the programs: units that systemd takes, and settings that the programs take.
import assert from 'node:assert/strict';
import test from 'node:test';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { bin } from './stage.mjs';
import { readUnit } from './supervisor.mjs';

const app = resolve(import.meta.dirname, '../../app');
// `exposure`: the most that systemd-analyze security may find, in tenths.
const units = [
  { unit: join(app, 'kiosk/session/halte-kiosk.service'), exposure: 25 }, // has panel, touch and network
  { unit: join(app, 'hq/service/halte-hq.service'), exposure: 12 },
];

function analyze(...words) {
  return spawnSync('systemd-analyze', ['--no-pager', ...words], { encoding: 'utf8' });
}

// A root with this system's own units, ours, and something at the place of each program.
function makeRoot() {
  const root = mkdtempSync(join(tmpdir(), 'halte-units-'));
  const folder = join(root, 'usr/lib/systemd/system');
  cpSync('/lib/systemd/system', folder, { recursive: true, verbatimSymlinks: true, dereference: false });
  for (const { unit } of units) {
    cpSync(unit, join(folder, basename(unit)));
    const [program] = readUnit(unit).ExecStart.split(' ');
    mkdirSync(dirname(join(root, program)), { recursive: true });
    writeFileSync(join(root, program), '', { mode: 0o755 });
  }
  return root;
}

test('units: systemd reads each without a word, and each is shut in as far as it can be', () => {
  const root = makeRoot();
  try {
    for (const { unit, exposure } of units) {
      const verified = analyze('verify', `--root=${root}`, '--man=no', basename(unit));
      assert.equal(verified.stderr, '', basename(unit));
      assert.equal(verified.status, 0, basename(unit));
      const secured = analyze('security', '--offline=true', `--threshold=${exposure}`, unit);
      console.log(secured.stdout.trim().split('\n').at(-1));
      assert.equal(secured.status, 0, `${basename(unit)} is more exposed than ${exposure / 10}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

// Only for tests, pictures and a command, or said by the unit.
const elsewhere = ['announce', 'config', 'describe', 'fullscreen', 'help', 'json', 'only', 'role', 'shots', 'size', 'version'];
const settings = [
  { program: 'halte-kiosk', file: join(app, 'kiosk/session/kiosk.toml'), wrong: ['--size', 'none'], says: /--size: 'none' is not/ },
  { program: 'halte-hq', file: join(app, 'hq/service/hq.toml'), wrong: ['none'], says: /unknown command 'none'/ },
];

for (const { program, file, wrong, says } of settings) {
  test(`units: ${basename(file)} has every setting of ${program}, takes each as it is written there, and a mistake is told with its place`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'halte-units-'));
    const run = (...words) => spawnSync(join(bin, program), words, { encoding: 'utf8' });
    const path = join(folder, basename(file));
    try {
      const all = readFileSync(file, 'utf8').replace(/^# (?=[a-z-]+ = )/gm, '');
      const named = [...all.matchAll(/^([a-z-]+) = /gm)].map(([, name]) => name);
      const known = [...run('--help').stdout.matchAll(/^ +(?:-h,)?--([a-z-]+)/gm)].map(([, name]) => name);
      assert.deepEqual(named.sort(), known.filter((name) => !elsewhere.includes(name)).sort());
      writeFileSync(path, all);
      assert.match(run('--config', path, ...wrong).stderr, says, 'it is the flag that is wrong, nothing in the file');
      writeFileSync(path, `${all}\ncolour = "green"\n`);
      const told = run('--config', path);
      assert.equal(told.status, 2);
      assert.match(told.stderr, new RegExp(`${basename(file)}:${all.split('\n').length + 1}:1: 'colour' is not a setting of ${program}`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
