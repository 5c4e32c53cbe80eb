// SPDX-License-Identifier: Apache-2.0
// Nobody gets out of the kiosk, nothing that lies on it answers, and play is marked. On a real X touchscreen where
// there is one, else on Xvfb. HALTE_SEED picks the random events.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { run, sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { random } from '../../app/tool/demo/visitor.mjs';
import { query } from './database.mjs';
import { Stage } from './stage.mjs';
import { TouchScreen } from './touch_screen.mjs';

const width = 720, height = 1280;
const hasTouch = existsSync('/usr/lib/xorg/Xorg') && process.getuid() === 0;
const startScreen = () => (hasTouch ? TouchScreen : Screen).start(width, height);
const survey = JSON.parse(readFileSync(new URL('../../assets/surveys/visit.json', import.meta.url)));

// The usual ways out of a program, a desktop, a session, and into what lies beneath.
const combinations = [
  'alt+F4', 'alt+Tab', 'alt+shift+Tab', 'alt+Escape', 'alt+space', 'alt+F1', 'alt+F2', 'alt+F7', 'alt+F8', 'alt+F10',
  'ctrl+alt+F1', 'ctrl+alt+F2', 'ctrl+alt+F3', 'ctrl+alt+F4', 'ctrl+alt+F5', 'ctrl+alt+F6', 'ctrl+alt+F7',
  'ctrl+alt+BackSpace', 'ctrl+alt+Delete', 'ctrl+alt+t', 'ctrl+alt+l', 'ctrl+alt+Up', 'ctrl+alt+Left', 'ctrl+alt+d',
  'ctrl+q', 'ctrl+w', 'ctrl+n', 'ctrl+t', 'ctrl+o', 'ctrl+s', 'ctrl+p', 'ctrl+c', 'ctrl+z', 'ctrl+d', 'ctrl+r', 'ctrl+l',
  'ctrl+shift+i', 'ctrl+shift+q', 'ctrl+shift+Escape', 'ctrl+Escape', 'ctrl+F4', 'ctrl+Tab', 'ctrl+Return', 'alt+Return',
  'super', 'super+d', 'super+l', 'super+r', 'super+e', 'super+Tab', 'super+Up', 'super+Down', 'super+space',
  'F1', 'F5', 'F11', 'F12', 'Escape', 'Print', 'alt+Print', 'Menu', 'shift+F10', 'Pause', 'Scroll_Lock', 'Tab', 'Home',
];

// Keys that a person can find, those that mean something to the kiosk among them.
const keys = [
  'Return', 'KP_Enter', 'Left', 'Right', 'Up', 'Down', 'KP_0', 'KP_2', 'KP_4', 'KP_5', 'KP_6', 'KP_8', 'KP_Add', 'KP_Subtract',
  'KP_Multiply', 'KP_Divide', 'a', 'b', 'q', 'z', 'A', '1', '9', 'space', 'BackSpace', 'Delete', 'Tab', 'Page_Up', 'Page_Down',
  'End', 'Num_Lock', 'slash', 'at', ...combinations,
];

class Guarded {
  static async start({ configure } = {}) {
    const guarded = new Guarded();
    guarded.stage = await Stage.start({ days: 1, screen: await startScreen() });
    try {
      await guarded.stage.hq.call('PUT', '/organisation', { settings: { languages: ['nl', 'en'], receipts: false, timeouts: { answer: 10, keyboard: 20, still_there: 20 } }, ...configure?.() });
      await guarded.startKiosk();
    } catch (error) {
      await guarded.stop();
      throw error;
    }
    return guarded;
  }

  async startKiosk() {
    this.kiosk = this.stage.startKiosk({ args: ['--fullscreen'] });
    await this.kiosk.shows('rate');
    this.window = (await this.x('search', '--name', 'Halte')).split('\n').at(-1);
    return this.kiosk;
  }

  get screen() {
    return this.stage.screen;
  }

  async x(...words) {
    const done = await run('xdotool', words.map(String), { env: this.screen.env });
    assert.equal(done.code, 0, `xdotool ${words.join(' ')}: ${done.err}`);
    return done.out.trim();
  }

