// SPDX-License-Identifier: Apache-2.0
// The kiosk beside Chromium with the same survey: the same glass, the same questions, the same taps, one after
// the other, because on a small machine they would disturb each other.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { BrowserKiosk, PageServer } from './browser.mjs';
import { cpuFromNow, idleShares, median, memoryMiB } from './support.mjs';

// What either of them still does after its first picture is no idling.
const afterStart = 10_000;

// Each screen of a visit with what is tapped on it.
const visit = [
  ['rate', 'face/4'],
  ['question/went_well', 'chip/0', 'next'],
  ['question/nps', 'number/9'],
  ['question/comment', 'skip'],
  ['thanks', 'dismiss'],
];
const taps = visit.flatMap(([, ...ids]) => ids).length;

// CPU seconds from the first screen to the first screen, with the second in which the answer leaves.
async function visitCpu(station, screen) {
  const cpu = cpuFromNow(station.process.pid);
  const saved = station.count('saved');
  for (const [name, ...ids] of visit) {
    await station.shows(name);
    for (const id of ids) await screen.tap(...(await station.place(id)));
  }
  await station.shows('rate');
  await until('the answers to be kept', () => station.count('saved') > saved);
  await sleep(1_000);
  return cpu();
}

// The middle of five.
async function middle(work) {
  const list = [];
  for (let i = 0; i < 5; i += 1) list.push(await work());
  return median(list);
}

// `launch(animated)` gives a Kiosk or what behaves like one. The first start, on an empty folder, is not counted.
async function measure({ launch, screen, seconds }) {
  let station;
  const start = async (animated) => {
    await station?.stop();
    const begun = performance.now();
    station = launch(animated);
    await station.shows('rate');
    return performance.now() - begun;
  };
  const atWork = async (how) => {
    await sleep(afterStart);
    const [idle] = await idleShares(seconds[how], station.process.pid);
    return { idle, memory: memoryMiB(station.process.pid), visit: await middle(() => visitCpu(station, screen)) };
  };
  try {
    await start(false);
    const warm = await middle(() => start(false));
    const still = await atWork('still');
    await start(true);
    return { start: warm, still, animated: await atWork('animated') };
  } finally {
    await station?.stop();
  }
}

// One language and nothing after the questions, so that the first screen can be still and the screens are those
// of the page.
async function setUp({ bin, hq }) {
  const { code } = await hq.simulate({ bin, days: 1 });
  await hq.call('PUT', '/organisation', { name: 'Versmarkt (demo)', settings: { languages: ['nl'], receipts: false }, contact: { enabled: false } });
  return { server: hq.url, enrol: code };
}

async function measureKiosk({ bin, folder, screen, seconds }) {
  const hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
  try {
    let enrolment = await setUp({ bin, hq });
    const data = join(folder, 'kiosk');
    mkdirSync(data);
    const launch = (animated) => {
      const station = Kiosk.start({ bin, data, env: screen.env, ...enrolment, args: ['--motion', animated ? 'full' : 'off'] });
      enrolment = {}; // kept in `data` from now on
      return station;
    };
    return await measure({ launch, screen, seconds });
  } finally {
    await hq.stop();
  }
}

async function measureBrowser({ folder, screen, seconds }) {
  const pages = await PageServer.start();
  const launch = (animated) => BrowserKiosk.start({ pages, profile: join(folder, 'chromium'), env: screen.env, animated });
  try {
    return await measure({ launch, screen, seconds });
  } finally {
    await pages.stop();
  }
}

export async function besideBrowser({ bin, folder, add, seconds }) {
  const screen = await Screen.start(1080, 1920);
  try {
    const kiosk = await measureKiosk({ bin, folder, screen, seconds });
    const browser = await measureBrowser({ folder, screen, seconds });
    const row = (name, unit, target, figure) =>
      add(name, figure(kiosk), unit, { limit_name: 'Chromium with the same survey', limit: figure(browser), target });
    row('kiosk, warm start to first screen at rest', 'ms', 0.5, (of) => of.start);
    row('kiosk, memory (PSS, all processes)', 'MiB', 0.3, (of) => of.still.memory);
    row(`kiosk, idle CPU, still screen, ${seconds.still} s`, '% of a core', 0.5, (of) => of.still.idle);
    add('kiosk, the same by itself', kiosk.still.idle, '% of a core', { target: 0.02, of: 'value' });
    row(`kiosk, idle CPU, blinking face, ${seconds.animated} s`, '% of a core', 0.5, (of) => of.animated.idle);
    row(`kiosk, CPU of a visit of ${taps} taps, motion off`, 's', 1, (of) => of.still.visit);
    row(`kiosk, CPU of a visit of ${taps} taps, motion full`, 's', 1, (of) => of.animated.visit);
  } finally {
    await screen.stop();
  }
}
