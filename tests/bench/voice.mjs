// SPDX-License-Identifier: Apache-2.0
// A key to silence: the daemon's player of sound is a program that takes long, and the key ends it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { run, sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { SpeechDaemon } from '../scenario/speech_daemon.mjs';
import { orGone, quantile } from './support.mjs';

const keys = 60;

// Whoever plays the last sentence, by its process.
class Player {
  constructor(folder) {
    this.file = join(folder, 'player');
    this.command = `echo $$ > ${this.file}.new; mv ${this.file}.new ${this.file}; exec sleep 60`;
  }

  current() {
    return existsSync(this.file) ? Number(readFileSync(this.file, 'utf8')) : 0;
  }

  static plays(pid) {
    const status = orGone(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
    return status !== '' && !/\) Z/.test(status);
  }
}

async function measure({ screen, player }) {
  const [silences, sendings] = [[], []];
  let last = 0;
  for (let i = 0; i <= keys; i += 1) {
    const begun = performance.now();
    const sending = run('xdotool', ['key', i % 2 ? 'Right' : 'Left'], { env: screen.env });
    while (last && Player.plays(last)) await sleep(1);
    if (last) silences.push(performance.now() - begun);
    const done = await sending;
    if (done.code !== 0) throw new Error(done.err);
    if (last) sendings.push(performance.now() - begun);
    last = await until('the next sentence', () => player.current() !== last && Player.plays(player.current()) && player.current());
  }
  return { silences, sendings };
}

export async function keyToSilence({ bin, folder, add }) {
  const player = new Player(folder);
  const hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
  const screen = await Screen.start(1080, 1920);
  const daemon = await SpeechDaemon.start(folder, player.command);
  const data = join(folder, 'kiosk');
  mkdirSync(data);
  let station;
  try {
    const { code } = await hq.simulate({ bin, days: 1 });
    station = Kiosk.start({ bin, data, env: { ...screen.env, ...daemon.env }, server: hq.url, enrol: code });
    await station.shows('rate');
    const { silences, sendings } = await measure({ screen, player });
    for (const [name, share] of [['p50', 0.5], ['p99', 0.99]])
      add(`kiosk, a key to silence, ${name} of ${keys}`, quantile(silences, share), 'ms', {
        limit_name: 'sending the key', limit: quantile(sendings, share), target: 100, of: 'value' });
  } finally {
    await station?.stop();
    await daemon.stop();
    await screen.stop();
    await hq.stop();
  }
}
