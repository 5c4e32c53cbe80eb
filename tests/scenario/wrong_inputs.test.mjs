// SPDX-License-Identifier: Apache-2.0
// What goes wrong at a command line or in a folder: a clear word, the right exit status, nothing lost.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { Running, run, until } from '../../app/tool/demo/processes.mjs';
import { Stage, bin } from './stage.mjs';

const folder = mkdtempSync(join(tmpdir(), 'halte-wrong-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name, text) => {
  writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
  return join(folder, name);
};
const fresh = (name) => {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
};

// The program must end with that status and say all of these words.
async function refuses(program, args, status, words, env = {}) {
  const ended = await run(join(bin, program), args, { env });
  assert.equal(ended.code, status, `${program} ${args.join(' ')} said: ${ended.err}${ended.out}`);
  for (const word of words) assert.match(ended.err, word);
  console.log(`  ${ended.err.trim().split('\n')[0]}`);
}

const foreignDatabase = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]);
const survey = (question) => ({ locale: 'nl', pages: [{ name: 'p', elements: [question] }] });

test('a survey with an unknown type is refused, with the place and every problem', async () => {
  const path = file('type.json', { locale: 'nl', pages: [{ name: 'p', elements: [{ type: 'matrix', name: 'a' }, { type: 'file', name: 'b' }] }] });
  await refuses('halte', ['validate', path], 1, [/\/pages\/0\/elements\/0/, /matrix/, /\/pages\/0\/elements\/1/, /file/]);
});

test('a survey with a broken expression is refused', async () => {
  const path = file('expression.json', survey({ type: 'comment', name: 'a', visibleIf: '{nps} <= and' }));
  await refuses('halte', ['validate', path], 1, [/\/pages\/0\/elements\/0\/visibleIf/]);
});

test('a missing translation falls back and is listed', async () => {
  const path = file('translation.json', survey({ type: 'comment', name: 'a', title: { nl: 'Nog iets?', en: 'Anything else?' } }));
  const ended = await run(join(bin, 'halte'), ['validate', path]);
  assert.equal(ended.code, 0);
  assert.match(ended.out, /\/pages\/0\/elements\/0\/title: no text in 'de'/);
});

test('a wrong key in the settings file is named, with its place', async () => {
  const toml = file('kiosk.toml', 'size = "1080x1920"\nthme = "dark"\n');
  await refuses('halte-kiosk', ['--config', toml], 2, [/kiosk\.toml/, /thme/, /2/]);
});

test('a database of another program or of a newer version is refused and stays as it was', async () => {
  const data = fresh('foreign');
  writeFileSync(join(data, 'hq.db'), foreignDatabase);
  await refuses('halte-hq', ['--data', data, '--port', '0'], 3, [/hq\.db/, /another program/]);
  assert.deepEqual(readFileSync(join(data, 'hq.db')), foreignDatabase);

  const hq = await Headquarters.start({ bin, data: fresh('newer') });
  await hq.stop();
  const path = join(folder, 'newer', 'hq.db');
  const bytes = readFileSync(path);
  bytes.writeUInt32BE(99, 60); // user_version in the header
  writeFileSync(path, bytes);
  await refuses('halte-hq', ['--data', join(folder, 'newer'), '--port', '0'], 3, [/newer halte-hq/, /schema 99/]);
  assert.deepEqual(readFileSync(path), bytes);
});

test('the kiosk refuses them as well, before it opens a window', async () => {
  const data = fresh('kiosk-databases');
  const path = join(data, 'kiosk.db');
  writeFileSync(path, foreignDatabase);
  await refuses('halte-kiosk', ['--data', data], 3, [/kiosk\.db/, /another program/]);
  assert.deepEqual(readFileSync(path), foreignDatabase);
  rmSync(path);
  await refuses('halte-kiosk', ['--data', data], 4, [/no display/], { DISPLAY: '', WAYLAND_DISPLAY: '' }); // makes its own
  const bytes = readFileSync(path);
  bytes.writeUInt32BE(99, 60);
  writeFileSync(path, bytes);
  await refuses('halte-kiosk', ['--data', data], 3, [/newer halte-kiosk/, /schema 99/]);
  assert.deepEqual(readFileSync(path), bytes);
});