  // What nobody may change from the glass: who the kiosk is, and what it was told to be.
  settings() {
    const database = join(this.stage.data, 'kiosk.db');
    return ['SELECT * FROM enrolment', 'SELECT * FROM configuration', 'SELECT epoch FROM ledger'].map((sql) =>
      query(database, sql).map((row) => Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value))));
  }

  // The same process, in front, over the whole screen; after these words to xdotool.
  async stands(after, ...words) {
    const told = await this.x(...words, 'getwindowgeometry', '--shell', this.window, 'getwindowfocus', '-f');
    this.kiosk.look(); // throws if the process has ended
    for (const part of ['X=0', 'Y=0', `WIDTH=${width}`, `HEIGHT=${height}`]) assert.match(told, new RegExp(`^${part}$`, 'm'), `${after}: ${told}`);
    // Without a window manager the focus is the window's or follows the pointer, which is always over it.
    assert.ok([this.window, '1'].includes(told.split('\n').at(-1)), `${after}: the focus is at ${told.split('\n').at(-1)}`);
  }

  async isSeen() {
    const seen = await run('xwininfo', ['-id', this.window], { env: this.screen.env });
    assert.match(seen.out, /Map State: IsViewable/);
  }

  // A key of the allow-list is heard: the window has the keyboard.
  async hearsKeys() {
    const before = this.kiosk.count('spoken');
    await until('an answer to a key', async () => {
      await this.x('key', 'KP_0');
      return this.kiosk.count('spoken') > before;
    });
  }

  // By itself, once nobody does anything. Who has asked for more time gets four times 20 s, and as much again.
  async rests() {
    return until('the first screen by itself', () => this.kiosk.look() && this.kiosk.screen.name === 'rate' && this.kiosk.screen.language === 'nl', 240_000);
  }

  async stop() {
    await this.stage.stop();
  }
}

const guarded = (options, work) => async (t) => {
  const g = await Guarded.start(options);
  try {
    await work(g, t);
  } finally {
    await g.stop();
  }
};

test(`${combinations.length} key combinations and the four corners leave the same process, in front, full screen and unchanged`, { timeout: 240_000 }, guarded({}, async (g) => {
  const before = g.settings();
  assert.ok(combinations.length >= 60);
  for (const combination of combinations) await g.stands(combination, 'key', '--delay', 0, combination);
  await g.stands('a wish to make it small', 'windowminimize', g.window);
  await g.isSeen();
  assert.equal(g.kiosk.count('spoken'), 0, 'none of them is a key of the kiosk');
  const corners = [[1, 1], [width - 2, 1], [1, height - 2], [width - 2, height - 2]];
  for (const [x, y] of corners) {
    for (let i = 0; i < 5; i += 1) await g.screen.tap(x, y);
    await g.screen.press(x, y);
    await sleep(1_200); // a long press, not a condition
    await g.screen.release(x, y);
    await g.stands(`corner ${x},${y}`);
  }
  assert.equal(g.kiosk.count('tap'), 0, 'nothing is hidden in a corner');
  assert.equal(g.kiosk.count('saved_open'), 0);
  await g.rests();
  await g.hearsKeys();
  assert.deepEqual(g.settings(), before);
  console.log(`  ${combinations.length} combinations, ${corners.length} corners: process ${g.kiosk.process.pid} stands, full screen, ${hasTouch ? 'on a touchscreen' : 'on Xvfb'}`);
}));

// One block of events, all by the keyboard or all by the finger.
async function disturb(g, chance, count) {
  if (chance() < 0.5) {
    const pressed = Array.from({ length: count }, () => keys[Math.floor(chance() * keys.length)]);
    return g.x('key', '--delay', 0, ...pressed);
  }
  const place = () => [chance() * (width - 1), chance() * (height - 1)];
  for (let i = 0; i < count; i += 1) {
    const from = place();
    if (chance() < 0.7) {
      await g.screen.tap(...from);
    } else {
      const to = place();
      await g.screen.press(...from);
      await g.screen.move(...to);
      await g.screen.release(...to);
    }
  }
}

test('10,000 random keys, taps and drags do no harm', { timeout: 900_000 }, guarded({}, async (g) => {
  const seed = Number(process.env.HALTE_SEED ?? 41);
  const events = Number(process.env.HALTE_EVENTS ?? 10_000), block = 50;
  console.log(`  seed ${seed}`);
  const before = g.settings();
  const chance = random(seed);
  const { pid } = g.kiosk.process;
  for (let done = 0; done < events; done += block) {
    await disturb(g, chance, block);
    if (done % 1_000 === 0) await g.stands(`${done} events`);
  }
  await g.rests();
  await g.stands('all events');
  await g.isSeen();
  assert.equal(g.kiosk.process.pid, pid);
  assert.deepEqual(g.settings(), before);
  await g.hearsKeys();
  console.log(`  ${events} events: ${g.kiosk.count('tap')} hit a target, ${g.kiosk.count('saved')} visits were closed, ${g.kiosk.count('drawn')} pictures; process ${pid} stands`);
  assert.ok(g.kiosk.count('tap') > 0, 'the storm reached the kiosk');
}));

