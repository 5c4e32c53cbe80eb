// SPDX-License-Identifier: Apache-2.0
// Kills and cut cables through the real programs. Small here; HALTE_KILLS=200 HALTE_OUTAGE_S=60 for the figures.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { sleep, until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Stage, bin } from './stage.mjs';
import { Wire } from './wire.mjs';

const kills = Number(process.env.HALTE_KILLS ?? 15);
const outage = Number(process.env.HALTE_OUTAGE_S ?? 8) * 1000;
const visitsEach = 3;

// Fractions of a millisecond, which no timer keeps.
function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('the network goes and the server is killed: every answer arrives once', { timeout: 600_000 }, async () => {
  const stage = await Stage.start({ days: 10 });
  const wire = await Wire.start(stage.hq.url);
  try {
    const before = await stage.received();
    const kiosk = stage.startKiosk({ server: wire.url });
    await kiosk.shows('rate');
    const visitor = new Visitor(kiosk, stage.screen, random(5));
    const visits = async () => {
      for (let i = 0; i < visitsEach; i += 1) await visitor.visit();
    };
    await visits();
    wire.pull();
    const end = Date.now() + outage;
    await visits();
    await sleep(Math.max(0, end - Date.now()));
    wire.plug();
    await visits();
    // In the middle of what it is sent, and on the same port again.
    await stage.hq.process.kill('SIGKILL');
    await visits();
    const cookie = { cookie: stage.hq.cookie, csrf: stage.hq.csrf };
    stage.hq = Object.assign(await Headquarters.start({ bin, data: join(stage.folder, 'hq') }), cookie);
    wire.plug(stage.hq.url);
    await visits();
    await stage.drained(180_000);
    const captured = kiosk.count('saved');
    const arrived = (await stage.received()) - before;
    console.log(`outage of ${outage / 1000} s and a killed server: captured ${captured}, received ${arrived}`);
    assert.equal(captured, visitsEach * 5);
    assert.equal(arrived, captured);
  } finally {
    wire.stop();
    await stage.stop();
  }
});

// Until not a byte is left; returns what makes room again.
function fill(folder) {
  const path = join(folder, `filler-${performance.now()}`);
  const file = openSync(path, 'w');
  for (let bytes = 1 << 20; bytes > 0; bytes >>= 1) {
    try {
      for (;;) writeSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return () => rmSync(path);
}

test('the disk fills up in the middle of a visit: no thanks without a commit, and it goes on within 5 s of space', { timeout: 300_000, skip: process.getuid() !== 0 && 'mounting needs root' }, async (t) => {
  const stage = await Stage.start({ days: 10 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', stage.data]);
  } catch {
    await stage.stop();
    return t.skip('this machine lets nobody mount');
  }
  const wire = await Wire.start(stage.hq.url);
  try {
    const before = await stage.received();
    const kiosk = stage.startKiosk({ server: wire.url });
    const visitor = new Visitor(kiosk, stage.screen, random(9));
    await kiosk.shows('rate');
    wire.pull(); // nobody to deliver to, so that nothing makes room by leaving
    await visitor.first();
    await until('the first tap to be durable', () => kiosk.count('saved_open') > 0);
    const rooms = [fill(stage.data)];
    const back = async () => {
      const freed = performance.now();
      for (const makeRoom of rooms.splice(0)) makeRoom();
      await kiosk.shows('rate');
      return performance.now() - freed;
    };
    await until('the next screen', () => kiosk.look() && kiosk.screen.name !== 'rate');
    await visitor.finish();
    assert.equal(kiosk.count('saved'), 1, 'the ballast carried the visitor who was there');
    await kiosk.shows('service');
    const resumed = [await back()];

    // Once more, and now what the ballast frees is taken as well.
    await visitor.first();
    await until('the next screen', () => kiosk.look() && kiosk.screen.name.startsWith('question/'));
    for (let answers = 0; kiosk.count('save_failed') === 0; answers += 1) {
      assert.ok(answers < 10, 'a disk without a byte takes no answers for ever');
      rooms.push(fill(stage.data));
      await visitor.next();
    }
    await kiosk.shows('sorry', 'service');
    assert.equal(kiosk.count('saved'), 1, 'no thanks for what is not saved');
    await kiosk.shows('service');
    resumed.push(await back());
    await visitor.visit();
    wire.plug();
    await stage.drained(120_000);
    const news = kiosk.events.filter((e) => e.event === 'synced').at(-1);
    const arrived = (await stage.received()) - before;
    console.log(`full disk: ${kiosk.count('saved')} visits saved, ${kiosk.count('save_failed')} ended in an apology, in service again after ${resumed.map(Math.round)} ms, captured ${news.acknowledged}, received ${arrived}`);
    assert.ok(resumed.every((ms) => ms <= 5_000));
    assert.equal(kiosk.count('saved'), 2);
    // The one with the apology had answered something before the disk was full: that counts, too.
    assert.equal(news.acknowledged, 3);
    assert.equal(arrived, 3);
  } finally {
    wire.stop();
    await stage.kiosk?.process.stop();
    execFileSync('umount', ['-l', stage.data]);
    await stage.stop();
  }
});

test('the kiosk is killed within 5 ms after a tap: what was durable arrives once', { timeout: 3_000_000 }, async () => {
  const stage = await Stage.start({ days: 10 });
  try {
    const before = await stage.received();
    const chance = random(11);
    const durable = new Set();
    const fell = { 'before the transaction': 0, 'between its begin and its acknowledgement': 0, 'after it': 0 };
    for (let i = 0; i < kills; i += 1) {
      const kiosk = stage.startKiosk();
      await kiosk.shows('rate');
      const place = await kiosk.place(`face/${i % 5}`);
      // From the moment at which the program saw the tap, not from the one at which xdotool was started.
      const seen = kiosk.next('tap');
      const tapped = stage.screen.tap(...place);
      await seen;
      spin(i % 2 === 0 ? chance() * 5 : chance() * 0.5);
      const died = kiosk.process.child.kill('SIGKILL');
      assert.ok(died);
      await kiosk.process.ended;
      await tapped;
      kiosk.process.how = undefined;
      const saved = kiosk.look().filter((e) => e.event === 'saved_open');
      const begun = kiosk.events.some((e) => e.event === 'saving');
      fell[saved.length ? 'after it' : begun ? 'between its begin and its acknowledgement' : 'before the transaction'] += 1;
      for (const event of saved) durable.add(event.id);
    }
    const kiosk = stage.startKiosk();
    await kiosk.shows('rate');
    await stage.drained(120_000);
    const news = kiosk.events.filter((e) => e.event === 'synced').at(-1);
    const arrived = (await stage.received()) - before;
    const where = Object.entries(fell).map(([place, count]) => `${count} fell ${place}`);
    console.log(`kills ${kills}: ${where.join(', ')}; ${durable.size} answers were acknowledged, captured ${news.acknowledged}, received ${arrived}`);
    assert.equal(arrived, news.acknowledged, 'captured = received');
    assert.ok(arrived >= durable.size, 'nothing that was acknowledged is lost');
    assert.ok(arrived <= kills, 'no tap counted twice');
  } finally {
    await stage.stop();
  }
});
