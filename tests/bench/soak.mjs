// SPDX-License-Identifier: Apache-2.0
// Hours of visitors in minutes: the kiosk lives in a time that runs faster (libfaketime), so its time-outs, its
// turns of language, its heartbeats and its visitors come as often as in the shop.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { sleep, until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Finger, memoryMiB } from './support.mjs';

const speed = 60;
const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const realMs = (simulatedMinutes) => (simulatedMinutes * 60_000) / speed;

// Visitors come within a minute of each other, walk away in the middle now and then, and take it up again if the
// kiosk went on without them.
class Day {
  constructor(station, screen) {
    this.station = station;
    this.finger = new Finger(screen);
    this.chance = random(7);
    this.visitor = new Visitor(station, this.finger, this.chance);
    this.visits = this.left = 0;
  }

  async one() {
    try {
      if (this.chance() < 0.15) await this.visitor.first();
      else await this.visitor.visit();
      this.visits += 1;
    } catch {
      this.left += 1; // at sixty times the speed a tap may come too late
    }
    await this.station.shows('rate');
    await sleep(realMs(0.2 + 0.8 * this.chance()));
  }
}

export async function soak({ bin, folder, add, hours }) {
  if (!existsSync(library)) throw new Error(`${library} is missing: apt-get install faketime`);
  const hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
  const screen = await Screen.start(1080, 1920);
  const data = join(folder, 'kiosk');
  mkdirSync(data);
  let station;
  try {
    const { code } = await hq.simulate({ bin, days: 1 });
    const env = { ...screen.env, LD_PRELOAD: library, FAKETIME: `+0 x${speed}` };
    station = Kiosk.start({ bin, data, env, server: hq.url, enrol: code });
    station.guard /= speed;
    await station.shows('rate');
    const day = new Day(station, screen);
    const memory = [];
    const begun = performance.now();
    const hour = () => ((performance.now() - begun) * speed) / 3_600_000;
    while (hour() < hours) {
      await day.one();
      if (hour() >= 1 + memory.length / 2) {
        memory.push(memoryMiB(station.process.pid));
        console.log(`soak: hour ${hour().toFixed(1)}, ${day.visits} visits, ${day.left} left, ${memory.at(-1).toFixed(1)} MiB`);
      }
    }
    day.finger.lift();
    const last = await until('everything to be delivered', () => station.look() && station.events.findLast((e) => e.event === 'synced' && e.pending === 0 && e.acknowledged >= day.visits), 60_000);
    const spread = (Math.max(...memory) / Math.min(...memory) - 1) * 100;
    const gone = day.left / (day.visits + day.left);
    if (memory.length < 2 || gone > 0.1) throw new Error(`soak: ${memory.length} looks at the memory (2 are needed), ${Math.round(gone * 100)} % of the visits were cut short (10 are allowed)`);
    add(`kiosk, memory over ${hours} simulated hours, most over least`, spread, '%', { target: 5, of: 'value' });
    add(`kiosk, answers delivered in ${hours} simulated hours`, last.acknowledged, '', { limit_name: 'visits', limit: day.visits });
  } finally {
    await station?.stop();
    await screen.stop();
    await hq.stop();
  }
}
