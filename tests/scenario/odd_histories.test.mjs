// SPDX-License-Identifier: Apache-2.0
// Disks that are put back, copied or moved on, programs that go back, servers restored from a backup: nothing that
// is not acknowledged is lost, and each is named in a sentence for whoever has to know. Prints those sentences.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { run, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { answers, change, query } from './database.mjs';
import { Stage, bin } from './stage.mjs';
import { Wire } from './wire.mjs';

// A stage whose server can go and come back, and be asked for gaps.
class Shop {
  static async start() {
    const shop = new Shop();
    shop.stage = await Stage.start({ days: 1 });
    shop.wire = await Wire.start(shop.stage.hq.url);
    shop.before = shop.stored();
    return shop;
  }

  get hqData() {
    return join(this.stage.folder, 'hq');
  }

  get database() {
    return join(this.stage.data, 'kiosk.db');
  }

  stored(kiosk = this.stage.demo.kiosk) {
    return answers(this.hqData, kiosk).length;
  }

  // How many more than when the shop opened, once it is that many.
  async arrive(count) {
    await until(`${count} answers at headquarters (there are ${this.stored() - this.before})`, () => this.stored() - this.before >= count, 60_000);
    assert.equal(this.stored() - this.before, count);
  }

  async kiosk(options = {}) {
    const kiosk = this.stage.startKiosk({ server: this.wire.url, ...options });
    await kiosk.shows('rate');
    return kiosk;
  }

  visit(kiosk, screen = this.stage.screen) {
    return new Visitor(kiosk, screen, random(3)).visit();
  }

  async stopServer() {
    this.wire.pull();
    await this.stage.hq.process.stop();
  }

  async startServer() {
    const session = { cookie: this.stage.hq.cookie, csrf: this.stage.hq.csrf };
    this.stage.hq = Object.assign(await Headquarters.start({ bin, data: this.hqData }), session);
    this.wire.plug(this.stage.hq.url);
  }

  // What the command says of one kiosk, and its last line.
  async gaps(kiosk = this.stage.demo.kiosk) {
    const { code, out, err } = await run(join(bin, 'halte-hq'), ['gaps', '--data', this.hqData]);
    assert.equal(err, '');
    const lines = out.split('\n');
    return { code, lines: lines.filter((line) => line.startsWith(`kiosk ${kiosk},`)), verdict: lines.at(-1) };
  }

  async stop() {
    this.wire?.stop();
    await this.stage?.stop();
  }
}

const inShop = (work) => async (t) => {
  const shop = await Shop.start();
  try {
    await work(shop, t);
  } finally {
    await shop.stop();
  }
};

// The sentence stands in the log; printed, since people are to read it.
async function says(process, sentence) {
  await until(`${process.name} to say ${sentence}`, () => sentence.test(process.errors), 90_000);
  console.log(`  ${process.errors.split('\n').find((line) => sentence.test(line))}`);
}

const numbersUsedTwice = /an older copy of this kiosk's database was put back, or a copy of it runs on another machine/;

test('an older copy of the disk is put back: its new answers arrive beside those under the same numbers', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  await shop.visit(kiosk);
  await shop.arrive(1);
  await kiosk.stop();
  cpSync(shop.stage.data, join(shop.stage.folder, 'copy'), { recursive: true });
  kiosk = await shop.kiosk();
  await shop.visit(kiosk);
  await shop.visit(kiosk);
  await shop.arrive(3);
  await kiosk.stop();

  rmSync(shop.stage.data, { recursive: true });
  cpSync(join(shop.stage.folder, 'copy'), shop.stage.data, { recursive: true });
  shop.wire.pull(); // so that it gives numbers away before it can learn that they were used
  kiosk = await shop.kiosk();
  await shop.visit(kiosk);
  await shop.visit(kiosk);
  assert.deepEqual(kiosk.look().filter((e) => e.event === 'saved').map((e) => e.seq), [2, 3]);
  shop.wire.plug();
  await shop.arrive(5);
  await says(kiosk.process, numbersUsedTwice);
  await shop.visit(kiosk);
  await shop.arrive(6);
  const { code, lines, verdict } = await shop.gaps();
  for (const line of [...lines, verdict]) console.log(`  ${line}`);
  assert.equal(code, 0);
  assert.match(verdict, /^nothing is missing/);
}));

