// SPDX-License-Identifier: Apache-2.0
// What the benches share: what a program and all that it started take of the machine.
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
function orGone(look, gone) {
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
