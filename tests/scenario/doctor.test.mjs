// SPDX-License-Identifier: Apache-2.0
// `halte-kiosk doctor` on a kiosk that is as it should be, and on set-ups that are broken in one way each: it names
// the cause and the mend, calls nothing else wrong, changes nothing and ends in time.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmdirSync, writeFileSync, writeSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { run, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { SpeechDaemon } from './speech_daemon.mjs';
import { Stage, bin } from './stage.mjs';
import { TouchScreen } from './touch_screen.mjs';
import { Wire } from './wire.mjs';

const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const missing =
  process.getuid() !== 0 ? 'Xorg needs root here' : !existsSync('/usr/lib/xorg/Xorg') ? 'Xorg is not installed' : !existsSync(faketime) && 'faketime is not installed';
const longest = 15_000; // milliseconds, whatever is broken
const glass = [268, 476]; // millimetres: 21.5 inches

let stage, wire, speech, well;

// A kiosk that was enrolled, has its configuration and one answer that nobody took yet. Tests break copies of it.
before(async () => {
  if (missing) return;
  stage = await Stage.start({ days: 0, screen: await TouchScreen.start(1080, 1920) });
  stage.screen.measures(...glass);
  speech = await SpeechDaemon.start(stage.folder);
  wire = await Wire.start(stage.hq.url);
  rmdirSync(stage.data); // the kiosk makes its folder itself, for its owner alone
  const kiosk = stage.startKiosk({ server: wire.url });
  await kiosk.shows('rate');
  wire.pull();
  await answer(kiosk);
  await kiosk.stop();
  wire.plug();
  well = copyOf(stage.data);
});

after(async () => {
  await speech?.stop();
  wire?.stop();
  await stage?.stop();
});

// One face, which is durable then; the end of the kiosk closes the visit.
async function answer(kiosk) {
  const before = kiosk.count('saved_open');
  await new Visitor(kiosk, stage.screen, random(3)).first();
  await until('the answer to be durable', () => kiosk.count('saved_open') > before);
}

let copies = 0;
function copyOf(data) {
  copies += 1;
  const folder = join(stage.folder, `copy-${copies}`);
  execFileSync('cp', ['-a', data, folder]);
  return folder;
}

async function doctor({ data = copyOf(well), env = {}, args = [] } = {}) {
  const surroundings = { ...stage.screen.env, ...speech.env, ...env };
  const started = performance.now();
  const done = await run(join(bin, 'halte-kiosk'), ['doctor', '--data', data, ...args], { env: surroundings });
  const took = performance.now() - started;
  console.log(`${done.out}${done.err}\n(${Math.round(took)} ms, exit status ${done.code})`);
  assert.ok(took < longest, `it took ${took} ms`);
  const subjects = (level) => [...new Set(done.out.split('\n').flatMap((line) => line.match(`^${level} +([a-z]+):`)?.[1] ?? []))];
  return { ...done, data, wrong: subjects('wrong'), warnings: subjects('warning'), well: subjects('ok') };
}

// Of each file in the folder, its permissions and its bytes.
function contents(folder) {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]),
  );
}

// Whether a time server leads this machine's clock, which no test may change: what the kernel told Perl.
function clockIsLed() {
  return execFileSync('perl', ['-e', 'my $answer = "\\0" x 256; print syscall(159, $answer)']).toString() !== '5';
}

function onlyWrong(done, subject) {
  assert.deepEqual(done.wrong, [subject]);
  assert.equal(done.code, 1);
}

const scenario = (name, body) => test(name, { timeout: 120_000, skip: missing }, body);

scenario('doctor: a kiosk that is as it should be is called ok in everything, and not a byte of it changes', async () => {
  const data = copyOf(well);
  const before = contents(data);
  const done = await doctor({ data });
  assert.deepEqual(done.wrong, []);
  assert.deepEqual(done.warnings, clockIsLed() ? [] : ['clock']);
  const all = [...done.well, ...done.warnings].sort();
  assert.deepEqual(all, ['audio', 'certificate', 'clock', 'configuration', 'database', 'disk', 'display', 'enrolment', 'files', 'fonts', 'network', 'touch']);
  assert.equal(done.code, 0);
  assert.match(done.out, /database: is whole, 1 answer waits in it, no kiosk runs on it now/);
  assert.match(done.out, /display: the glass of 1080 x 1920 pixels is 268 x 476 mm \(21\.5 inches\)/);
  assert.deepEqual(contents(data), before);
});

scenario('doctor: beside a running kiosk it says so, disturbs no visitor, and tells the same as JSON', async () => {
  const kiosk = stage.startKiosk();
  await kiosk.shows('rate');
  const done = await doctor({ data: stage.data, args: ['--json'] });
  const told = JSON.parse(done.out);
  assert.equal(told.wrong, 0);
  assert.equal(done.code, 0);
  const database = told.findings.find((f) => f.subject === 'database');
  assert.match(database.cause, new RegExp(`a kiosk runs on it \\(process ${kiosk.process.pid}\\)`));
  assert.equal(database.mend, '');
  await answer(kiosk);
  await kiosk.stop();
});

