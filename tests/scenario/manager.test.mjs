// SPDX-License-Identifier: Apache-2.0
// The store manager at the glass: the corner, the PIN, every page, and figures that are those of the server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { run, until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Stage } from './stage.mjs';

const kioskId = 'utrecht-centrum-balie', branch = 'proefwinkel';
const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const dutch = (number, decimals = 1) => number.toFixed(decimals).replace('.', ',').replace('-', '−');

// Answers of the running quarter of an hour are not shown yet, so the visitors come half an hour before the
// manager, or, just after midnight, the manager half an hour after them.
const afterMidnight = Number(new Date().toLocaleString('en', { timeZone: 'Europe/Amsterdam', hour: 'numeric', hourCycle: 'h23' })) < 1;
const happy = 14, unhappy = 11; // more than k of each, so that each has reasons to show
const speed = 4; // of the visitors' time: a burst of them would be marked
const visitorsTime = { LD_PRELOAD: library, FAKETIME: `${afterMidnight ? '+0' : '-30m'} x${speed}` };
const managersTime = afterMidnight ? { LD_PRELOAD: library, FAKETIME: '+30m', FAKETIME_DONT_FAKE_MONOTONIC: '1' } : {};

// A shop of its own, where only this kiosk stands.
async function moveToOwnShop(hq) {
  const organisation = JSON.parse(readFileSync(new URL('../../assets/demo/organisation.json', import.meta.url), 'utf8'));
  organisation.branches.push({ ...organisation.branches[0], id: branch, name: 'Proefwinkel' });
  organisation.kiosks.find((k) => k.id === kioskId).branch = branch;
  await hq.call('PUT', '/organisation', organisation);
}

async function visits(stage) {
  const kiosk = stage.startKiosk({ args: ['--motion', 'off'], env: visitorsTime });
  kiosk.guard /= speed;
  const visitor = new Visitor(kiosk, stage.screen, random(5));
  await kiosk.shows('rate');
  for (let i = 0; i < happy + unhappy; ++i) {
    const begun = performance.now();
    const isHappy = i < happy;
    await visitor.tap(!isHappy ? 'face/0' : i % 7 < 4 ? 'face/4' : 'face/3');
    await kiosk.shows(isHappy ? 'question/went_well' : 'question/could_be_better');
    await visitor.tap('chip/0');
    if (isHappy && i % 4 !== 3) await visitor.tap('chip/1'); // 11 of 14: fewer than k would hide both
    await until('the button "next"', () => kiosk.look() && kiosk.screen.targets.next);
    await visitor.tap('next');
    await kiosk.shows('question/nps');
    await visitor.tap(`number/${[10, 9, 8, 6][i % 4]}`);
    await until('the screen after the score', () => kiosk.look() && kiosk.screen.name !== 'question/nps');
    await visitor.finish();
    await until('the next visitor', () => performance.now() - begun > 7_200 / speed);
  }
  await until('all to be delivered', () => kiosk.look().some((e) => e.event === 'synced' && e.acknowledged >= happy + unhappy && e.pending === 0), 20_000);
  await kiosk.stop();
}

class Manager {
  constructor(stage, env, stick = stage.folder) {
    this.stage = stage;
    this.kiosk = stage.startKiosk({ args: ['--motion', 'off', '--language', 'nl', '--export-folder', stick], env });
    this.visitor = new Visitor(this.kiosk, stage.screen, random(1));
  }

  async mouse(...words) {
    const done = await run('xdotool', words, { env: this.stage.screen.env });
    assert.equal(done.code, 0, done.err);
  }

  async holdCorner() {
    await this.kiosk.shows('rate');
    await this.mouse('mousemove', '20', '20', 'mousedown', '1');
    await until('the lock', () => this.kiosk.look() && this.kiosk.screen.name.startsWith('manager/'));
    await this.mouse('mouseup', '1');
  }

  async type(digits) {
    await until('the pad', () => this.kiosk.look() && this.kiosk.screen.targets['pin/7']);
    for (const digit of digits) await this.visitor.tap(`pin/${digit}`);
    await until('the button to open', () => this.kiosk.look() && this.kiosk.screen.targets.enter);
    await this.visitor.tap('enter');
  }

  get texts() {
    this.kiosk.look();
    return this.kiosk.screen.texts ?? [];
  }

  says(words) {
    return until(`"${words}" on the glass (it says ${JSON.stringify(this.texts)})`, () => this.texts.some((t) => t.includes(words)));
  }

  // The row of a table that begins with these words: the texts after them.
  row(words, cells) {
    const at = this.texts.indexOf(words);
    assert.notEqual(at, -1, `${words} in ${JSON.stringify(this.texts)}`);
    return this.texts.slice(at + 1, at + 1 + cells);
  }
}

