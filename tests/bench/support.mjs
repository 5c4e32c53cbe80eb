// SPDX-License-Identifier: Apache-2.0
// What the benches share: what a program and all that it started take of the machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from '../../app/tool/demo/processes.mjs';

export function quantile(list, share) {
  return [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
}

export const median = (list) => quantile(list, 0.5);

export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'halte-bench-'));
  try {
    return await work(folder);
  } finally {
    // A browser's last process may still be putting its files away.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

// Processes and threads may end while they are looked at.
export function orGone(look, gone) {
  try {
    return look();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return gone;
    throw error;
  }
}

const threads = (pid) => orGone(() => readdirSync(`/proc/${pid}/task`), []).map((thread) => `/proc/${pid}/task/${thread}`);
const words = (path) => orGone(() => readFileSync(path, 'utf8'), '').split(/\s+/).filter(Boolean);

// The process and all below it.
function tree(pid) {
  const children = threads(pid).flatMap((thread) => words(`${thread}/children`));
  return [pid, ...children.flatMap(tree)];
}

// From the scheduler's nanoseconds: hundredths of a second are too coarse.
function nanoseconds(pid) {
  return new Map(tree(pid).flatMap(threads).map((thread) => [thread, Number(words(`${thread}/schedstat`)[0] ?? 0)]));
}

// Gives the CPU seconds from now to when it is called, of the threads that live then: one that has ended
// takes its time with it.
export function cpuFromNow(pid) {
  const before = nanoseconds(pid);
  return () => [...nanoseconds(pid)].reduce((sum, [thread, time]) => sum + Math.max(0, time - (before.get(thread) ?? 0)), 0) / 1e9;
}

// In % of a core, of each at the same time.
export async function idleShares(seconds, ...pids) {
  const spent = pids.map(cpuFromNow);
  await sleep(seconds * 1000);
  return spent.map((cpu) => (cpu() / seconds) * 100);
}

// PSS: what processes share is counted once. Programs outside the tree take their part as well: Chromium's 406 MiB
// were 292 while a second one ran. Only a quiet machine gives this figure.
export function memoryMiB(pid) {
  const pss = (process) => Number(orGone(() => readFileSync(`/proc/${process}/smaps_rollup`, 'utf8'), '').match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
  return tree(pid).reduce((sum, process) => sum + pss(process), 0) / 1024;
}

// A finger that is there all the time: to start a program for each tap takes longer than the picture.
export class Finger {
  constructor(screen) {
    this.process = spawn('xdotool', ['-'], { env: { ...process.env, ...screen.env }, stdio: ['pipe', 'ignore', 'inherit'] });
    this.sent = []; // steady microseconds
  }

  async tap(x, y) {
    this.sent.push(Number(process.hrtime.bigint() / 1000n));
    this.process.stdin.write(`mousemove ${Math.round(x)} ${Math.round(y)} mousedown 1 mouseup 1\n`);
  }

  // Milliseconds from each tap to the first of these pictures, by when they were shown.
  answered(shown) {
    return this.sent.map((at) => (shown.find((then) => then > at) - at) / 1000);
  }

  lift() {
    this.process.stdin.end();
  }
}