scenario('doctor: without a touchscreen it names that, and where to look', async () => {
  const screen = await Screen.start(1080, 1920);
  try {
    const done = await doctor({ env: screen.env });
    onlyWrong(done, 'touch');
    assert.match(done.out, /^wrong +touch: X knows no touchscreen; connect its USB cable.*xinput list$/m);
  } finally {
    await screen.stop();
  }
});

scenario('doctor: a touchscreen beside the display is named, with the command that puts it there', async () => {
  const set = (...matrix) =>
    execFileSync('xinput', ['set-prop', 'finger', 'Coordinate Transformation Matrix', ...matrix.map(String)], { env: { ...process.env, ...stage.screen.env } });
  set(0.5, 0, 0, 0, 1, 0, 0, 0, 1);
  try {
    const done = await doctor();
    onlyWrong(done, 'touch');
    assert.match(done.out, /^wrong +touch: 'finger' covers 540 x 1920 pixels.*xinput map-to-output 'finger' /m);
  } finally {
    set(1, 0, 0, 0, 1, 0, 0, 0, 1);
  }
});

scenario('doctor: a clock that is wrong is told by how much, against the server', async () => {
  const done = await doctor({ env: { LD_PRELOAD: faketime, FAKETIME: '+400d', FAKETIME_DONT_FAKE_MONOTONIC: '1' } });
  onlyWrong(done, 'clock');
  assert.match(done.out, /^wrong +clock: it is 400 days ahead of the server's; .*timedatectl set-ntp true$/m);
});

scenario('doctor: without a voice it names speech-dispatcher, and what to install', async () => {
  const done = await doctor({ env: { SPEECHD_ADDRESS: `unix_socket:${join(stage.folder, 'nobody')}` } });
  onlyWrong(done, 'audio');
  assert.match(done.out, /^wrong +audio: .*speech-dispatcher does not answer; .*apt-get install speech-dispatcher/m);
});

scenario('doctor: a full disk is named with what to delete', async (t) => {
  const data = join(stage.folder, 'small');
  mkdirSync(data);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=700', 'tmpfs', data]);
  } catch {
    return t.skip('this machine lets nobody mount');
  }
  try {
    cpSync(well, data, { recursive: true });
    writeFileSync(join(data, 'film.mp4'), Buffer.alloc(25 << 20));
    const done = await doctor({ data });
    onlyWrong(done, 'disk');
    assert.match(done.out, /^wrong +disk: it is full: .* out of service; .*never kiosk\.db.*rm '\S*film\.mp4' \(25 MB\)$/m);
  } finally {
    execFileSync('umount', [data]);
  }
  return undefined;
});

// A server of its own with a certificate that openssl made so many days ago for so many days.
async function withTls(madeAgo, days, body) {
  const [certificate, key] = ['cert.pem', 'key.pem'].map((name) => join(stage.folder, name));
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=Halte test'];
  execFileSync('openssl', [...words, '-addext', 'subjectAltName=IP:127.0.0.1', '-days', `${days}`, '-keyout', key, '-out', certificate], {
    env: { ...process.env, LD_PRELOAD: faketime, FAKETIME: `-${madeAgo}d` },
    stdio: 'ignore',
  });
  const hq = await Headquarters.start({ bin, data: join(stage.folder, `tls-${madeAgo}`), args: ['--tls-certificate', certificate, '--tls-key', key] });
  try {
    await body(await doctor({ data: mkFolder(), args: ['--server', hq.url, '--ca-file', certificate] }));
  } finally {
    await hq.stop();
  }
}

function mkFolder() {
  copies += 1;
  const folder = join(stage.folder, `empty-${copies}`);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

scenario('doctor: an expired certificate is named with its day', async () => {
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await withTls(30, 10, (done) => {
    assert.equal(done.code, 1);
    assert.ok(done.wrong.includes('certificate'));
    assert.match(done.out, new RegExp(`^wrong +certificate: that of 127\\.0\\.0\\.1 expired on ${day(20)}, by this kiosk's clock it is ${day(0)}; have it renewed`, 'm'));
    assert.ok(done.well.includes('network'), 'the network did its part');
  });
});

scenario('doctor: a certificate in its last two weeks is a warning, and the machine that is no kiosk yet is told how to be one', async () => {
  await withTls(80, 90, (done) => {
    assert.match(done.out, /^warning +certificate: .* 9 days more; have it renewed/m);
    assert.match(done.out, /^wrong +enrolment: .*halte-kiosk --data '.*' --server https:\/\/127\.0\.0\.1:\d+ --enrol CODE$/m);
    assert.match(done.out, /^wrong +database: there is none/m);
  });
});

scenario('doctor: files that others may read are named with the chmod that mends it', async () => {
  const data = copyOf(well);
  chmodSync(join(data, 'kiosk.db'), 0o644);
  chmodSync(data, 0o777);
  const done = await doctor({ data });
  onlyWrong(done, 'files');
  const command = (pattern) => done.out.match(pattern)?.[1];
  const mends = [command(/^wrong +files: others may write.*(chmod 700 .*)$/m), command(/^wrong +files: others may read.*kiosk\.db.*(chmod 600 .*)$/m)];
  for (const mend of mends) execFileSync('sh', ['-c', mend]);
  assert.deepEqual((await doctor({ data })).wrong, []);
});

scenario('doctor: a configured diagonal that the glass cannot have is wrong, one against the panel a doubt', async () => {
  const done = await doctor({ args: ['--diagonal', '5'] });
  onlyWrong(done, 'display');
  assert.match(done.out, /^wrong +display: the glass of 1080 x 1920 pixels cannot have the configured diagonal of 5\.0 inches.*; measure the glass/m);
  const doubt = await doctor({ args: ['--diagonal', '43'] });
  assert.match(doubt.out, /^warning +display: the configured diagonal is 43\.0 inches, the panel itself tells 21\.5.*; measure the glass/m);
  assert.equal(doubt.code, 0);
});

// In the answer that waits: its hash no longer fits, though the file is sound.
function flipAnswer(data) {
  const path = join(data, 'kiosk.db');
  const at = readFileSync(path).indexOf('"answers"');
  assert.ok(at > 0);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from('"bnswers"'), 0, 9, at);
  closeSync(file);
}