test('two processes on one database: the second is refused', async () => {
  const hq = await Headquarters.start({ bin, data: fresh('twice') });
  try {
    await refuses('halte-hq', ['--data', join(folder, 'twice'), '--port', '0'], 3, [/another halte-hq has it open/]);
  } finally {
    await hq.stop();
  }
});

test('a port in use is named', async () => {
  const taken = net.createServer();
  await new Promise((done) => taken.listen(0, '127.0.0.1', done));
  try {
    const { port } = taken.address();
    await refuses('halte-hq', ['--data', fresh('port'), '--port', `${port}`], 4, [new RegExp(`${port}`)]);
  } finally {
    taken.close();
  }
});

test('plain HTTP to another machine is refused, by server and by kiosk', async () => {
  await refuses('halte-hq', ['--data', fresh('plain'), '--address', '0.0.0.0', '--port', '0'], 2, [/plain HTTP is for this machine only/]);
  await refuses('halte-kiosk', ['--data', fresh('plain-kiosk'), '--server', 'http://192.0.2.1', '--enrol', 'ABCD-EFGH-JKMN-PQRS'], 3, [/192\.0\.2\.1/, /plain http/i]);
});

test('a used code in the start command starts the kiosk that it has enrolled, and is refused at another server', async () => {
  const stage = await Stage.start({ days: 1 });
  try {
    for (const start of ['first', 'second']) {
      stage.enrolled = false; // the same words each time, as a service file has them
      await stage.startKiosk().shows('rate');
      await stage.kiosk.stop();
      console.log(`  ${start} start: ${stage.kiosk.process.errors.split('\n').find((line) => line.includes('enrol'))}`);
    }
    const elsewhere = ['--data', stage.data, '--server', 'http://127.0.0.1:1', '--enrol', stage.demo.code];
    await refuses('halte-kiosk', elsewhere, 1, [/127\.0\.0\.1:1/], stage.screen.env);
  } finally {
    await stage.stop();
  }
});

test('a code that stands in the settings keeps no kiosk from starting, and is used when headquarters can be reached', { timeout: 120_000 }, async () => {
  const stage = await Stage.start({ days: 0 });
  const settings = (server) => file('kiosk.toml', `server = "${server}"\nenrol = "${stage.demo.code}"\n`);
  const start = (server) => {
    const announce = join(stage.folder, 'announce.jsonl');
    const args = ['--config', settings(server)];
    return (stage.kiosk = Kiosk.start({ bin, data: stage.data, env: stage.screen.env, args, announce }));
  };
  try {
    const { url } = stage.hq;
    await stage.hq.stop();
    const kiosk = start(url);
    await kiosk.shows('service');
    stage.hq = await Headquarters.start({ bin, data: join(stage.folder, 'hq'), port: new URL(url).port });
    await until('the kiosk to be enrolled', () => kiosk.look() && kiosk.screen.name === 'rate', 60_000);
    await kiosk.process.stop();
    // As if it had been enrolled at its glass since.
    await start('http://127.0.0.1:1').shows('rate');
    console.log(`  ${stage.kiosk.process.errors.split('\n').find((line) => line.includes('goes on as it is'))}`);
  } finally {
    await stage.stop();
  }
});

test('no display is a sentence', async () => {
  await refuses('halte-kiosk', ['--data', fresh('display')], 4, [/no display/], { DISPLAY: '', WAYLAND_DISPLAY: '' });
});

test('no OpenGL is a sentence', async () => {
  const server = new Running('Xvfb', ['-displayfd', '1', '-screen', '0', '640x480x24', '-nolisten', 'tcp', '-extension', 'GLX']);
  try {
    const [, number] = await server.line(/^(\d+)$/);
    await refuses('halte-kiosk', ['--data', fresh('gl')], 4, [/OpenGL/], { DISPLAY: `:${number}` });
  } finally {
    await server.stop();
  }
});

test('a full disk is a sentence, and nothing is half done', { skip: process.getuid() !== 0 && 'mounting needs root' }, async (t) => {
  const data = fresh('full');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', data]);
  } catch {
    return t.skip('this machine lets nobody mount');
  }
  try {
    await refuses('halte-hq', ['--data', data, '--port', '0'], 1, [/disk is full|No space left/]);
  } finally {
    execFileSync('umount', [data]);
  }
});
