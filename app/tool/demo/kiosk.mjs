// SPDX-License-Identifier: Apache-2.0
// halte-kiosk as a child, followed by what it announces: which screen stands, where its targets are, what
// became durable, what was delivered.
import { watch } from 'node:fs/promises';
import { existsSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Running, sleep, until } from './processes.mjs';

export class Kiosk {
  static start({ bin, data, env, size = '1080x1920', server, enrol, args = [], announce = join(data, 'announce.jsonl') }) {
    const from = existsSync(announce) ? statSync(announce).size : 0;
    const words = ['--data', data, '--size', size, '--announce', announce, ...args];
    if (enrol) words.push('--server', server, '--enrol', enrol);
    return new Kiosk(new Running(join(bin, 'halte-kiosk'), words, { env }), announce, from);
  }

  constructor(process, announce, from) {
    this.process = process;
    this.announce = announce;
    this.at = from;
    this.rest = '';
    this.events = [];
    this.screen = null;
    this.guard = 400; // milliseconds
  }

  take(announced) {
    const event = { ...announced, seen: performance.now() };
    this.events.push(event);
    if (event.event === 'screen') {
      if (event.name !== this.screen?.name) this.since = event.seen;
      this.screen = event;
    }
  }

  // Takes in what was announced since the last look.
  look() {
    if (existsSync(this.announce)) {
      const size = statSync(this.announce).size;
      if (size > this.at) {
        const file = openSync(this.announce, 'r');
        const bytes = Buffer.alloc(size - this.at);
        readSync(file, bytes, 0, bytes.length, this.at);
        closeSync(file);
        this.at = size;
        const lines = (this.rest + bytes).split('\n');
        this.rest = lines.pop();
        for (const line of lines) this.take(JSON.parse(line));
      }
    }
    if (this.process.how) throw new Error(`halte-kiosk ended with ${JSON.stringify(this.process.how)}: ${this.process.errors}`);
    return this.events;
  }

  count(name) {
    return this.look().filter((e) => e.event === name).length;
  }

  // The next announcement of that kind, within the same millisecond: the file is watched, not polled.
  async next(name, ms = 5_000) {
    const before = this.count(name);
    const patience = AbortSignal.timeout(ms);
    for await (const _ of watch(this.announce, { signal: patience })) {
      if (this.count(name) > before) return this.events.findLast((e) => e.event === name);
    }
  }

  // The screen that stands, once it is one of these.
  async shows(...names) {
    return until(`the screen ${names.join(' or ')} (it is ${this.screen?.name})`, () => {
      this.look();
      return this.screen && names.includes(this.screen.name) && this.screen;
    });
  }

  // The middle of a target of the screen that stands, once the kiosk takes taps on it: it ignores the first
  // 350 ms after a change, so that a double tap does not answer the next question.
  async place(id) {
    await sleep(Math.max(0, this.since + this.guard - performance.now()));
    this.look();
    const box = this.screen?.targets[id];
    if (!box) throw new Error(`no target ${id} on ${this.screen?.name}: ${Object.keys(this.screen?.targets ?? {})}`);
    return [box[0] + box[2] / 2, box[1] + box[3] / 2];
  }

  async stop() {
    return this.process.stop();
  }
}
