// SPDX-License-Identifier: Apache-2.0
// ./dev shots: pictures of every kiosk screen and of every page of the dashboard, into one folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Headquarters } from './headquarters.mjs';
import { pictures } from './pictures.mjs';
import { run } from './processes.mjs';
import { Screen } from './screen.mjs';

const { values } = parseArgs({ options: { build: { type: 'string', default: 'build/dev' }, out: { type: 'string', default: 'build/shots' } } });
const bin = resolve(values.build, 'bin');
const out = resolve(values.out);
const folder = mkdtempSync(join(tmpdir(), 'halte-shots-'));
mkdirSync(join(out, 'kiosk'), { recursive: true });

const screen = await Screen.start(1920, 1920);
let hq;
try {
  console.log(`kiosk screens into ${join(out, 'kiosk')}`);
  const drawn = await run(join(bin, 'halte-kiosk'), ['--data', folder, '--shots', join(out, 'kiosk')], { env: screen.env, quiet: false });
  if (drawn.code !== 0) throw new Error(`halte-kiosk --shots ended with ${drawn.code}: ${drawn.err}`);
  hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
  await hq.simulate({ bin, stay: true });
  console.log(`dashboard pages into ${join(out, 'dashboard')}`);
  await pictures({ folder: join(out, 'dashboard'), hq });
} finally {
  await hq?.stop();
  await screen.stop();
  rmSync(folder, { recursive: true, force: true });
}
