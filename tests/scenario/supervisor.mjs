// SPDX-License-Identifier: Apache-2.0
// Plays systemd for one unit file, by the rules that stand in it: what ends is started again after RestartSec, and
// what has told that it is ready and then keeps quiet for longer than its watchdog allows is ended and started again.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Running, sleep, until } from '../../app/tool/demo/processes.mjs';

// Keys and values; the last of a key counts, which is enough for what is read here.
export function readUnit(path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function milliseconds(span) {
  const [, number, unit] = span.match(/^(\d+)(ms|s|)$/);
  return Number(number) * (unit === 'ms' ? 1 : 1000);
}

// Ended, whether or not its parent has taken notice.
function isGone(pid) {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function variables(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return []; // it has ended
  }
}

export class Supervisor {
  // `watchdog`: milliseconds instead of the unit's, so that nobody waits half a minute. `temporary`: what the command
  // leaves in /tmp; gone before each start, as PrivateTmp has it.
  static async start({ unit, command, env, watchdog, temporary = [] }) {
    const supervisor = new Supervisor(readUnit(unit), command, env, watchdog, temporary);
    const socket = join(supervisor.folder, 'notify');
    supervisor.socket = new Running('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT']);
    supervisor.socket.child.stdout.on('data', (message) => supervisor.hear(`${message}`));
    await until('the socket for notifications', () => existsSync(socket));
    supervisor.env.NOTIFY_SOCKET = socket;
    supervisor.over = supervisor.keep();
    return supervisor;
  }

  constructor(rules, command, env, watchdog, temporary) {
    Object.assign(this, { rules, command, watchdog, temporary });
    this.folder = mkdtempSync(join(tmpdir(), 'halte-supervisor-'));
    this.env = { ...env, WATCHDOG_USEC: `${watchdog * 1000}` };
    this.starts = 0;
    this.ends = []; // { at, code, signal, by_watchdog }
    this.beats = []; // when it told that it lives
    this.mains = [];
  }

  // What all its starts have written.
  get errors() {
    return this.mains.map((main) => main.errors).join('');
  }

  hear(message) {
    if (message.includes('READY=1')) this.ready = this.alive = performance.now();
    if (message.includes('WATCHDOG=1')) this.beats.push((this.alive = performance.now()));
    this.status = message.match(/STATUS=(.*)/)?.[1] ?? this.status;
  }

  // The processes of the present start, wherever they hang in the tree: systemd has their cgroup, we a variable.
  members() {
    const mark = `INVOCATION_ID=${this.invocation}`;
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && variables(name).includes(mark)).map(Number);
  }

  pid(program) {
    return this.members().find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program);
  }

  signal(...signals) {
    for (const pid of this.members()) {
      for (const signal of signals) {
        try {
          process.kill(pid, signal);
        } catch (error) {
          if (error.code !== 'ESRCH') throw error;
        }
      }
    }
  }

  async keep() {
    do {
      await this.once();
      if (!this.stopping) await sleep(milliseconds(this.rules.RestartSec));
    } while (!this.stopping && this.rules.Restart === 'always');
  }

  async once() {
    this.invocation = randomUUID();
    this.ready = this.alive = undefined;
    if (this.rules.PrivateTmp === 'yes') for (const path of this.temporary) rmSync(path, { force: true });
    const [program, ...args] = this.command;
    const main = new Running(program, args, { env: { ...this.env, INVOCATION_ID: this.invocation } });
    this.mains.push(main);
    let by_watchdog = false, firm;
    const guard = setInterval(() => {
      if (by_watchdog || !this.ready || performance.now() - this.alive <= this.watchdog) return;
      by_watchdog = true;
      this.signal('SIGABRT', 'SIGCONT');
      firm = setTimeout(() => this.signal('SIGKILL'), milliseconds(this.rules.TimeoutAbortSec));
    }, 20);
    this.starts += 1;
    // Its end is that of the main process, not of all who have its output.
    const how = await new Promise((done) => {
      main.child.on('error', (error) => done({ error }));
      main.child.on('exit', (code, signal) => done({ code, signal }));
    });
    clearInterval(guard);
    clearTimeout(firm);
    this.ends.push({ at: performance.now(), by_watchdog, ...how });
    const left = this.members();
    this.signal('SIGKILL');
    await until('those it leaves behind to be gone', () => left.every(isGone));
    await main.ended;
  }

  async stop() {
    this.stopping = true;
    this.signal('SIGTERM', 'SIGCONT');
    const firm = setTimeout(() => this.signal('SIGKILL'), milliseconds(this.rules.TimeoutStopSec));
    await this.over;
    clearTimeout(firm);
    await this.socket.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
