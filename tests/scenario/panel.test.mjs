// SPDX-License-Identifier: Apache-2.0
// The panel behind the glass, on an Xorg with a touchscreen: how bright it is, and how it sleeps while the branch is
// closed. X's dummy driver has ramps for colour; to be put out it is given by give_dpms.c.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { run, sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Stage, bin } from './stage.mjs';
import { TouchScreen } from './touch_screen.mjs';

const missing = !existsSync('/usr/lib/xorg/Xorg') ? 'Xorg is not installed' : process.getuid() !== 0 ? 'Xorg needs root here' : false;
const preload = resolve(bin, '../lib/give_dpms.so');
const width = 720, height = 1280;
const minutes = 60_000;

async function tool(screen, name, ...words) {
  const done = await run(name, words, { env: screen.env });
  assert.equal(done.code, 0, `${name} ${words.join(' ')}: ${done.err}`);
  return done.out;
}

// ---- brightness

const setBrightness = (screen, percent, folder) => run(join(bin, 'set_brightness'), [`${percent}`, folder], { env: screen.env });

async function brightness(screen) {
  return Number((await tool(screen, 'xrandr', '--verbose')).match(/Brightness: (\S+)/)[1]);
}

test('panel: without a backlight it is dimmed by the ramps of X, never below a fifth, and 100 % is what it was', { timeout: 60_000, skip: missing }, async () => {
  const screen = await TouchScreen.start(width, height);
  try {
    const none = '/nonexistent';
    assert.equal(await brightness(screen), 1);
    for (const [asked, given] of [[40, 0.4], [75, 0.75], [5, 0.2], [100, 1]]) {
      const done = await setBrightness(screen, asked, none);
      assert.equal(done.out, 'colour ramps of X', done.err);
      assert.equal(await brightness(screen), given, `${asked} %`);
    }
    assert.match(await tool(screen, 'xrandr', '--verbose'), /Gamma: +1\.0:1\.0:1\.0/, 'straight');
  } finally {
    await screen.stop();
  }
});

test('panel: a backlight that may be written is what dims, and the picture is left alone', { timeout: 60_000, skip: missing }, async () => {
  const screen = await TouchScreen.start(width, height);
  const folder = mkdtempSync(join(tmpdir(), 'halte-backlight-'));
  const light = join(folder, 'intel_backlight');
  try {
    mkdirSync(light);
    for (const [name, value] of [['type', 'raw'], ['max_brightness', '937'], ['brightness', '937']]) writeFileSync(join(light, name), `${value}\n`);
    const done = await setBrightness(screen, 40, folder);
    assert.equal(done.out, 'backlight intel_backlight', done.err);
    assert.equal(Number(readFileSync(join(light, 'brightness'), 'utf8')), 375);
    assert.equal(await brightness(screen), 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await screen.stop();
  }
});

test('panel: where nothing can dim it that is said, with the status of what the machine lacks', { timeout: 60_000 }, async () => {
  const screen = await Screen.start(width, height); // Xvfb keeps no ramps
  try {
    const done = await setBrightness(screen, 40, '/nonexistent');
    assert.match(done.err, /panel: there is neither a backlight to write nor a colour ramp/);
    assert.equal(done.code, 4);
  } finally {
    await screen.stop();
  }
});

// ---- sleep

const survey = JSON.parse(readFileSync(new URL('../../assets/surveys/visit.json', import.meta.url)));
const { branches } = JSON.parse(readFileSync(new URL('../../assets/demo/organisation.json', import.meta.url)));
const here = branches.find((branch) => branch.id === 'utrecht-centrum');

// On the branch's wall.
function wall(at) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: here.zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (type) => parts.find((p) => p.type === type).value;
  return { day: part('weekday').toLowerCase(), clock: `${part('hour')}:${part('minute')}` };
}

const tomorrow = () => Date.now() + 24 * 60 * minutes;

// The branch opens for an hour, and at no other time of the week.
function opens(at) {
  const { day, clock } = wall(at);
  return { branches: [{ ...here, opening_hours: { [day]: [`${clock}-${wall(at + 60 * minutes).clock}`] } }] };
}

// One question, so that a visit is one tap, in a branch that is closed.
async function closedShop(at, { screen, args }) {
  const stage = await Stage.start({ days: 0, screen });
  try {
    const one = { ...survey, pages: [survey.pages[0]] };
    await stage.hq.call('PUT', '/organisation', {
      settings: { languages: ['nl', 'en'], receipts: false, timeouts: { answer: 10, keyboard: 20, still_there: 20 } },
      contact: { enabled: false, fields: ['name'], age_gate: 16 },
      surveys: [{ id: 'visit', version: 2, definition: one, metrics: { emotion: one.pages[0].elements[0].name } }],
      ...opens(at),
    });
    const kiosk = stage.startKiosk({ args });
    await kiosk.shows('rate');
    return { stage, kiosk };
  } catch (error) {
    await stage.stop();
    throw error;
  }
}