test('what lies on the glass answers nothing, is shown, logged and told to headquarters, and then all goes on', { timeout: 120_000 }, guarded({}, async (g) => {
  const screenOf = () => {
    const [row] = query(join(g.stage.folder, 'hq', 'hq.db'), 'SELECT body FROM heartbeat WHERE kiosk = ?', g.stage.demo.kiosk);
    return row && JSON.parse(row.body).screen;
  };
  const face = await g.kiosk.place('face/2');
  await g.screen.press(...face);
  await g.kiosk.shows('rate/blocked'); // after 10 s
  await until('the heartbeat that says so', () => screenOf() === 'blocked');
  const line = g.kiosk.process.errors.split('\n').find((l) => /the glass is blocked: take away what lies on it/.test(l));
  assert.ok(line);
  console.log(`  ${line}`);
  await g.screen.release(...face);
  await g.kiosk.shows('rate');
  await until('the heartbeat that all is well', () => screenOf() === 'open');
  assert.equal(g.kiosk.count('tap'), 0);
  assert.equal(g.kiosk.count('saved_open'), 0);
  await g.screen.tap(...(await g.kiosk.place('face/2')));
  await until('an answer', () => g.kiosk.count('saved_open') === 1);
}));

// The first question alone, so that a visit is one tap.
const oneQuestion = () => ({
  contact: { enabled: false, fields: ['name'], age_gate: 16 },
  surveys: [{ id: 'visit', version: 2, definition: { ...survey, pages: [survey.pages[0]] }, metrics: { emotion: survey.pages[0].elements[0].name } }],
});

test('play and ballot stuffing are stored, each with its mark: burst, straight repeat, long press, outside hours', { timeout: 240_000 }, guarded({ configure: oneQuestion }, async (g) => {
  const kiosk = () => g.kiosk;
  // One visit of one tap; returns the rules that its stored answer carries.
  const visit = async (id, held = 0) => {
    await kiosk().shows('rate');
    const place = await kiosk().place(id);
    const saved = kiosk().count('saved');
    await g.screen.press(...place);
    await sleep(held); // how long the finger stays
    await g.screen.release(...place);
    await until('the answer to be closed', () => kiosk().count('saved') > saved);
    const answer = kiosk().events.filter((e) => e.event === 'saved').at(-1).id;
    await kiosk().shows('thanks');
    await g.screen.tap(...(await kiosk().place('dismiss')));
    return answer;
  };
  const marks = async (id) => {
    const body = await until(`the answer ${id} at headquarters`, () => {
      const [row] = query(join(g.stage.folder, 'hq', 'hq.db'), 'SELECT body FROM response WHERE id = ?', Buffer.from(id, 'hex'));
      return row && JSON.parse(row.body);
    });
    return (body.flags ?? []).map((flag) => `${flag.rule} ${flag.version}`);
  };
  const given = [];
  for (const [what, face, held] of [['the first', 'face/4'], ['the second', 'face/4'], ['the same a third time', 'face/4'], ['the fourth', 'face/1'], ['a long press', 'face/0', 2_200]])
    given.push([what, await visit(face, held)]);

  // The branch is open on another day alone.
  const otherDay = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getDay() + 2) % 7];
  const { branches } = JSON.parse(readFileSync(new URL('../../assets/demo/organisation.json', import.meta.url)));
  const here = branches.find((branch) => branch.id === 'utrecht-centrum');
  await g.stage.hq.call('PUT', '/organisation', { branches: [{ ...here, opening_hours: { [otherDay]: ['10:00-11:00'] } }] });
  await kiosk().stop();
  await g.startKiosk();
  await until('the new opening hours', () => /configuration \d+ taken/.test(kiosk().process.errors));
  given.push(['after closing', await visit('face/3')]);

  const found = [];
  for (const [what, id] of given) {
    found.push(await marks(id));
    console.log(`  ${what}: ${found.at(-1).join(', ') || 'no mark'}`);
  }
  assert.deepEqual(found[0], []);
  assert.ok(found[2].includes('straight_repeat 1'));
  assert.ok(found[3].includes('burst 1') && !found[3].includes('straight_repeat 1'));
  assert.ok(found[4].includes('long_press 1'));
  assert.deepEqual(found[5], ['outside_hours 1']);
  assert.ok(found.slice(0, 5).every((rules) => !rules.includes('outside_hours 1')));
}));
