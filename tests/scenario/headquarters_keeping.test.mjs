// SPDX-License-Identifier: Apache-2.0
// Keeping a server: its copies, what is erased from them, and one put back, by its own commands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Running, run, sleep } from '../../app/tool/demo/processes.mjs';
import { change, query } from './database.mjs';
import { receiptHash } from './receipts.mjs';
import { bin } from './stage.mjs';

const canary = 'CANARY-5b1e the coffee was cold';
const codes = { 0x00: '0000-0000-0000-0000', 0xff: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ' }; // of ten such bytes

const folder = mkdtempSync(join(tmpdir(), 'halte-keeping-'));
const data = join(folder, 'hq');
const database = join(data, 'hq.db');
let hq;

async function start(...args) {
  hq = await Headquarters.start({ bin, data, args });
  return hq;
}

async function command(...words) {
  const done = await run(join(bin, 'halte-hq'), ['--data', data, ...words]);
  return { ...done, lines: done.out.split('\n') };
}

// Files of the whole folder that hold those bytes.
function holding(text) {
  const files = readdirSync(data, { recursive: true }).map((name) => join(data, name));
  return files.filter((path) => statSync(path).isFile() && readFileSync(path).includes(text));
}

// As if a visitor had written that, and had taken the code with them. Of a stopped server.
function plant(byte) {
  const [{ receipt_key: key }] = query(database, 'SELECT receipt_key FROM organisation');
  const hash = receiptHash(Buffer.alloc(10, byte), key);
  change(database, (db) => {
    const row = db.prepare('SELECT kiosk, id, body FROM response LIMIT 1').get();
    const body = JSON.parse(row.body);
    body.answers.comment = canary;
    db.prepare('UPDATE response SET body = ? WHERE kiosk = ? AND id = ?').run(JSON.stringify(body), row.kiosk, row.id);
    db.prepare('INSERT INTO receipt (hash, branch, kiosk, id) VALUES (?, ?, ?, ?)').run(hash, body.branch, row.kiosk, row.id);
  });
}

async function erase(byte) {
  const reply = await fetch(`${hq.url}/api/v1/receipts/erase`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: codes[byte] }) });
  return (await reply.json()).state;
}

const stored = () => query(database, 'SELECT count(*) AS n FROM response')[0].n;
const newest = async () => (await command('backup', 'list')).lines.at(-1).split(':')[0];

before(async () => {
  await start();
  await hq.simulate({ bin, days: 1 });
});