const isOff = async (screen) => / Monitor is Off/.test(await tool(screen, 'xset', 'q'));
const goesDark = (screen) => until('the panel to go dark', () => isOff(screen), 30_000);
const lightsUp = (screen, ms) => until('the panel to be lit', async () => !(await isOff(screen)), ms);

test('panel: a closed kiosk goes dark, wakes for a touch that answers nothing, and sleeps again, for a mouse as well', { timeout: 240_000, skip: missing }, async () => {
  const screen = await TouchScreen.start(width, height, { preload });
  assert.match(await tool(screen, 'xset', 'q'), /Standby: 600 +Suspend: 600 +Off: 600/, 'left to itself, X would put it out');
  const { stage, kiosk } = await closedShop(tomorrow(), { screen, args: ['--fullscreen', '--sleep-after', '0.05'] });
  try {
    await goesDark(screen);
    assert.match(await tool(screen, 'xset', 'q'), /Standby: 0 +Suspend: 0 +Off: 0/);

    // A finger where a face is, though nobody can see it.
    const face = await kiosk.place('face/4');
    const touched = () => kiosk.look().filter((e) => e.event === 'drawn' && e.touched).length;
    const before = touched();
    await screen.tap(...face);
    await lightsUp(screen);
    await until('the picture after the touch', () => touched() > before);
    assert.equal(kiosk.count('tap'), 0);
    assert.equal(kiosk.count('saved_open'), 0);

    await sleep(1_600); // until the panel is bright, not a condition
    await screen.tap(...face);
    await until('the answer to be closed', () => kiosk.count('saved') === 1);
    await kiosk.shows('thanks');
    await screen.tap(...(await kiosk.place('dismiss')));
    await kiosk.shows('rate');
    assert.deepEqual(kiosk.events.filter((e) => e.event === 'tap').map((e) => e.target), ['face/4', 'dismiss']);

    // X lights it for a mouse, of which the kiosk hears nothing.
    await goesDark(screen);
    await tool(screen, 'xdotool', 'mousemove', '100', '100');
    await lightsUp(screen);
    await goesDark(screen);
    assert.match(kiosk.process.errors, /the panel is off, until the hours' end or a touch/);
  } finally {
    await stage.stop();
  }
});

test('panel: it is lit before opening with nobody there, and cost no picture in the dark', { timeout: 240_000, skip: missing }, async () => {
  const screen = await TouchScreen.start(width, height, { preload });
  // The minute that is at least half a minute away, for the kiosk to start and to go dark before it.
  const lit = Math.ceil(Date.now() / minutes + 0.5) * minutes;
  const { stage, kiosk } = await closedShop(lit + 5 * minutes, { screen, args: ['--fullscreen', '--sleep-after', '0.05'] });
  try {
    await goesDark(screen);
    const drawn = kiosk.count('drawn'), left = lit - Date.now();
    await lightsUp(screen, left + 30_000);
    const late = Date.now() - lit;
    await until('the picture on the lit panel', () => kiosk.count('drawn') > drawn);
    console.log(`  dark for ${Math.round(left / 1000)} s more, lit ${Math.round(late / 1000)} s after the minute, pictures: ${kiosk.count('drawn') - drawn}`);
    assert.ok(late >= 0 && late < 20_000);
    assert.ok(kiosk.count('drawn') - drawn <= 2, 'that picture, and what follows it at once');
  } finally {
    await stage.stop();
  }
});

test('panel: the store manager at a dark kiosk holds the corner as ever, and staff keep it lit', { timeout: 120_000, skip: missing }, async () => {
  const screen = await TouchScreen.start(width, height, { preload });
  const { stage, kiosk } = await closedShop(tomorrow(), { screen, args: ['--fullscreen', '--sleep-after', '0.1'] });
  try {
    await goesDark(screen);
    await screen.press(10, 10);
    await lightsUp(screen);
    await until('the manager\'s view', () => kiosk.look() && /^manager\//.test(kiosk.screen.name));
    await screen.release(10, 10);
    await sleep(8_000); // longer than the kiosk waits otherwise
    assert.equal(await isOff(screen), false);
  } finally {
    await stage.stop();
  }
});

test('panel: an X without DPMS and a kiosk in a window leave it lit, and the first one says so', { timeout: 120_000, skip: missing }, async () => {
  const without = await closedShop(tomorrow(), { screen: await Screen.start(width, height), args: ['--fullscreen', '--sleep-after', '0.01'] });
  try {
    await until('the log', () => without.kiosk.look() && /panel: this X server has no DPMS, while switching it off; it stays lit/.test(without.kiosk.process.errors));
  } finally {
    await without.stage.stop();
  }
  const screen = await TouchScreen.start(width, height, { preload });
  const { stage } = await closedShop(tomorrow(), { screen, args: ['--sleep-after', '0.01'] });
  try {
    await sleep(3_000); // five times as long as a kiosk that fills the glass would wait
    assert.equal(await isOff(screen), false);
  } finally {
    await stage.stop();
  }
});
