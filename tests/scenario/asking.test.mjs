// SPDX-License-Identifier: Apache-2.0
// What a kiosk asks: one of two variants by chance, another survey from a moment on, or nothing while it is paused.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { answers, query } from './database.mjs';
import { Stage, bin } from './stage.mjs';
import { Wire } from './wire.mjs';

const id = 'utrecht-centrum-balie', touchpoint = 'service-counter';
const setClock = resolve(join(bin, '../lib/set_clock.so'));

// Its first question is one of stars, where the demo's own has faces.
const brief = {
  id: 'brief',
  version: 1,
  definition: { pages: [{ name: 'p', elements: [{ type: 'rating', name: 'stars', title: { default: 'How was it?', nl: 'Hoe was het?' }, rateType: 'stars', rateMax: 5 }] }] },
  metrics: { stars: 'stars' },
};

// What this kiosk's visitors have left since it was set up. Ids tell the quarter of an hour and no order within it,
// so that those of the demo's history cannot be told apart by their place in the list.
const here = (stage) => answers(join(stage.folder, 'hq'), id).filter((r) => !stage.told.has(r.id));
async function setUp() {
  const stage = await Stage.start();
  stage.told = new Set(answers(join(stage.folder, 'hq'), id).map((r) => r.id));
  return stage;
}
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
  const stage = await setUp();
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
    const stored = here(stage);
    const of = (survey, variant) => stored.filter((r) => r.survey === survey && r.variant === variant).length;
    assert.ok(asked.visit > 0 && asked.brief > 0, JSON.stringify(asked));
    assert.deepEqual({ visit: of('visit', 'a'), brief: of('brief', 'b') }, asked);
  } finally {
    await stage.stop();
  }
});

test('a plan: what is asked changes at its moment while the network is gone', { timeout: 300_000 }, async () => {
  const stage = await setUp();
  let wire;
  try {
    wire = await Wire.start(stage.hq.url);
    const moment = Date.now() + 45_000;
    await stage.hq.call('PUT', '/organisation', {
      surveys: [brief],
      asks: { [touchpoint]: [{ survey: 'visit' }, { survey: 'brief', from: new Date(moment).toISOString() }] },
    });
    const kiosk = stage.startKiosk({ server: wire.url, args: ['--motion', 'off'], env: { LD_PRELOAD: setClock } });
    const visitor = new Visitor(kiosk, stage.screen, random(4));
    assert.equal(await visit(kiosk, visitor), 'visit');
    assert.ok(Date.now() < moment, 'this machine is too slow for the plan of this test');
    await stage.drained(20_000, 1);
    wire.pull();
    await until('the other survey', () => kiosk.look() && kiosk.screen.name === 'rate' && 'star/5' in kiosk.screen.targets, 90_000);
    assert.ok(Date.now() >= moment - 1_000, 'not before its moment');
    const seen = Date.now(); // a touch that was meant for the screen before goes nowhere
    await until('the guard time of the new screen to pass', () => Date.now() - seen > 600);
    assert.equal(await visit(kiosk, visitor), 'brief');
    wire.plug();
    await stage.drained(120_000, 2);
    assert.deepEqual(here(stage).map((r) => r.survey).sort(), ['brief', 'visit']);
  } finally {
    await stage.stop();
    wire?.stop();
  }
});

// A configuration is fetched every five minutes, and at the start: the kiosk is started anew instead of waited for.
test('a paused kiosk says so, takes nothing, delivers what waits, and is back with the next configuration', { timeout: 300_000 }, async () => {
  const stage = await setUp();
  let wire;
  try {
    wire = await Wire.start(stage.hq.url);
    const own = (await stage.hq.get('/organisation')).kiosks.find((k) => k.id === id);
    const pause = (paused) => stage.hq.call('PUT', '/organisation', { kiosks: [{ ...own, paused }] });
    const start = () => stage.startKiosk({ server: wire.url, args: ['--motion', 'off'] });
    let kiosk = start();
    await kiosk.shows('rate');
    await until('a heartbeat', () => heartbeat(stage).screen === 'open', 90_000);
    const before = heartbeat(stage).configuration_version;
    wire.pull();
    await pause(true);
    await new Visitor(kiosk, stage.screen, random(4)).tap('face/4');
    await until('the first answer to be safe', () => kiosk.look() && kiosk.screen.name !== 'rate');
    await kiosk.stop();
    wire.plug();
    kiosk = start();
    await until('the pause', () => kiosk.look() && kiosk.screen?.name === 'service', 90_000);
    await stage.drained(60_000, 1);
    await until('headquarters to hear of it', () => heartbeat(stage).screen === 'paused', 90_000);
    assert.ok(heartbeat(stage).configuration_version > before);
    await stage.screen.tap(540, 960);
    await pause(false);
    assert.equal(kiosk.count('saved') + kiosk.count('saving'), 0, 'nobody was asked');
    await kiosk.stop();
    kiosk = start();
    await until('the question', () => kiosk.look() && kiosk.screen?.name === 'rate', 90_000);
    await until('headquarters to hear that it asks again', () => heartbeat(stage).screen === 'open', 90_000);
  } finally {
    await stage.stop();
    wire?.stop();
  }
});