after(async () => {
  await hq?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const findings = (done) => Object.fromEntries(JSON.parse(done.out).findings.map((f) => [f.subject, f]));

test('keeping: the doctor beside a running server finds what is wrong, with its cause and how to mend it', { timeout: 60_000 }, async () => {
  const port = new URL(hq.url).port;
  await command('backup', 'create');
  const well = await command('doctor', '--port', port);
  console.log(`  ${well.lines.join('\n  ')}`);
  assert.equal(well.code, 0, well.err);
  assert.match(well.out, /^ok +database: is whole, \d+ responses, .*a server runs on it \(process \d+\)$/m);
  assert.match(well.out, /^ok +port: .* is served by this server/m);
  assert.match(well.out, /^ok +backups: the newest of \d+ is 0 hours old and sound/m);

  chmodSync(database, 0o644);
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(folder, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=hq', '-days', '5', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const other = join(folder, 'other.pem');
  execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', other], { stdio: 'ignore' });
  const ill = await command('doctor', '--json', '--port', '1', '--public-url', 'http://hq.example.nl', '--pages', folder, '--backup-folder', folder, '--tls-certificate', certificate, '--tls-key', other);
  assert.equal(ill.code, 1);
  const found = findings(ill);
  for (const subject of ['files', 'backups', 'certificate', 'public-url', 'pages', 'port']) {
    assert.equal(found[subject].level, 'wrong', subject);
    assert.ok(found[subject].mend, subject);
  }
  assert.match(found.certificate.cause, /another certificate's/);
  chmodSync(database, 0o600);
  const soon = findings(await command('doctor', '--json', '--tls-certificate', certificate, '--tls-key', key));
  assert.match(soon.certificate.cause, /[45] days more$/);
});

test('keeping: whoever has the machine lets people in again, beside the running server', { timeout: 60_000 }, async () => {
  const made = await command('admin', 'create', 'anna@example.nl', '--role', 'reviewer');
  assert.equal(made.code, 0, made.err);
  const link = made.out.match(/(http\S+\/link#\S+)/)[1];
  assert.ok(link.startsWith(hq.url));
  const open = await fetch(`${hq.url}/api/v1/sessions/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.split('#')[1], password: 'a fine long one' }),
  });
  assert.equal(open.status, 200);
  const list = await command('admin', 'list');
  assert.match(list.out, /^anna@example\.nl: reviewer$/m);
  assert.match((await command('admin', 'create', 'anna@example.nl')).err, /has an account already/);
  assert.match((await command('admin', 'create', 'b@example.nl', '--role', 'king')).err, /is none of administrator/);
  assert.equal((await command('admin', 'remove', 'anna@example.nl')).code, 0);
  assert.doesNotMatch((await command('admin', 'list')).out, /anna/);
  const [administrator] = list.lines.filter((line) => line.includes('administrator')).map((line) => line.split(':')[0]);
  assert.match((await command('admin', 'remove', administrator)).err, /is the last administrator/);
});

test('keeping: a server that is asked to stop gives what is open 10 s and has ended', { timeout: 60_000 }, async () => {
  const { hostname, port } = new URL(hq.url);
  const half = net.connect(port, hostname, () => half.write('POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'));
  half.on('error', () => {}); // it is cut off
  const stream = await fetch(`${hq.url}/api/v1/events`, { headers: { cookie: hq.cookie } });
  assert.equal(stream.status, 200);
  const from = Date.now();
  const how = await hq.stop();
  console.log(`  ended after ${Date.now() - from} ms`);
  assert.deepEqual([how.code, how.signal], [0, null]);
  assert.ok(Date.now() - from < 15_000); // its unit kills it after 20 s
  half.destroy();
});

test('keeping: what is erased leaves no byte in the data folder and in the copies', { timeout: 120_000 }, async () => {
  plant(0);
  await start();
  assert.equal((await command('backup', 'create')).code, 0);
  assert.ok(holding(canary).some((path) => path.includes('backups')), 'the copy holds it');
  assert.equal(await erase(0), 'erased');
  const scrubbed = await command('backup', 'scrub');
  console.log(`  ${scrubbed.lines.join('\n  ')}`);
  assert.equal(scrubbed.code, 0);
  assert.match(scrubbed.out, /written anew, without what has been erased$/m);
  assert.deepEqual(holding(canary), []);
  assert.equal((await command('backup', 'verify')).code, 0);
  assert.match((await command('backup', 'scrub')).out, /no copy holds anything/);
});

test('keeping: a copy is put back of a stopped server only, and what was erased since stays erased', { timeout: 120_000 }, async () => {
  await hq.stop();
  plant(0xff);
  const answers = stored();
  await start();
  await command('backup', 'create');
  const copy = await newest();
  assert.equal(await erase(0xff), 'erased');
  const refused = await command('backup', 'restore', copy);
  assert.equal(refused.code, 3);
  assert.match(refused.err, /another halte-hq has it open; stop that one/);

  await hq.stop();
  const restored = await command('backup', 'restore', copy);
  console.log(`  ${restored.lines.join('\n  ')}`);
  assert.equal(restored.code, 0, restored.err);
  assert.match(restored.out, /erased in it once more: 1 responses/);
  assert.equal(stored(), answers - 1);
  assert.ok(readdirSync(data).some((name) => /^hq\.db\.aside-/.test(name)));
  await start();
  assert.equal(await erase(0xff), 'erased');
  assert.equal((await command('backup', 'scrub')).code, 0);
  assert.deepEqual(holding(canary), []);
});

test('keeping: a server copies its database by itself, and at once where there is no copy', { timeout: 60_000 }, async () => {
  await hq.stop();
  rmSync(join(data, 'backups'), { recursive: true, force: true });
  await start('--log-level', 'info');
  const deadline = Date.now() + 20_000;
  while (!/responses/.test((await command('backup', 'list')).out)) assert.ok(Date.now() < deadline, 'a copy within 20 s');
  assert.equal((await command('backup', 'verify')).code, 0);
});

test('keeping: a restore that is killed leaves the old database or the new one, whole', { timeout: 120_000 }, async () => {
  await command('backup', 'create');
  const copy = await newest();
  await hq.stop();
  const all = stored();
  const loseOne = () => change(database, (db) => db.exec('DELETE FROM response WHERE (kiosk, id) IN (SELECT kiosk, id FROM response LIMIT 1)'));
  loseOne();
  const from = Date.now();
  assert.equal((await command('backup', 'restore', copy)).code, 0);
  const whole = Date.now() - from;
  loseOne();
  const ends = { old: 0, new: 0 };
  for (let cut = 0; cut < 20; cut += 1) {
    const restoring = new Running(join(bin, 'halte-hq'), ['--data', data, 'backup', 'restore', copy]);
    await sleep((whole * cut) / 16); // not for a condition: the moment of the cut
    await restoring.kill('SIGKILL');
    const [{ integrity_check: verdict }] = query(database, 'PRAGMA integrity_check');
    assert.equal(verdict, 'ok');
    assert.ok([all, all - 1].includes(stored()), `${stored()} of ${all}`);
    ends[stored() === all ? 'new' : 'old'] += 1;
    if (stored() === all) loseOne();
  }
  console.log(`  killed 20 times: the old one ${ends.old} times, the new one ${ends.new} times`);
  assert.equal((await command('backup', 'restore', copy)).code, 0);
  assert.equal(stored(), all);
  await start();
  await command('backup', 'scrub');
  assert.deepEqual(readdirSync(data, { recursive: true }).filter((name) => /restoring|part|next/.test(name)), []);
});

test('keeping: accounts of a stopped server, too', { timeout: 60_000 }, async () => {
  await hq.stop();
  const made = await command('--public-url', 'https://hq.example.nl', 'admin', 'create', 'bert@example.nl');
  assert.match(made.out, /https:\/\/hq\.example\.nl\/link#\S+/);
  assert.match((await command('admin', 'list')).out, /^bert@example\.nl: administrator, no password yet$/m);
});

test('keeping: a first run without a browser sets the organisation up once, by variables', { timeout: 60_000 }, async () => {
  const password = join(folder, 'password');
  writeFileSync(password, 'correct horse battery\n');
  const env = { HALTE_BOOTSTRAP_EMAIL: 'chef@example.nl', HALTE_BOOTSTRAP_PASSWORD_FILE: password, HALTE_BOOTSTRAP_ORG: 'Versmarkt' };
  const other = join(folder, 'bootstrapped');
  for (let run = 0; run < 2; run += 1) {
    const server = new Running(join(bin, 'halte-hq'), ['--data', other, '--port', '0'], { env });
    const [, url] = await server.line(/listens on (\S+)/);
    const reply = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'chef@example.nl', password: 'correct horse battery' }),
    });
    assert.equal(reply.status, 200);
    assert.equal((await reply.json()).organisation.name, 'Versmarkt');
    assert.ok(!server.lines.some((line) => line.includes('/setup#')));
    await server.stop();
  }
  assert.equal(statSync(join(other, 'recovery-key.txt')).mode & 0o777, 0o600);
});

test('keeping: metrics open by their token, and readiness says what it looked at', { timeout: 60_000 }, async () => {
  const file = join(folder, 'token');
  writeFileSync(file, `${'measure'.repeat(4)}\n`);
  await start('--metrics-token-file', file);
  const ready = await (await fetch(`${hq.url}/readyz`)).json();
  assert.deepEqual(ready.checks.map((check) => check.name), ['database', 'disk', 'backups']);
  assert.equal(ready.ready, true);
  const measure = (token) => fetch(`${hq.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await measure('nothing')).status, 401);
  const text = await (await measure('measure'.repeat(4))).text();
  assert.match(text, /^halte_http_requests_total\{method="GET",route="\/readyz",status="200"\} 1$/m);
  assert.match(text, /^halte_database_bytes [1-9]/m);
  writeFileSync(file, 'short');
  await hq.stop();
  assert.match((await command('--metrics-token-file', file)).err, /no token of at least 16 letters/);
});
