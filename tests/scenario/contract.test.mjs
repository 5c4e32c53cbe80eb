// SPDX-License-Identifier: Apache-2.0
// The server and assets/openapi.yaml say the same: every call of the document is made, with every parameter, and what
// is sent and answered is held against it. Members that the document does not name are as wrong as missing ones.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Callers, send } from './callers.mjs';
import { Description, mediaType, valueOf } from './description.mjs';
import { addressOf, goodRequests, operationIds, sendRequest } from './operations.mjs';
import { canary } from './operations/common.mjs';

const description = new Description();
const operations = [...description.operations.values()];
const claim = (name, act) => test(`contract: ${name}`, { timeout: 120_000 }, act);

let callers;
before(async () => (callers = await Callers.start()), { timeout: 120_000 });
after(() => callers?.stop());

// What the document describes and somebody has sent or answered.
const met = new Set();
function meet(schema, value) {
  for (const place of description.places(schema, value)) met.add(place.schema);
}

// ---- what is sent

function parameterFaults(operation, request) {
  const sent = { path: request.path, query: request.query, header: request.who.headers(request.bytes) };
  Object.assign(sent.header, request.headers);
  const nameOf = (parameter) => (parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name);
  const faults = [];
  for (const parameter of operation.parameters) {
    const value = sent[parameter.in][nameOf(parameter)];
    if (value === undefined && parameter.required) faults.push(`${parameter.name} is not sent`);
    if (value === undefined) continue;
    faults.push(...description.faults(parameter.schema, valueOf(parameter, value)).map((fault) => `${parameter.name}: ${fault}`));
  }
  for (const name of Object.keys(request.query))
    if (!operation.parameters.some((p) => p.in === 'query' && p.name === name)) faults.push(`the document knows no parameter ${name}`);
  return faults;
}

function bodyFaults(operation, request) {
  if (request.bytes === undefined) return Object.keys(operation.bodies).length > 0 ? ['no body is sent'] : [];
  const body = operation.bodies[request.type];
  if (!body) return [`the document knows no body of type ${request.type}`];
  if (!request.json) return [];
  meet(body.schema, request.json);
  return description.faults(body.schema, request.json);
}

// ---- what is answered

const firstBytes = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': Buffer.from('PK'),
  'image/png': Buffer.from('\x89PNG', 'latin1'),
  'image/jpeg': Buffer.from('\xff\xd8\xff', 'latin1'),
};

function contentFaults(response, reply) {
  const type = mediaType(reply.headers['content-type']);
  if (!response.content) return reply.body.length > 0 ? ['a body is answered, of which the document knows nothing'] : [];
  const described = response.content[type];
  if (!described) return [`is answered as ${type || 'nothing'}`];
  if (type.endsWith('json')) {
    meet(described.schema, JSON.parse(reply.body));
    return description.faults(described.schema, JSON.parse(reply.body));
  }
  if (firstBytes[type] && !reply.body.subarray(0, firstBytes[type].length).equals(firstBytes[type])) return [`the body is no ${type}`];
  return [];
}

function headerFaults(response, reply) {
  const faults = [];
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    const value = reply.headers[name.toLowerCase()];
    if (header.required && value === undefined) faults.push(`the header ${name} is missing`);
  }
  return faults;
}

function answerFaults(operation, request, reply) {
  if (reply.status !== request.status) return [`${reply.status} instead of ${request.status}: ${reply.body}`];
  const response = operation.responses[reply.status];
  if (!response) return [`the document knows no answer ${reply.status}`];
  return [...contentFaults(response, reply), ...headerFaults(response, reply)];
}

// ---- the walk

// What each call has been made with, and answered.
const nothing = () => ({ requests: 0, statuses: new Set(), types: new Set(), parameters: new Set() });
const made = new Map(operations.map((operation) => [operation.id, nothing()]));

function note(operation, request, reply) {
  const seen = made.get(operation.id);
  ++seen.requests;
  seen.statuses.add(reply.status);
  if (request.type) seen.types.add(`sent ${request.type}`);
  if (reply.body.length > 0) seen.types.add(`answered ${reply.status} ${mediaType(reply.headers['content-type'])}`);
  for (const name of [...Object.keys(request.query), ...Object.keys(request.headers)]) seen.parameters.add(name.toLowerCase());
  for (const name of Object.keys(request.who.headers(''))) seen.parameters.add(name.toLowerCase());
}

async function walk(operation) {
  const faults = [];
  for (const request of await goodRequests(callers, operation)) {
    faults.push(...parameterFaults(operation, request), ...bodyFaults(operation, request));
    const reply = await sendRequest(request);
    faults.push(...answerFaults(operation, request, reply));
    note(operation, request, reply);
  }
  return faults.map((fault) => `${operation.id}: ${fault}`);
}

claim('every call of the document has its good requests, and no other has', () => {
  assert.deepEqual(operations.map((operation) => operation.id).sort(), operationIds.toSorted());
});

claim('every good request fits the document, and so does what the server answers', async () => {
  const faults = new Set(); // without the places in lists: one mistake is one line
  for (const operation of operations.filter(({ id }) => operationIds.includes(id))) for (const fault of await walk(operation)) faults.add(fault.replaceAll(/\/\d+(?=[/:])/g, '/*'));
  for (const [id, { requests, statuses }] of made) console.log(`  ${id}: ${requests}, answered ${[...statuses].join(', ')}`);
  const total = [...made.values()].reduce((sum, { requests }) => sum + requests, 0);
  console.log(`  ${made.size} calls, ${total} requests, ${faults.size} faults`);
  assert.ok(faults.size === 0, [...faults].join('\n'));
});

claim('every documented success was answered, in every type, and every parameter was sent', () => {
  const missing = [];
  for (const operation of operations) {
    const seen = made.get(operation.id);
    const miss = (what) => missing.push(`${operation.id}: ${what}`);
    for (const status of operation.successes) {
      if (!seen.statuses.has(status)) miss(`never answered ${status}`);
      for (const type of Object.keys(operation.responses[status].content ?? {}))
        if (!seen.types.has(`answered ${status} ${type}`)) miss(`never answered ${type}`);
    }
    for (const type of Object.keys(operation.bodies)) if (!seen.types.has(`sent ${type}`)) miss(`never sent ${type}`);
    for (const { name, in: where } of operation.parameters)
      if (where !== 'path' && !seen.parameters.has(name.toLowerCase())) miss(`never sent ${name}`);
  }
  assert.ok(missing.length === 0, missing.join('\n'));
});

claim('every member that the document describes was sent or answered', () => {
  const missing = [...description.members()].filter(({ path, schema }) => !met.has(schema) && !path.startsWith('/components/schemas/Problem'));
  assert.ok(missing.length === 0, missing.map(({ path }) => path).join('\n'));
});

claim('HEAD answers as GET does, without the body', async () => {
  for (const operation of operations.filter(({ method, id }) => method === 'GET' && id !== 'listen')) {
    const [request] = await goodRequests(callers, operation);
    const reply = await send(addressOf(request), { method: 'HEAD', headers: { ...request.who.headers(), ...request.headers } });
    assert.deepEqual([reply.status, reply.body.length], [request.status, 0], operation.id);
  }
});

claim('the log holds nothing that a person typed', () => {
  console.log(`  ${callers.log.split('\n').length} lines`);
  assert.deepEqual(callers.log.split('\n').filter((line) => canary.pattern.test(line)), []);
});
