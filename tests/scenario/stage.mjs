// SPDX-License-Identifier: Apache-2.0
// What the scenarios share: a server with a demo organisation, a kiosk at it, all in one folder that goes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';

export const bin = join(process.env.HALTE_BUILD ?? 'build/dev', 'bin');

export class Stage {
  // `days` of history; `screen` an X server with a finger, Xvfb unless given; `assets` makes a folder of other
  // surveys in the one it is given.
  static async start({ days = 3, screen, assets } = {}) {
    const stage = new Stage();
    stage.screen = screen; // before anything can fail: stop() ends it
    try {
      stage.hq = await Headquarters.start({ bin, data: join(stage.folder, 'hq') });
      stage.demo = await stage.hq.simulate({ bin, days, env: assets ? { HALTE_ASSETS: assets(stage.folder) } : {} });
      stage.screen ??= await Screen.start(1080, 1920);
    } catch (error) {
      await stage.stop();
      throw error;
    }
    return stage;
  }

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'halte-scenario-'));
    this.data = join(this.folder, 'kiosk');
    mkdirSync(this.data);
  }

  // The first start enrols; later ones find the identity in the data folder.
  startKiosk({ server = this.hq.url, args = [], env = {} } = {}) {
    const enrol = this.enrolled ? undefined : this.demo.code;
    this.enrolled = true;
    const announce = join(this.folder, 'announce.jsonl'); // not in `data`, whose disk a test may fill
    this.kiosk = Kiosk.start({ bin, data: this.data, env: { ...this.screen.env, ...env }, server, enrol, args, announce });
    return this.kiosk;
  }

  // Answers of the kiosk's touchpoint that the server counts.
  async received() {
    return (await this.hq.touchpoint(this.demo.touchpoint, undefined, 30))?.emotion?.n ?? 0;
  }

  // Everything that was saved, or so many answers, are delivered; gives the kiosk's own count of them.
  async drained(ms, answers) {
    const news = await until('everything to be delivered', () => {
      const last = this.kiosk.look().findLast((e) => e.event === 'synced');
      return last?.pending === 0 && last.acknowledged >= (answers ?? this.kiosk.count('saved')) && last;
    }, ms);
    return news.acknowledged;
  }

  async stop() {
    await this.kiosk?.process.stop();
    await this.hq?.stop();
    await this.screen?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
