// SPDX-License-Identifier: Apache-2.0
// ./dev demo: a server with a demo organisation, a real kiosk enrolled at it, and visitors.
//   --build DIR   where bin/ and share/ are            --for 60s   end by itself
//   --shots DIR   keep pictures                         --port N    of the dashboard, 8080 by default
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Headquarters } from './headquarters.mjs';
import { Kiosk } from './kiosk.mjs';
import { pictures } from './pictures.mjs';
import { sleep, until } from './processes.mjs';
import { Screen } from './screen.mjs';
import { Visitor, random } from './visitor.mjs';

const { values } = parseArgs({
  options: {
    build: { type: 'string', default: 'build/dev' },
    for: { type: 'string' },
    shots: { type: 'string' },
    port: { type: 'string', default: '8080' },
    days: { type: 'string', default: '90' },
  },
});
const bin = resolve(values.build, 'bin');
const duration = seconds(values.for);
const folder = mkdtempSync(join(tmpdir(), 'halte-demo-'));
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (stopping = true));

function seconds(text) {
  if (!text) return Infinity;
  const found = text.match(/^(\d+)(s|m)?$/);
  if (!found) {
    console.error(`demo: --for ${text}: give seconds or minutes, as 60s or 5m`);
    process.exit(2);
  }
  return Number(found[1]) * (found[2] === 'm' ? 60 : 1) * 1000;
}

function tell(text) {
  console.log(text);
}

// Somebody sits at this display and taps by hand: the demo only watches.
async function watch(kiosk, end) {
  while (!stopping && Date.now() < end && !kiosk.process.how) {
    await sleep(200);
    kiosk.look();
  }
  // Visits: who taps a second face has changed their mind.
  return new Set(kiosk.events.filter((e) => e.event === 'saved_open').map((e) => e.id)).size;
}

// Nobody sits here: visitors tap on a screen without a monitor until the time is over, the last one whole.
async function visits(kiosk, screen, end) {
  const visitor = new Visitor(kiosk, screen, random(7));
  let taps = 0;
  while (!stopping && Date.now() < end) {
    await visitor.visit();
    taps += 1;
    if (taps % 5 === 0) tell(`  ${taps} visitors so far`);
    await sleep(Math.min(1500, Math.max(0, end - Date.now())));
  }
  return taps;
}

async function main() {
  const hq = await Headquarters.start({ bin, data: join(folder, 'hq'), port: values.port });
  let screen, kiosk;
  try {
    tell(`Headquarters runs at ${hq.url}. Making a demo organisation: 3 regions, 8 branches, 12 kiosks, ${values.days} days…`);
    const demo = await hq.simulate({ bin, days: Number(values.days), stay: true });
    tell(`  ${demo.responses} responses sent through the API.`);
    tell(`Dashboard (this link signs in once): ${demo.dashboard}`);

    const display = process.env.DISPLAY;
    screen = display ? null : await Screen.start(1080, 1920);
    const env = screen ? screen.env : {};
    const data = join(folder, 'kiosk');
    mkdirSync(data);
    kiosk = Kiosk.start({ bin, data, env, server: hq.url, enrol: demo.code, size: display ? '540x960' : '1080x1920' });
    await kiosk.shows('rate');
    tell(screen ? `The kiosk stands on display ${screen.display}; visitors tap by themselves.` : 'The kiosk is open on this display: tap a face.');
    if (duration === Infinity) tell('Ctrl-C ends it.');

    const before = await hq.touchpoint(demo.touchpoint);
    const end = Date.now() + duration;
    const taps = screen ? await visits(kiosk, screen, end) : await watch(kiosk, end);
    const stored = await settled(kiosk, taps);
    const synced = await delivered(kiosk, stored);
    const after = await hq.touchpoint(demo.touchpoint);
    if (values.shots) await pictures({ folder: resolve(values.shots), hq, kiosk, screen });
    tell(`Everything of this demo is in ${folder} and goes now.`);
    report({ taps, stored, synced, touchpoint: demo.touchpoint, before, after });
  } finally {
    await kiosk?.stop();
    await hq.stop();
    await screen?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

// A tap by hand may still be open: it closes by time-out, so this waits for as many as were tapped.
async function settled(kiosk, taps) {
  await until('the last response to close', () => kiosk.count('saved') >= taps, 70_000);
  return kiosk.count('saved');
}

async function delivered(kiosk, stored) {
  const last = await until('the last response to be delivered', () => {
    const news = kiosk.look().filter((e) => e.event === 'synced').at(-1);
    return news?.pending === 0 && news.acknowledged >= stored && news;
  }, 30_000);
  return last.acknowledged;
}

function report({ taps, stored, synced, touchpoint, before, after }) {
  const [from, to] = [before.emotion.n, after.emotion.n];
  console.log(`demo: taps=${taps} stored=${stored} synced=${synced} touchpoint=${touchpoint} n_before=${from} n_after=${to}`);
  if (taps !== stored || stored !== synced || synced !== to - from) {
    console.error('demo: these should be equal: taps, stored, synced and n_after - n_before');
    process.exitCode = 1;
  }
}

main().catch((error) => {
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
});