test('a cloned disk: two machines under one identity lose nothing, and are named', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  await shop.visit(kiosk);
  await shop.arrive(1);
  await kiosk.stop();
  const data = join(shop.stage.folder, 'clone');
  cpSync(shop.stage.data, data, { recursive: true });
  const screen = await Screen.start(1080, 1920);
  const announce = join(shop.stage.folder, 'clone.jsonl');
  const startClone = () => Kiosk.start({ bin, data, env: screen.env, announce });
  let clone = startClone();
  try {
    kiosk = await shop.kiosk();
    await clone.shows('rate');
    for (const count of [2, 4]) {
      await shop.visit(kiosk);
      await shop.arrive(count);
      await shop.visit(clone, screen);
      await shop.arrive(count + 1);
    }
    await says(clone.process, numbersUsedTwice);
    // A heartbeat of each, and the first one's again.
    await clone.stop();
    clone = startClone();
    await until('a heartbeat of the copy', () => query(join(shop.hqData, 'hq.db'), 'SELECT 1 FROM epoch e JOIN kiosk k ON k.row = e.kiosk WHERE k.id = ? AND e.heard > 0', shop.stage.demo.kiosk).length >= 3);
    await kiosk.stop();
    kiosk = await shop.kiosk();
    await says(shop.stage.hq.process, /two copies of its disk are at work under one identity/);
    const { code, lines } = await shop.gaps();
    assert.equal(code, 0);
    console.log(`  ${lines.find((line) => /two copies of its disk are at work/.test(line))}`);
    assert.ok(lines.some((line) => /two copies of its disk are at work/.test(line)));
  } finally {
    await clone.stop();
    await screen.stop();
  }
}));

test('a second kiosk program on one database is refused, and the first goes on', { timeout: 120_000 }, inShop(async (shop) => {
  const kiosk = await shop.kiosk();
  const second = await run(join(bin, 'halte-kiosk'), ['--data', shop.stage.data], { env: shop.stage.screen.env });
  assert.equal(second.code, 3);
  assert.match(second.err, /kiosk\.db: another halte-kiosk has it open; stop that one or name another folder with --data/);
  console.log(`  ${second.err.trim()}`);
  await shop.visit(kiosk);
  await shop.arrive(1);
}));

test('enrolled as another kiosk with answers waiting: they count for the kiosk and the branch where they were given', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  shop.wire.pull();
  await shop.visit(kiosk);
  await shop.visit(kiosk);
  const opened = kiosk.count('saved_open');
  await new Visitor(kiosk, shop.stage.screen, random(3)).first();
  await until('the first tap to be durable', () => kiosk.count('saved_open') > opened);
  await kiosk.process.kill('SIGKILL'); // in the middle of the third visit
  kiosk.process.how = undefined;
  shop.wire.plug();
  assert.equal(shop.stored(), shop.before);

  const other = 'zwolle-kassa';
  const there = shop.stored(other);
  const { code } = await shop.stage.hq.call('POST', `/kiosks/${other}/enrolment-codes`);
  kiosk = await shop.kiosk({ args: ['--server', shop.wire.url, '--enrol', code] });
  await says(kiosk.process, /answers that had waited, delivered first as the kiosk that this was: 3/);
  await says(kiosk.process, /enrolled as zwolle-kassa/);
  await shop.arrive(3);
  const given = answers(shop.hqData, shop.stage.demo.kiosk);
  assert.ok(given.every((answer) => answer.branch === 'utrecht-centrum'));
  assert.equal(given.filter((answer) => answer.ended === 'restart').length, 1);
  await shop.visit(kiosk);
  await until('the answer of the new kiosk', () => shop.stored(other) === there + 1);
  assert.ok(answers(shop.hqData, other).every((answer) => answer.branch === 'zwolle'));
  await shop.arrive(3);
  assert.equal((await shop.gaps()).code, 0);
}));

