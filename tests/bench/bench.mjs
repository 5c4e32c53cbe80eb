// SPDX-License-Identifier: Apache-2.0
// ./dev bench [NAME…] [--json FILE] [--idle SECONDS] [--hours SIMULATED]: each figure with the limit of this
// machine, measured in the same run. The soak runs only when it is named: a day takes 24 minutes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, signInBy } from '../../app/tool/demo/browser.mjs';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { Running, run, sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { besideBrowser } from './beside_browser.mjs';
import { soak } from './soak.mjs';
import { Finger, idleShares, median, memoryMiB, quantile, withFolder } from './support.mjs';
import { keyToSilence } from './voice.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { build: { type: 'string', default: 'build/release' }, json: { type: 'string' }, idle: { type: 'string' }, hours: { type: 'string', default: '24' } },
});
const bin = resolve(values.build, 'bin');
const idleSeconds = (unless) => Number(values.idle ?? unless);
const rows = [];

// `better` is 'lower' or 'higher'; the ratio is to the limit, the target is of the ratio where there is one.
function add(name, value, unit, { limit_name = null, limit = null, target = null, of = 'ratio', better = 'lower' } = {}) {
  const ratio = limit ? value / limit : null;
  const judged = of === 'ratio' ? ratio : value;
  const met = target === null || judged === null ? null : better === 'lower' ? judged <= target : judged >= target;
  rows.push({ name, value, unit, limit_name, limit, ratio, target, met });
  tell(rows.at(-1)); // at once: what was measured is not lost with what comes after it
}

const number = (value) => (value === null ? '' : value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(2));

function tell(row) {
  const beside = row.limit === null ? '' : `  ${number(row.ratio)} x ${row.limit_name} (${number(row.limit)})`;
  const verdict = row.met === null ? '' : row.met ? `  target ${row.target}: reached` : `  target ${row.target}: NOT REACHED`;
  console.log(`${row.name.padEnd(52)} ${number(row.value).padStart(9)} ${row.unit}${beside}${verdict}`);
}

async function durable() {
  const done = await run(join(bin, 'bench_durable'), ['2000']);
  if (done.code !== 0) throw new Error(done.err);
  const t = JSON.parse(done.out);
  for (const p of ['p50', 'p99']) {
    const limit = { limit_name: `bare SQLite insert, FULL, ${p}`, limit: t.bare_insert[p], target: p === 'p50' ? 1.5 : 2 };
    add(`first tap durable, ${p}`, t.save_open[p], 'us', limit);
    add(`response closed into the outbox, ${p}`, t.close[p], 'us', { ...limit, target: 5 });
    add(`bare SQLite insert, ${p}`, t.bare_insert[p], 'us', { limit_name: `fdatasync of an appended page, ${p}`, limit: t.fdatasync[p] });
  }
}

async function server() {
  await withFolder(async (folder) => {
    const hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
    const empty = memoryMiB(hq.process.pid);
    try {
      const done = await run(join(bin, 'halte'), ['bench', '--server', hq.url, '--set-up', hq.setUpLink]);
      if (done.code !== 0) throw new Error(done.err);
      const t = JSON.parse(done.out);
      const limit = { limit_name: 'empty HTTP requests/s, same connections', limit: t.empty_requests_per_s };
      for (const [batch, rate] of Object.entries(t.responses_per_s)) add(`server, durable responses/s, batches of ${batch}`, rate, '1/s', limit);
      add('server, memory after the load', memoryMiB(hq.process.pid), 'MiB', { limit_name: 'the same before its first request', limit: empty, target: 100, of: 'value' });
    } finally {
      await hq.stop();
    }
  });
}

// One kiosk, one server, one browser: start, idle, tap to map, memory.
async function kiosk() {
  await withFolder(async (folder) => {
    const hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
    const screen = await Screen.start(1080, 1920);
    const browser = await openBrowser();
    const data = join(folder, 'kiosk');
    mkdirSync(data);
    let station;
    try {
      const demo = await hq.simulate({ bin, days: 10 });
      const start = async (words) => {
        const begun = performance.now();
        station = Kiosk.start({ bin, data, env: screen.env, ...words });
        await station.shows('rate');
        return performance.now() - begun;
      };
      await start({ server: hq.url, enrol: demo.code });
      const starts = [];
      for (let i = 0; i < 5; i += 1) {
        await station.stop();
        starts.push(await start({}));
      }
      const bare = [];
      for (let i = 0; i < 5; i += 1) {
        const begun = performance.now();
        await run(join(bin, 'halte-kiosk'), ['--version']);
        bare.push(performance.now() - begun);
      }
      add('kiosk, start to first screen at rest', median(starts), 'ms', { limit_name: 'the program loaded and ended (--version)', limit: median(bare), target: 1000, of: 'value' });

      await tapToMap({ hq, demo, browser, screen, station });
      await tapToPicture({ screen, station });
      await besideBareWindow({ screen, station });
    } finally {
      await station?.stop();
      await browser.close();
      await screen.stop();
      await hq.stop();
    }
  });
}