scenario('doctor: a database with flipped bytes is named with how to rescue it, and left as it is', async () => {
  const data = copyOf(well);
  flipAnswer(data);
  const before = contents(data);
  const done = await doctor({ data });
  onlyWrong(done, 'database');
  assert.match(done.out, /^wrong +database: is damaged: 1 of 1 answers in it are no longer what was written; stop the kiosk, .*cp -a/m);
  assert.deepEqual(contents(data), before);

  const file = openSync(join(data, 'kiosk.db'), 'r+');
  for (let page = 1; page < 12; page += 1) writeSync(file, randomBytes(64), 0, 64, page * 4096);
  closeSync(file);
  const worse = await doctor({ data });
  assert.equal(worse.code, 1);
  assert.match(worse.out, /^wrong +database: .*damaged.*; stop the kiosk/m);
});

scenario("doctor: a network's log-in page is not taken for the server, and gets no token", async () => {
  const seen = [];
  const portal = http.createServer((request, reply) => {
    seen.push(request.headers);
    reply.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to our Wi-Fi</h1>');
  });
  await new Promise((done) => portal.listen(0, '127.0.0.1', done));
  wire.plug(`http://127.0.0.1:${portal.address().port}`);
  try {
    const done = await doctor();
    onlyWrong(done, 'network');
    assert.match(done.out, /^wrong +network: something else answers .*captive portal.*; log this machine in/m);
    assert.equal(seen.length, 1);
    assert.ok(!seen.some((headers) => headers.authorization));
  } finally {
    wire.plug(stage.hq.url);
    portal.close();
    portal.closeAllConnections();
  }
});

scenario('doctor: whatever hangs, it ends in time and names each of them', async () => {
  const silent = net.createServer(() => {});
  await new Promise((done) => silent.listen(0, '127.0.0.1', done));
  const screen = await Screen.start(1080, 1920);
  wire.plug(`http://127.0.0.1:${silent.address().port}`);
  const stopped = [screen.server, speech.process];
  for (const running of stopped) running.child.kill('SIGSTOP');
  try {
    const done = await doctor({ env: screen.env });
    assert.deepEqual(done.wrong, ['display', 'audio', 'network']);
    assert.match(done.out, /^wrong +display: gave no answer within 10 s; .*restart the kiosk's X session$/m);
    assert.match(done.out, /^wrong +audio: gave no answer within 10 s; speech-dispatcher hangs/m);
    assert.match(done.out, /^wrong +network: .*takes a request and does not answer/m);
    assert.ok(done.well.includes('database'), 'the others are told');
    assert.equal(done.code, 1);
  } finally {
    for (const running of stopped) running.child.kill('SIGCONT');
    wire.plug(stage.hq.url);
    silent.close();
    await screen.stop();
  }
});

scenario('doctor: a kiosk in whose place another machine was enrolled is told to be enrolled again', async () => {
  const { code } = await stage.hq.call('POST', `/kiosks/${stage.demo.kiosk}/enrolment-codes`, {});
  const reply = await fetch(`${stage.hq.url}/api/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ code, public_key: randomBytes(32).toString('base64url'), software: 'test' }),
  });
  assert.equal(reply.status, 201);
  const done = await doctor();
  onlyWrong(done, 'enrolment');
  assert.match(done.out, /^wrong +enrolment: .*takes it no more \(HTTP 401.*enrolled in its place; get a new code .*--enrol CODE; the answers that wait here are kept$/m);
});

scenario('doctor: a server that is not reached is named with how far it came', async () => {
  wire.stop();
  await until('the port to be closed', () => !wire.server.listening);
  const done = await doctor();
  onlyWrong(done, 'network');
  assert.match(done.out, /^wrong +network: 127\.0\.0\.1 port \d+ lets nobody in .*; see that the server runs.*the answers are kept until then$/m);
  assert.match(done.out, /^warning +enrolment: .*could not be asked/m);
});
