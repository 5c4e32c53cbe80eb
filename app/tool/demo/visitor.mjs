// SPDX-License-Identifier: Apache-2.0
// Visitors that tap by themselves: a face, perhaps a reason and a score, then away.
import { until } from './processes.mjs';

// Deterministic, so that a demo can be told again.
export function random(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

// Shares of the five faces, worst first, added up.
const faces = [0.05, 0.13, 0.32, 0.7, 1];

export class Visitor {
  constructor(kiosk, screen, chance) {
    this.kiosk = kiosk;
    this.screen = screen;
    this.chance = chance;
  }

  async tap(id) {
    await this.screen.tap(...(await this.kiosk.place(id)));
  }

  // One of the targets that stand, by how their ids start.
  some(prefix) {
    const ids = Object.keys(this.kiosk.screen.targets).filter((id) => id.startsWith(prefix));
    return ids[Math.floor(this.chance() * ids.length)];
  }

  async first() {
    await this.kiosk.shows('rate');
    const at = this.chance();
    await this.tap(`face/${faces.findIndex((share) => at < share)}`);
  }

  // Answers the screen that stands and waits for the next one.
  async next() {
    const { name } = this.kiosk.screen;
    if (name.startsWith('question/') && this.some('number/')) {
      await this.tap(this.some('number/'));
    } else if (name.startsWith('question/') && this.some('chip/') && this.chance() < 0.6) {
      await this.tap(this.some('chip/'));
      await until('the button "next"', () => this.kiosk.look() && this.kiosk.screen.targets.next, 3_000);
      await this.tap('next');
    } else if (name !== 'saving') {
      await this.tap(name === 'invitation' ? 'no' : 'skip');
    }
    await until(`another screen than ${name}`, () => this.kiosk.look() && this.kiosk.screen.name !== name);
  }

  // From the first face to the thanks, which stand only after the commit, and on to the next visitor.
  async visit() {
    await this.first();
    await until('the screen after the face', () => this.kiosk.look() && this.kiosk.screen.name !== 'rate');
    await this.finish();
  }

  // From the question that stands to one of these last screens, and on to the next visitor.
  async finish(last = ['thanks']) {
    while (!last.includes(this.kiosk.screen.name)) await this.next();
    await this.tap('dismiss');
    await until('the first screen', () => this.kiosk.look() && ['rate', 'service'].includes(this.kiosk.screen.name));
  }
}