// The kiosk at rest, beside a window that shows one cleared picture.
async function besideBareWindow({ screen, station }) {
  const bare = new Running(join(bin, 'bench_window'), [], { env: screen.env });
  try {
    await bare.line(/^ready$/);
    await station.shows('rate');
    await sleep(3000);
    const seconds = idleSeconds(60);
    const [share, bareShare] = await idleShares(seconds, station.process.pid, bare.pid);
    const limit_name = 'a bare OpenGL window';
    add(`kiosk, idle CPU over ${seconds} s`, share, '% of a core', { limit_name, limit: bareShare });
    add('kiosk, memory (PSS)', memoryMiB(station.process.pid), 'MiB', { limit_name, limit: memoryMiB(bare.pid) });
  } finally {
    await bare.stop();
  }
}

async function bareTaps(screen) {
  const bare = new Running(join(bin, 'bench_window'), [], { env: screen.env });
  const finger = new Finger(screen);
  try {
    await bare.line(/^ready$/);
    for (let i = 0; i < 100; i += 1) {
      await finger.tap(100, 100);
      await sleep(100);
    }
    return finger.answered(bare.lines.map(Number).filter(Boolean));
  } finally {
    finger.lift();
    await bare.stop();
  }
}

// From the tap to the picture that it changed, as far as the display server has it.
async function tapToPicture({ screen, station }) {
  const limits = await bareTaps(screen);
  const finger = new Finger(screen);
  const visitor = new Visitor(station, finger, random(5));
  for (let i = 0; i < 30; i += 1) await visitor.visit();
  finger.lift();
  const drawn = station.look().filter((e) => e.event === 'drawn');
  const times = finger.answered(drawn.filter((e) => e.touched).map((e) => e.at_us));
  for (const [name, share, target] of [['p50', 0.5, null], ['p99', 0.99, 50]])
    add(`kiosk, tap to picture, ${name} of ${times.length}`, quantile(times, share), 'ms', {
      limit_name: 'tap to a cleared window', limit: quantile(limits, share), target, of: 'value' });
  const builds = drawn.map((e) => e.build_us);
  add(`kiosk, CPU to build a frame, p99 of ${builds.length}`, quantile(builds, 0.99), 'us', { target: 1000, of: 'value' });
}

async function tapToMap({ hq, demo, browser, screen, station }) {
  const page = await browser.newPage();
  await signInBy(page, await hq.signInLink());
  await page.goto(`${hq.url}/journeys/supermarkt-weekboodschappen`);
  const cell = page.locator(`[data-testid=score][data-measured-by=${demo.touchpoint}][data-metric=emotion]`).first();
  await cell.waitFor();
  const visitor = new Visitor(station, screen, random(3));
  const n = async () => Number(await cell.getAttribute('data-n'));
  const times = [];
  for (let i = 0; i < 10; i += 1) {
    const before = await n();
    const visit = visitor.visit();
    await until('the new n on the page', async () => (await n()) > before, 60_000);
    const seen = performance.now();
    await visit;
    const saved = station.events.findLastIndex((e) => e.event === 'saved');
    times.push(seen - station.events.slice(0, saved).findLast((e) => e.event === 'tap').seen);
  }
  const pings = [];
  for (let i = 0; i < 50; i += 1) {
    const begun = performance.now();
    await (await fetch(`${hq.url}/healthz`)).text();
    pings.push(performance.now() - begun);
  }
  await page.close(); // a live page has work of its own with every answer
  add('closing tap to the figure on the map, median', median(times), 'ms', { limit_name: 'empty HTTP request', limit: median(pings), target: 2000, of: 'value' });
}

// The kiosk beside a browser that does the same; the still one long enough for hundredths of a per cent.
async function browser() {
  await withFolder((folder) => besideBrowser({ bin, folder, add, seconds: { still: idleSeconds(300), animated: idleSeconds(60) } }));
}

async function voice() {
  await withFolder((folder) => keyToSilence({ bin, folder, add }));
}

async function soaked() {
  await withFolder((folder) => soak({ bin, folder, add, hours: Number(values.hours) }));
}

const benches = { durable, server, kiosk, voice, browser, soak: soaked };
const wanted = positionals.length ? positionals : Object.keys(benches).filter((name) => name !== 'soak');
for (const name of wanted) {
  if (!benches[name]) {
    console.error(`bench: no figure is called '${name}'; there are: ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  await benches[name]();
}

console.log(JSON.stringify(rows));
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`);
