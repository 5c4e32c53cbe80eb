// SPDX-License-Identifier: Apache-2.0
// Whatever is wrong with a request, to any call: the server refuses it by a problem document, changes nothing, and
// writes nothing of it down.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test, { after, before } from 'node:test';
import { Call, kinds } from './bad_inputs.mjs';
import { Callers } from './callers.mjs';
import { packed, query } from './database.mjs';
import { Description, mediaType } from './description.mjs';
import { goodRequests, sendRequest } from './operations.mjs';
import { canary } from './operations/common.mjs';

const at_once = 16;
const description = new Description();
const operations = [...description.operations.values()];
const claim = (name, act) => test(`bad input: ${name}`, { timeout: 180_000 }, act);

let callers;
const good = new Map(); // of each call, sent by nobody yet
before(async () => {
  callers = await Callers.start();
  for (const operation of operations) good.set(operation, await goodRequests(callers, operation));
}, { timeout: 120_000 });
after(() => callers?.stop());

// ---- what is the same before and after

const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const moving = ['state', 'alerts', 'online', 'now', 'age_s', 'last_used']; // by the clock alone
const still = (body) => JSON.stringify(JSON.parse(body), (key, value) => (moving.includes(key) ? undefined : value));

// Every answer that a person can read, but those about the last so many days, which move by the hour.
async function answers() {
  const seen = {};
  for (const [{ id, method, access, parameters }, requests] of good) {
    const moves = parameters.some((p) => p.name === 'days');
    const request = moves ? requests.find((r) => r.query.from) : requests[0];
    if (method !== 'GET' || !request || ['kiosk', 'metrics token', 'anyone'].includes(access) || id === 'listen') continue;
    const reply = await sendRequest(request);
    assert.equal(reply.status, request.status, `${id}: ${reply.body}`);
    seen[id] = hash(mediaType(reply.headers['content-type']) === 'application/json' ? still(reply.body) : reply.body);
  }
  return seen;
}

// Every table of every server, without when somebody was there last.
function tables() {
  const seen = {};
  for (const database of callers.databases)
    for (const { name } of query(database, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
      const rows = query(database, `SELECT * FROM "${name}"`).map((row) => JSON.stringify(name === 'session' ? { ...row, used: 0 } : row));
      seen[`${database} ${name}`] = `${rows.length} rows, ${hash(rows.sort().join('\n'))}`;
    }
  return seen;
}

// ---- what is refused, and how

const titles = new Map(description.document.components.schemas.ProblemType.oneOf.map((one) => [one.const, one.title]));

function faultsOf(kind, request, reply) {
  const type = mediaType(reply.headers['content-type']);
  if (reply.status < 400 || reply.status > 499) return [`is answered by ${reply.status} ${type.endsWith('json') ? reply.body.subarray(0, 200) : type}`];
  if (type !== 'application/problem+json') return [`${reply.status} comes as ${type}`];
  const problem = JSON.parse(reply.body);
  const faults = description.faults(description.schema('Problem'), problem);
  if (problem.status !== reply.status) faults.push(`${reply.status} says ${problem.status}`);
  if (titles.get(problem.type) !== `${problem.status} ${problem.title}`) faults.push(`${problem.type} is called ${problem.status} ${problem.title}`);
  if (kind.refusals && !kind.refusals.includes(reply.status)) faults.push(`is refused by ${reply.status} ${reply.body}`);
  if (reply.status === 429 && !reply.headers['retry-after']) faults.push('429 without Retry-After');
  if (request.allowed) faults.push(...allowFaults(request.allowed, reply.headers.allow));
  return faults;
}

function allowFaults(there, said = '') {
  const wanted = new Set([...there, ...(there.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
  const allowed = said.split(', ');
  return allowed.length === wanted.size && allowed.every((method) => wanted.has(method)) ? [] : [`Allow: ${said}`];
}

// `work` on all of them, some at once, in their order.
async function each(all, work) {
  const waiting = all[Symbol.iterator]();
  await Promise.all(Array.from({ length: at_once }, async () => {
    for (const one of waiting) await work(one);
  }));
}

function* badRequests(kind) {
  for (const [operation, requests] of good) {
    const call = new Call(description, callers, operation, requests);
    for (const request of kind.make(call, requests.at(-1))) yield { operation, request };
  }
}

async function judge(kind, request) {
  try {
    const reply = await sendRequest(request);
    return { status: reply.status, found: faultsOf(kind, request, reply) };
  } catch (error) {
    return { status: 'none', found: [`got no answer: ${error}`] };
  }
}

async function walk(kind) {
  const faults = [];
  const statuses = {};
  let [sent, refused] = [0, 0];
  await each(badRequests(kind), async ({ operation, request }) => {
    const { status, found } = await judge(kind, request);
    ++sent;
    if (found.length === 0) ++refused;
    statuses[status] = (statuses[status] ?? 0) + 1;
    faults.push(...found.map((fault) => `${operation.id}, ${kind.name}, ${request.what}: ${fault}`));
  });
  console.log(`  ${kind.name}: ${sent} sent, ${refused} refused (${Object.entries(statuses).map((pair) => pair.join(': ')).join(', ')})`);
  return faults;
}

claim('every wrong request is refused by a problem document, and nothing changes', async () => {
  const said = await answers();
  await Promise.all(callers.databases.map(packed));
  const written = tables(); // after the answers, which the audit log knows of
  const faults = [];
  for (const kind of kinds) faults.push(...(await walk(kind)));
  assert.ok(faults.length === 0, faults.join('\n'));
  assert.deepEqual(tables(), written);
  assert.deepEqual(await answers(), said);
  console.log(`  ${Object.keys(said).length} answers and ${Object.keys(written).length} tables are as they were`);
});

claim('what was made wrong is all that was wrong: as it was, each request is taken', async () => {
  for (const operation of operations) {
    const [request] = (await goodRequests(callers, operation)).slice(-1);
    const reply = await sendRequest(request);
    assert.equal(reply.status, request.status, `${operation.id}: ${reply.body}`);
  }
});

claim('the log holds nothing that the requests carried, and no error', () => {
  const lines = callers.log.split('\n');
  console.log(`  ${lines.length} lines`);
  assert.deepEqual(lines.filter((line) => canary.pattern.test(line) || / error /.test(line)), []);
});
