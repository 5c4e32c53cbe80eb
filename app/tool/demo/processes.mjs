// SPDX-License-Identifier: Apache-2.0
// Starting, watching and ending programs.
import { spawn } from 'node:child_process';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Polls until `look` gives something that is true, and returns that.
export async function until(what, look, ms = 15_000) {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await sleep(5);
  }
}

// A running program: its output line by line, its end as a promise.
export class Running {
  constructor(program, args, { env = {}, quiet = true, cwd } = {}) {
    this.lines = [];
    this.errors = '';
    this.name = program.split('/').pop();
    this.child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], cwd });
    let rest = '';
    this.child.stdout.on('data', (data) => {
      const parts = (rest + data).split('\n');
      rest = parts.pop();
      this.lines.push(...parts);
    });
    this.child.stdout.on('end', () => rest && this.lines.push(rest));
    this.child.stderr.on('data', (data) => {
      this.errors += data;
      if (!quiet) process.stderr.write(data);
    });
    this.ended = new Promise((done) => {
      this.child.on('error', (error) => done({ code: 127, signal: null, error }));
      this.child.on('close', (code, signal) => done({ code, signal }));
    });
    this.ended.then((how) => (this.how = how));
  }

  get pid() {
    return this.child.pid;
  }

  // The first line that fits; an end before it is an error with what the program said.
  async line(pattern, ms = 20_000) {
    return until(`${this.name} to say ${pattern}`, () => {
      const found = this.lines.map((l) => l.match(pattern)).find(Boolean);
      if (found) return found;
      if (this.how) throw new Error(`${this.name} ended with ${JSON.stringify(this.how)}: ${this.errors}${this.lines.join('\n')}`);
      return null;
    }, ms);
  }

  kill(signal = 'SIGTERM') {
    if (!this.how) this.child.kill(signal);
    return this.ended;
  }

  // A polite end, then a firm one.
  async stop(ms = 12_000) {
    const firm = setTimeout(() => this.child.kill('SIGKILL'), ms);
    const how = await this.kill();
    clearTimeout(firm);
    return how;
  }
}

export async function run(program, args, options = {}) {
  const running = new Running(program, args, options);
  const how = await running.ended;
  return { ...how, out: running.lines.join('\n'), err: running.errors };
}
