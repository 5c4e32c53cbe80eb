// SPDX-License-Identifier: Apache-2.0
// Nobody looks after the kiosk: whatever ends or hangs, the rules of its own unit bring it back by themselves.
import assert from 'node:assert/strict';
import test from 'node:test';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Stage, bin } from './stage.mjs';
import { Supervisor, readUnit } from './supervisor.mjs';

const unit = resolve(import.meta.dirname, '../../app/kiosk/session/halte-kiosk.service');
const shim = resolve(bin, '../lib/lose_context.so');
const watchdog = 5_000; // milliseconds, instead of the unit's 30 s
const patience = Number(process.env.HALTE_BACK_MS ?? 3_000);

function freeDisplay() {
  for (let number = 200; ; number += 1) {
    if (!existsSync(`/tmp/.X${number}-lock`) && !existsSync(`/tmp/.X11-unix/X${number}`)) return `:${number}`;
  }
}

// The unit's own command, with the kiosk that was built here and an X server that needs no panel.
function session(display) {
  const words = readUnit(unit).ExecStart.split(' ');
  const client = words.slice(0, words.indexOf('--')).map((word) => (word === '/usr/bin/halte-kiosk' ? resolve(bin, 'halte-kiosk') : word));
  return [...client, '--', '/usr/bin/Xvfb', display, '-screen', '0', '1080x1920x24', '-nolisten', 'tcp'];
}

class Post {
  static async start({ env = {} } = {}) {
    const post = new Post();
    try {
      await post.open(env);
    } catch (error) {
      await post.stop();
      throw error;
    }
    return post;
  }

  async open(env) {
    const display = freeDisplay();
    this.stage = await Stage.start({ days: 10, screen: new Screen({ stop: () => {} }, display) });
    this.before = await this.stage.received();
    const announce = join(this.stage.folder, 'announce.jsonl');
    const settings = { HALTE_DATA: this.stage.data, HALTE_ANNOUNCE: announce, HALTE_SERVER: this.stage.hq.url, HALTE_ENROL: this.stage.demo.code };
    this.supervisor = await Supervisor.start({
      unit,
      command: session(display),
      temporary: [`/tmp/.X${display.slice(1)}-lock`],
      env: { LIBGL_ALWAYS_SOFTWARE: '1', ...settings, ...env },
      watchdog,
    });
    this.stage.kiosk = this.kiosk = new Kiosk(this.supervisor, announce, 0);
    this.visitor = new Visitor(this.kiosk, this.stage.screen, random(5));
    await this.kiosk.shows('rate');
    await until('it to tell that it is ready', () => this.supervisor.ready);
  }

  // A visitor has given a face, which is durable, and stands before the next question.
  async visitorComes() {
    const saved = this.kiosk.count('saved_open');
    await this.visitor.first();
    await until('the first tap to be durable', () => this.kiosk.count('saved_open') > saved);
  }

  // From its end to the first screen of the start after it.
  async isBackAfter(trouble) {
    const { starts } = this.supervisor;
    await trouble();
    await until('the next start', () => this.supervisor.starts > starts, watchdog + 10_000);
    this.kiosk.look();
    this.kiosk.screen = null;
    await this.kiosk.shows('rate');
    return performance.now() - this.supervisor.ends.at(-1).at;
  }

  // All that was durable has arrived, once.
  async nothingIsLost(answers) {
    assert.equal(await this.stage.drained(60_000, answers), answers, 'captured');
    assert.equal((await this.stage.received()) - this.before, answers, 'received');
  }

  async stop() {
    await this.stage?.stop();
  }
}