test('manager: wrong PINs wait, also after a restart, and every figure is the one of the server', { timeout: 300_000 }, async () => {
  const stage = await Stage.start({ days: 0 });
  try {
    await moveToOwnShop(stage.hq);
    await visits(stage);
    const { pin } = await stage.hq.call('POST', `/kiosks/${kioskId}/pin`);
    const wrong = pin === '483920' ? '719305' : '483920';

    let manager = new Manager(stage, managersTime);
    await manager.kiosk.shows('rate');
    await until('the PIN to arrive', () => manager.kiosk.process.errors.includes("manager's PIN comes from headquarters"), 20_000);
    await manager.holdCorner();
    for (let i = 0; i < 5; ++i) {
      await manager.type(wrong);
      await manager.says(i < 4 ? 'klopt niet' : 'Te vaak verkeerd');
    }
    await manager.kiosk.stop();

    const stick = join(stage.folder, 'stick');
    mkdirSync(stick);
    manager = new Manager(stage, managersTime, stick);
    await manager.holdCorner();
    await manager.says('Te vaak verkeerd');
    await manager.visitor.tap('pin/1'); // goes nowhere
    await manager.visitor.tap('leave');
    await until('the wait to be over', async () => {
      await manager.holdCorner();
      const waits = await until('the lock', () => manager.texts.length > 1 && { now: manager.texts.some((t) => t.includes('Wacht')) });
      if (waits.now) await manager.visitor.tap('leave');
      return !waits.now;
    }, 60_000);
    await manager.type(pin);
    await manager.kiosk.shows('manager/pin');
    await manager.type('719305');
    await manager.kiosk.shows('manager/pin-again');
    await manager.type('719305');
    await manager.kiosk.shows('manager/score');

    // Today last: it is compared in full below.
    let served;
    for (const [tab, days, before] of [[1, 7, 'vorige week'], [2, 31, 'vorige maand'], [0, 1, 'gisteren']]) {
      served = await stage.hq.get(`/branches/${branch}?days=${days}`);
      assert.equal(served.emotion.n, happy + unhappy);
      const { emotion, nps } = served;
      await manager.visitor.tap(`period/${tab}`);
      await manager.says(before);
      await manager.visitor.tap('form/1');
      await manager.kiosk.shows('manager/score-table');
      assert.deepEqual(manager.row('Hoe het bezoek was', 4), [dutch(emotion.value), dutch(emotion.low), dutch(emotion.high), `${emotion.n}`]);
      assert.deepEqual(manager.row('Zou aanbevelen (NPS)', 4), [dutch(nps.value, 0), dutch(nps.low, 0), dutch(nps.high, 0), `${nps.n}`]);
      if (tab === 0) break;
      await manager.visitor.tap('form/0');
      await manager.kiosk.shows('manager/score');
    }
    const bins = (distribution) => distribution.toReversed().map((b) => [`${b.bin}`, `${Math.round((b.n / (happy + unhappy)) * 100)} %`, `${b.n}`]);
    const rows = manager.texts.filter((t) => /^ +\d+$|^\d+ %$|^\d+$/.test(t)).map((t) => t.trim());
    for (const [bin, share, n] of [...bins(served.distribution.emotion), ...bins(served.distribution.nps)])
      assert.ok(rows.some((t, i) => t === bin && rows[i + 1] === share && rows[i + 2] === n), `${bin} ${share} ${n} in ${rows}`);

    await manager.visitor.tap('page/2');
    await manager.kiosk.shows('manager/reasons-table');
    const percent = (x) => `${Math.round(x * 100)} %`;
    for (const [band, who] of [['happy', 'Blij'], ['unhappy', 'Ontevreden']]) {
      const reasons = served.reasons[band];
      assert.ok(reasons.length > 0, band);
      for (const { label, share } of reasons)
        assert.deepEqual(manager.row(`${who}: ${label}`, 4), [percent(share.value), percent(share.low), percent(share.high), `${share.n}`]);
      assert.equal(manager.texts.filter((t) => t.startsWith(`${who}: `)).length, reasons.length);
    }

    await manager.visitor.tap('page/1');
    await manager.kiosk.shows('manager/hours-table');
    await manager.visitor.tap('page/0');
    await manager.kiosk.shows('manager/score-table');
    await manager.visitor.tap('form/0');
    await manager.kiosk.shows('manager/score');
    await manager.says(`${happy + unhappy}`);
    await manager.says(`${Math.round(served.completion.value * 100)} % (${Math.round(served.completion.low * 100)}–${Math.round(served.completion.high * 100)})`);
    for (const [tap, name] of [['page/1', 'hours'], ['page/2', 'reasons'], ['page/3', 'delivery'], ['page/5', 'settings'], ['page/4', 'kiosk']]) {
      await manager.visitor.tap(tap);
      await manager.kiosk.shows(`manager/${name}`);
    }
    await manager.says('Proefwinkel');
    // The page that is printed says what the glass says.
    await manager.visitor.tap('page/3');
    await manager.kiosk.shows('manager/delivery');
    await manager.visitor.tap('print');
    await manager.says('Op de stick gezet');
    const [page] = readdirSync(stick).filter((name) => name.endsWith('.pdf'));
    assert.match(execFileSync('pdfinfo', [join(stick, page)]).toString(), /Pages: +1\n/);
    const text = execFileSync('pdftotext', ['-layout', join(stick, page), '-']).toString();
    for (const figure of [dutch(served.emotion.value), dutch(served.nps.value, 0), `${served.emotion.n} antwoorden`, served.reasons.happy[0].label])
      assert.ok(text.includes(figure), `${figure} in ${text}`);
    await manager.visitor.tap('leave');
    await manager.kiosk.shows('rate');
  } finally {
    await stage.stop();
  }
});
