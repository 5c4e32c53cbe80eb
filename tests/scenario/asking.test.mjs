// SPDX-License-Identifier: Apache-2.0
// What a kiosk asks: one of two variants by chance, another survey from a moment on, or nothing while it is paused.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { answers, query } from './database.mjs';
import { Stage, bin } from './stage.mjs';
import { Wire } from './wire.mjs';

const id = 'utrecht-centrum-balie', touchpoint = 'service-counter';
const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const setClock = resolve(join(bin, '../lib/set_clock.so'));

// Its first question is one of stars, where the demo's own has faces.
const brief = {
  id: 'brief',
  version: 1,
  definition: { pages: [{ name: 'p', elements: [{ type: 'rating', name: 'stars', title: { default: 'How was it?', nl: 'Hoe was het?' }, rateType: 'stars', rateMax: 5 }] }] },
  metrics: { stars: 'stars' },
};

const here = (stage) => answers(join(stage.folder, 'hq'), id);
const heartbeat = (stage) => JSON.parse(query(join(stage.folder, 'hq', 'hq.db'), 'SELECT body FROM heartbeat WHERE kiosk = ?', id)[0]?.body ?? '{}');

// Answers whatever stands first, and goes. Gives the survey that was on the glass.
async function visit(kiosk, visitor) {
  const { targets } = await kiosk.shows('rate');
  const survey = 'star/5' in targets ? 'brief' : 'visit';
  const closed = kiosk.count('saved');
  await visitor.tap(survey === 'brief' ? 'star/5' : 'face/4');
  await until('the screen after the first question', () => kiosk.look() && kiosk.screen.name !== 'rate');
  await visitor.finish();
  await until('the answer to be kept', () => kiosk.count('saved') > closed);
  return survey;
}

test('two variants: both are asked, each answer carries the name of what stood on the glass', { timeout: 300_000 }, async () => {
  const stage = await Stage.start();
  try {
    await stage.hq.call('PUT', '/organisation', {
      surveys: [brief],
      asks: { [touchpoint]: [{ survey: 'visit', variant: 'a' }, { survey: 'brief', variant: 'b', version: 1 }] },
    });
    const kiosk = stage.startKiosk({ args: ['--motion', 'off'] });
    const visitor = new Visitor(kiosk, stage.screen, random(4));
    const asked = { visit: 0, brief: 0 };
    let visits = 0;
    // A fair coin that falls on one side forty times in a row is not one.
    while (visits < 40 && !(asked.visit && asked.brief)) {
      asked[await visit(kiosk, visitor)] += 1;
      visits += 1;
    }
    await stage.drained(20_000, visits);
    const stored = here(stage).slice(-visits);
    const of = (survey, variant) => stored.filter((r) => r.survey === survey && r.variant === variant).length;
    assert.ok(asked.visit > 0 && asked.brief > 0, JSON.stringify(asked));
    assert.deepEqual({ visit: of('visit', 'a'), brief: of('brief', 'b') }, asked);
  } finally {
    await stage.stop();
  }
});

test('a plan: what is asked changes at its moment while the network is gone', { timeout: 300_000 }, async () => {
  const stage = await Stage.start();
  let wire;
  try {
    const clock = join(stage.folder, 'clock');
    writeFileSync(clock, '+0');
    wire = await Wire.start(stage.hq.url);
    await stage.hq.call('PUT', '/organisation', {
      surveys: [brief],
      asks: { [touchpoint]: [{ survey: 'visit' }, { survey: 'brief', from: new Date(Date.now() + 3_600_000).toISOString() }] },
    });
    const kiosk = stage.startKiosk({
      server: wire.url,
      args: ['--motion', 'off'],
      env: { LD_PRELOAD: `${setClock} ${faketime}`, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
    });
    const visitor = new Visitor(kiosk, stage.screen, random(4));
    assert.equal(await visit(kiosk, visitor), 'visit');
    await stage.drained(20_000, 1);
    wire.pull();
    writeFileSync(clock, '+61m');
    await until('the other survey', () => kiosk.look() && kiosk.screen.name === 'rate' && 'star/5' in kiosk.screen.targets, 90_000);
    assert.equal(await visit(kiosk, visitor), 'brief');
    wire.plug();
    await stage.drained(120_000, 2);
    assert.deepEqual(here(stage).slice(-2).map((r) => r.survey).sort(), ['brief', 'visit']);
  } finally {
    await stage.stop();
    wire?.stop();
  }
});

test('a paused kiosk says so, takes nothing, delivers what waits, and is back with the next configuration', { timeout: 300_000 }, async () => {
  const stage = await Stage.start();
  let wire;
  try {
    const speed = 10; // a configuration is fetched every five minutes
    wire = await Wire.start(stage.hq.url);
    const own = (await stage.hq.get('/organisation')).kiosks.find((k) => k.id === id);
    const pause = (paused) => stage.hq.call('PUT', '/organisation', { kiosks: [{ ...own, paused }] });
    const kiosk = stage.startKiosk({ server: wire.url, args: ['--motion', 'off'], env: { LD_PRELOAD: faketime, FAKETIME: `+0 x${speed}` } });
    kiosk.guard /= speed;
    const visitor = new Visitor(kiosk, stage.screen, random(4));
    await kiosk.shows('rate');
    await until('a heartbeat', () => heartbeat(stage).screen === 'open', 30_000);
    const before = heartbeat(stage).configuration_version;
    wire.pull();
    await pause(true);
    await visitor.tap('face/4');
    await until('the visit to time out', () => kiosk.count('saved') === 1, 30_000);
    wire.plug();
    await until('the pause', () => kiosk.look() && kiosk.screen.name === 'service', 90_000);
    await stage.drained(60_000, 1);
    await until('headquarters to hear of it', () => heartbeat(stage).screen === 'paused', 30_000);
    assert.ok(heartbeat(stage).configuration_version > before);
    await stage.screen.tap(540, 960);
    await pause(false);
    await until('the question', () => kiosk.look() && kiosk.screen.name === 'rate', 90_000);
    assert.equal(kiosk.count('saved'), 1);
    await until('headquarters to hear that it asks again', () => heartbeat(stage).screen === 'open', 30_000);
  } finally {
    await stage.stop();
    wire?.stop();
  }
});