test('unattended: killed, without X, and with a lost OpenGL context, the kiosk is back within 3 s and nothing is lost', { timeout: 300_000 }, async () => {
  const mark = join(process.env.TMPDIR ?? '/tmp', `halte-lose-context-${process.pid}`);
  const post = await Post.start({ env: { LD_PRELOAD: shim, HALTE_LOSE_CONTEXT: mark, ASAN_OPTIONS: 'verify_asan_link_order=0' } });
  const { supervisor } = post;
  try {
    const took = {};
    await post.visitorComes();
    took['kill -9 of the kiosk'] = await post.isBackAfter(() => process.kill(supervisor.pid('halte-kiosk'), 'SIGKILL'));
    await post.visitorComes();
    took['kill -9 of X'] = await post.isBackAfter(() => process.kill(supervisor.pid('Xvfb'), 'SIGKILL'));
    await post.visitorComes();
    took['a lost context'] = await post.isBackAfter(async () => {
      writeFileSync(mark, '');
      const ends = supervisor.ends.length;
      await until('the kiosk to notice', () => supervisor.ends.length > ends);
      rmSync(mark);
    });
    console.log(`back on the first screen after ${Object.entries(took).map(([what, ms]) => `${what} in ${Math.round(ms)} ms`).join(', ')}`);
    for (const [what, ms] of Object.entries(took)) assert.ok(ms <= patience, what);
    assert.match(supervisor.errors, /graphics: the driver has lost the OpenGL context/);
    assert.ok(supervisor.ends.every((end) => !end.by_watchdog), 'each was noticed at once, not by the watchdog');
    await post.nothingIsLost(3);
  } finally {
    rmSync(mark, { force: true });
    await post.stop();
  }
});

test('unattended: a kiosk whose X goes says so and ends by itself, with the status of what the machine lacks', { timeout: 60_000 }, async () => {
  const stage = await Stage.start();
  try {
    const kiosk = stage.startKiosk();
    await kiosk.shows('rate');
    await stage.screen.server.kill('SIGKILL');
    const { code } = await kiosk.process.ended;
    assert.equal(code, 4);
    assert.match(kiosk.process.errors, /display: X is gone, while showing the picture; the kiosk has to be started anew/);
  } finally {
    await stage.stop();
  }
});

test('unattended: left alone, it tells that it lives in good time and how it fares', { timeout: 120_000 }, async () => {
  const post = await Post.start();
  const { supervisor } = post;
  try {
    const beats = supervisor.beats.length;
    await until('five more signs of life', () => supervisor.beats.length >= beats + 5, watchdog * 5);
    const pauses = supervisor.beats.slice(1).map((at, i) => at - supervisor.beats[i]);
    console.log(`watchdog of ${watchdog} ms: signs of life ${pauses.map(Math.round).join(', ')} ms apart`);
    assert.ok(pauses.every((ms) => ms < watchdog));
    assert.equal(supervisor.starts, 1);
    await until('the status', () => /^in service; 0 answers delivered, 0 waiting$/.test(supervisor.status), watchdog * 2);
  } finally {
    await post.stop();
  }
});

test('unattended: hung threads, a hung X and a store that takes nothing keep the watchdog unfed, and it starts all anew', { timeout: 300_000 }, async () => {
  const post = await Post.start();
  const { supervisor } = post;
  try {
    const took = {};
    await post.visitorComes();
    took['a stopped kiosk'] = await post.isBackAfter(() => process.kill(supervisor.pid('halte-kiosk'), 'SIGSTOP'));
    await post.visitorComes();
    took['a stopped X'] = await post.isBackAfter(() => process.kill(supervisor.pid('Xvfb'), 'SIGSTOP'));
    await post.visitorComes();
    const other = new DatabaseSync(join(post.stage.data, 'kiosk.db'));
    took['a locked store'] = await post.isBackAfter(async () => {
      other.exec('BEGIN IMMEDIATE');
      const ends = supervisor.ends.length;
      await until('the watchdog to act', () => supervisor.ends.length > ends, watchdog + 10_000);
      other.exec('ROLLBACK');
    });
    other.close();
    console.log(`back on the first screen after ${Object.entries(took).map(([what, ms]) => `${what} in ${Math.round(ms)} ms`).join(', ')}`);
    for (const [what, ms] of Object.entries(took)) assert.ok(ms <= patience, what);
    assert.equal(supervisor.ends.length, 3);
    assert.ok(supervisor.ends.every((end) => end.by_watchdog), 'each by the watchdog');
    await post.nothingIsLost(3);
  } finally {
    await post.stop();
  }
});

test('unattended: the unit starts it again whatever happens and however often', () => {
  const rules = readUnit(unit);
  assert.equal(rules.Restart, 'always');
  assert.equal(rules.StartLimitIntervalSec, '0');
  assert.equal(rules.Type, 'notify');
  assert.equal(rules.NotifyAccess, 'all');
  assert.equal(rules.UnsetEnvironment, 'WATCHDOG_PID', 'xinit is the main process, and the kiosk must not think the watchdog is for it alone');
  assert.equal(rules.PrivateTmp, 'yes', 'a lock that X left must not stop the next X');
  assert.ok(Number(rules.WatchdogSec) > 0);
});