// Twins of the answer that waits in this database, each with an id of its own.
function multiply(db, count) {
  const [row] = db.prepare('SELECT * FROM outbox').all();
  const insert = db.prepare('INSERT INTO outbox (seq, kiosk, branch, type, id, hash, body, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const body = JSON.parse(row.body);
  delete body.receipt; // one code, one answer
  const text = JSON.stringify(body);
  const hash = createHash('sha256').update(text).digest();
  for (let seq = row.seq + 1; seq <= row.seq + count; seq += 1) {
    const id = Buffer.concat([Buffer.from(row.id).subarray(0, 4), randomBytes(12)]);
    insert.run(seq, row.kiosk, row.branch, row.type, id, hash, text, row.closed);
  }
  db.prepare('UPDATE ledger SET next_seq = next_seq + ?').run(count);
}

// What the first version of the schema had.
const firstTables = ['ledger', 'enrolment', 'configuration', 'open_response', 'outbox', 'receipt'];

function downgrade(db) {
  const later = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (SELECT value FROM json_each(?))").all(JSON.stringify(firstTables));
  for (const { name } of later) db.exec(`DROP TABLE "${name}"`);
  db.exec('PRAGMA user_version = 1');
}

test('an upgrade with a full outbox: all that the older version held arrives', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  shop.wire.pull();
  await shop.visit(kiosk);
  await kiosk.stop();
  const many = 10_000;
  change(shop.database, (db) => {
    multiply(db, many - 1);
    downgrade(db);
  });
  assert.equal(query(shop.database, 'PRAGMA user_version')[0].user_version, 1);
  shop.wire.plug();
  kiosk = await shop.kiosk();
  await says(kiosk.process, /answers that wait to be delivered: 10000,/);
  await shop.arrive(many);
  assert.ok(query(shop.database, 'PRAGMA user_version')[0].user_version > 1);
  const { code, lines } = await shop.gaps();
  console.log(`  ${lines.find((line) => line.includes(`${many} captured`) || line.includes(`${many} received`))}`);
  assert.equal(code, 0);
}));

test('an older program on a newer database is refused and leaves it untouched; the newer one goes on with it', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  shop.wire.pull();
  await shop.visit(kiosk);
  await kiosk.stop();
  const version = query(shop.database, 'PRAGMA user_version')[0].user_version;
  change(shop.database, (db) => {
    db.exec('CREATE TABLE of_the_future (x TEXT) STRICT');
    db.exec(`PRAGMA user_version = ${version + 1}`);
  });
  const bytes = readFileSync(shop.database);
  const refused = await run(join(bin, 'halte-kiosk'), ['--data', shop.stage.data], { env: shop.stage.screen.env });
  assert.equal(refused.code, 3);
  assert.match(refused.err, /kiosk\.db: was written by a newer halte-kiosk \(schema \d+, this one knows \d+\); install that version or newer/);
  console.log(`  ${refused.err.trim()}`);
  assert.deepEqual(readFileSync(shop.database), bytes);

  change(shop.database, (db) => {
    db.exec('DROP TABLE of_the_future');
    db.exec(`PRAGMA user_version = ${version}`);
  });
  shop.wire.plug();
  kiosk = await shop.kiosk();
  await says(kiosk.process, /answers that wait to be delivered: 1,/);
  await shop.arrive(1);
}));

test('a server restored from an old backup: gaps shows what is missing, and which numbers', { timeout: 240_000 }, inShop(async (shop) => {
  let kiosk = await shop.kiosk();
  await shop.visit(kiosk);
  await shop.arrive(1);
  await shop.stopServer();
  cpSync(shop.hqData, join(shop.stage.folder, 'backup'), { recursive: true });
  await shop.startServer();
  await shop.visit(kiosk);
  await shop.visit(kiosk);
  await shop.arrive(3);
  assert.equal((await shop.gaps()).code, 0);

  await shop.stopServer();
  rmSync(shop.hqData, { recursive: true });
  cpSync(join(shop.stage.folder, 'backup'), shop.hqData, { recursive: true });
  await shop.startServer();
  await shop.visit(kiosk);
  await until('what was given since', () => shop.stored() - shop.before === 2, 60_000);
  await kiosk.stop();
  kiosk = await shop.kiosk(); // its first heartbeat tells what it has captured
  await until('the heartbeat', async () => (await shop.gaps()).lines.some((line) => line.includes('4 captured')));
  const { code, lines, verdict } = await shop.gaps();
  for (const line of [...lines, verdict]) console.log(`  ${line}`);
  assert.equal(code, 1);
  assert.ok(lines.some((line) => /4 captured, 2 received, 0 waiting, 2 missing: numbers 2 to 3$/.test(line)));
  assert.match(verdict, /^missing in all: 2\./);
}));
