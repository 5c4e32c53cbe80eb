// SPDX-License-Identifier: Apache-2.0
// What both halves of the comparison share: survey_eval, the seed (HALTE_SEED repeats a run), how many random cases
// (HALTE_CASES), and the report.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';

const evaluator = process.env.HALTE_SURVEY_EVAL;
export const seed = Number(process.env.HALTE_SEED ?? Math.floor(Math.random() * 2 ** 32));
export const caseCount = Number(process.env.HALTE_CASES ?? 10000);
console.log(`HALTE_SEED=${seed} HALTE_CASES=${caseCount}`);

export const answersOf = (entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

export function evaluateAll(requests) {
  const input = requests.map((request) => JSON.stringify(request)).join('\n');
  const run = spawnSync(evaluator, {input, encoding: 'utf8', maxBuffer: 2 ** 30});
  assert.equal(run.status, 0, `survey_eval: ${run.error ?? run.stderr}`);
  const replies = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(replies.length, requests.length);
  return replies;
}

export function reportDifferences(what, compared, differences, remark = '') {
  console.log(`${what}: ${compared} compared, ${differences.length} different${remark}`);
  const shown = differences.slice(0, 8).map((difference) => JSON.stringify(difference)).join('\n');
  assert.equal(differences.length, 0, `HALTE_SEED=${seed}\n${shown}`);
}
