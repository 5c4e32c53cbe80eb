// SPDX-License-Identifier: Apache-2.0
// What is wrong in every way that assets/openapi.yaml can tell: bad requests made of good ones. A kind gives, for one
// call and its good request, requests that are to be refused; `refusals` are the statuses that it may be refused by,
// where only some are right.
import { gzipSync } from 'node:zlib';
import { nobody } from './callers.mjs';
import { valueOf } from './description.mjs';
import { canary } from './operations/common.mjs';

const words = `${canary.name}, kanarie@vogels.example: ${canary.comment}`;
const mebibyte = 1 << 20;
const repeated = (bytes) => words.repeat(Math.ceil(bytes / words.length)).slice(0, bytes);
const nested = (depth, open, close) => open.repeat(depth) + '0' + close.repeat(depth);
const bytesOf = (text, ...rest) => Buffer.concat([Buffer.from(text), ...rest.map((part) => Buffer.from(part))]);

const isJson = (request) => request.json !== undefined;
const withBytes = (request, what, bytes) => ({ ...request, what, bytes });
const withJson = (request, what, json) => ({ ...request, what, json, bytes: JSON.stringify(json) });
const withHeaders = (request, what, headers) => ({ ...request, what, headers: { ...request.headers, ...headers } });
const by = (request, what, who) => ({ ...request, what, who });

// ---- bodies as a whole

function* malformed(_, request) {
  if (!isJson(request)) return yield* malformedText(request);
  const good = request.bytes;
  yield withBytes(request, 'cut', good.slice(0, -1));
  yield withBytes(request, 'something behind the end', `${good}}`);
  yield withBytes(request, 'nothing', '');
  yield withBytes(request, 'no quotes', `{kanarie: ${words}}`);
  yield withBytes(request, 'half a character', `${good.slice(0, -1)},"kanarie":"\\ud800"}`);
}

const malformedOfType = {
  'text/csv': [`kind,kanarie\r\nregion,${words}`, `kind,id,name\r\nregion,"${words}`],
  'text/x-gettext-translation': [`msgid "${words}`, words],
};

function* malformedText(request) {
  if (request.bytes === undefined) return;
  const ofPictures = () => [words, request.bytes.slice(0, request.bytes.length / 2)];
  for (const bytes of malformedOfType[request.type] ?? ofPictures()) yield withBytes(request, 'malformed', bytes);
}

function* notUtf8(_, request) {
  const bad = [0xc3, 0x28, 0xff];
  if (isJson(request)) yield withBytes(request, 'in a text', bytesOf(`${request.bytes.slice(0, -1)},"kanarie":"`, bad, '"}'));
  else if (request.bytes) yield withBytes(request, 'behind the end', bytesOf('kanarie', bad, '\r\n'));
}

function* tooLarge(_, request) {
  if (request.bytes === undefined) return;
  const size = request.type.startsWith('image/') ? 17 * mebibyte : 2 * mebibyte;
  const text = repeated(size);
  yield withBytes(request, `${size / mebibyte} MiB`, isJson(request) ? JSON.stringify({ kanarie: text }) : text);
}

const bomb = gzipSync(Buffer.alloc(12 * mebibyte));

function* packedWrongly(_, request) {
  if (request.bytes === undefined) return;
  const packed = (what, encoding, bytes) => ({ ...withBytes(request, what, bytes), headers: { ...request.headers, 'content-encoding': encoding } });
  if (!request.type.startsWith('image/')) yield packed('12 MiB in 12 KiB', 'gzip', bomb);
  yield packed('of an unknown encoding', 'kanarie', request.bytes);
  yield packed('not packed', 'gzip', request.bytes);
  yield packed('cut', 'gzip', gzipSync(request.bytes).subarray(0, -9));
}

function* tooDeep(_, request) {
  if (!isJson(request)) return;
  const [first] = Object.keys(request.json);
  for (const depth of [10_000, 2_000]) {
    yield withBytes(request, `${depth} lists`, nested(depth, '[', ']'));
    yield withBytes(request, `${depth} objects`, nested(depth, '{"a":', '}'));
    yield withBytes(request, `${depth} lists in ${first}`, JSON.stringify({ ...request.json, [first]: 0 }).replace(/:0/, `:${nested(depth, '[', ']')}`));
  }
}

function* noObject(call, request) {
  if (!isJson(request)) return;
  for (const json of [[], [request.json], null, words, 7, true]) if (call.isWrong(json)) yield withJson(request, JSON.stringify(json).slice(0, 20), json);
}

function* foreignType(_, request) {
  if (request.bytes === undefined) return;
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=kanarie'])
    yield { ...request, what: type, type };
}

// ---- members of bodies

// What one body may be replaced by to go wrong in one place: what is there at `path` goes, or becomes another value.
function replaced(json, path, change) {
  if (path.length === 0) return change(json);
  const copy = Array.isArray(json) ? [...json] : { ...json };
  const [key, ...rest] = path;
  const value = replaced(copy[key], rest, change);
  if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

const pointer = (path) => '/' + path.join('/');

function* changedAt(call, request, valuesFor) {
  if (!isJson(request)) return;
  for (const { path, schema, value } of call.description.places(call.schemaOf(), request.json)) {
    if (path.length === 0 || path.some((key) => key > 0)) continue; // the first of a list stands for all
    for (const [what, other] of valuesFor(call.description.resolve(schema), value)) {
      const json = replaced(request.json, path, () => other);
      if (call.isWrong(json)) yield withJson(request, `${pointer(path)} ${what}`, json);
    }
  }
}

const missing = (call, request) => changedAt(call, request, () => [['is missing', undefined]]);

const samples = [null, true, 7, 7.5, words, [], [words], [7], {}, { kanarie: words }];
const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

const wrongTypes = (call, request) =>
  changedAt(call, request, (_, value) => {
    const others = samples.filter((sample) => kindOf(sample) !== kindOf(value));
    return others.map((sample) => [`is ${JSON.stringify(sample).slice(0, 20)}`, sample]);
  });

const numbersBeyond = ({ minimum, maximum }) => [-1, 0, 0.5, 1e9, 1e308, 2 ** 63, minimum - 1, maximum + 1].filter(Number.isFinite);
const textsBeyond = ({ maxLength = 128 }, value) => ['', words, `${value}\u0000`, repeated(maxLength + 1), repeated(5_000)];
const listsBeyond = (value) => [[], [...value, ...value], Array(1_000).fill(value[0])];

const wrongValues = (call, request) =>
  changedAt(call, request, (schema, value) => {
    if (typeof value === 'number') return numbersBeyond(schema).map((number) => [`is ${number}`, number]);
    if (typeof value === 'string') return textsBeyond(schema, value).map((text) => [`is a text of ${text.length}`, text]);
    if (Array.isArray(value)) return listsBeyond(value).map((list) => [`is a list of ${list.length}`, list]);
    return [['has an unknown member', { ...value, kanarie: words }]];
  });

function* unknownMember(call, request) {
  if (!isJson(request)) return;
  const json = { ...request.json, kanarie: words };
  if (call.isWrong(json)) yield withJson(request, 'kanarie', json);
}

// ---- addresses

const areIds = ['region', 'branch', 'touchpoint'];
const noValues = ['kanarie', '-1', '0', '7.5', '99999999999', '2026-13-45', 'TRUE', 'null'];

const noIds = ['kanarie-vogelzang', 'Kanarie Vogelzang', '999999999', '-1', '1e9', '../../etc/passwd', "';--", 'k'.repeat(300), '\u0000'];

function* unknownIds(call, request) {
  for (const name of Object.keys(request.path))
    for (const id of noIds)
      if (!request.anyId || call.isWrongParameter('path', name, id))
        yield { ...request, what: `${name} ${id.slice(0, 20)}`, path: { ...request.path, [name]: id } };
}

function* wrongQueries(call, request) {
  for (const { name, in: where, required, schema } of call.operation.parameters) {
    if (where !== 'query') continue;
    const user = call.requests.findLast((one) => name in one.query) ?? request;
    const { [name]: _, ...without } = user.query;
    const asked = (what, query, raw) => ({ ...user, what, query, raw });
    if (required) yield asked(`no ${name}`, without);
    for (const value of [...noValues, repeated((schema.maxLength ?? 300) + 1)])
      if (call.isWrongParameter('query', name, value) || (areIds.includes(name) && value === 'kanarie'))
        yield asked(`${name}=${value.slice(0, 20)}`, { ...without, [name]: value });
    for (const raw of ['%ff', '%c3%28', '%zz', '%']) yield asked(`${name}=${raw}`, without, `${name}=${raw}`);
  }
}

function* wrongHeaders(call, request) {
  const named = (name) => call.operation.parameters.some((p) => p.in === 'header' && p.name === name);
  if (named('If-Match')) for (const etag of ['"999999"', '"kanarie"', 'kanarie']) yield withHeaders(request, `If-Match ${etag}`, { 'if-match': etag });
  if (!named('Halte-Signature')) return;
  const good = request.who.headers(request.bytes)['halte-signature'];
  for (const signature of ['kanarie', '', request.who.headers('kanarie')['halte-signature'], good.slice(0, -2), `${good}AA`])
    yield withHeaders(request, `Halte-Signature ${signature.slice(0, 10)}`, { 'halte-signature': signature });
}

// ---- callers

const stranger = (headers) => ({ name: 'a stranger', headers: () => headers });

function* withoutSession({ operation }, request) {
  if (operation.access === 'anyone') return;
  yield by(request, 'nobody', nobody);
  yield by(request, 'a cookie of nobody', stranger({ cookie: '__Host-halte=kanarie', 'x-halte-csrf': 'kanarie' }));
  for (const authorization of ['Bearer kanarie', 'Bearer ', 'Basic a2FuYXJpZTprYW5hcmll', 'kanarie']) yield by(request, authorization, stranger({ authorization }));
}

function* withoutRole({ operation, callers }, request) {
  if (request.at !== callers.url) return;
  for (const person of callers.strangersTo(operation.access)) yield by(request, person.name, person);
}

const crossSite = (site) => ({ origin: 'https://kanarie.example', 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' });

function* fromElsewhere({ operation }, request) {
  if (!operation.changes || operation.access === 'kiosk') return;
  for (const site of ['cross-site', 'same-site']) yield withHeaders(request, site, crossSite(site));
  const { 'x-halte-csrf': csrf, ...without } = request.who.headers(request.bytes);
  if (!csrf) return;
  yield by(request, 'no csrf', stranger(without));
  for (const wrong of ['', 'kanarie', csrf.slice(0, -1), `${csrf}A`]) yield by(request, 'a wrong csrf', stranger({ ...without, 'x-halte-csrf': wrong }));
}

function* wrongMethods({ description, operation }, request) {
  const there = [...description.operations.values()].filter(({ path }) => path === operation.path).map(({ method }) => method);
  if (there[0] !== operation.method) return; // once for a path
  for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'])
    if (!there.includes(method)) yield { ...request, what: method, method, allowed: there };
}

export const kinds = [
  { name: 'malformed', make: malformed },
  { name: 'not UTF-8', make: notUtf8 },
  { name: 'too large', make: tooLarge, refusals: [413] },
  { name: 'packed wrongly', make: packedWrongly, refusals: [413, 415] },
  { name: 'too deep', make: tooDeep },
  { name: 'no object', make: noObject },
  { name: 'a member is missing', make: missing },
  { name: 'a member of a wrong type', make: wrongTypes },
  { name: 'a member out of its range', make: wrongValues },
  { name: 'an unknown member', make: unknownMember },
  { name: 'a wrong content type', make: foreignType, refusals: [415] },
  { name: 'unknown ids', make: unknownIds, refusals: [400, 404] },
  { name: 'wrong parameters', make: wrongQueries, refusals: [400, 406, 422] },
  { name: 'wrong headers', make: wrongHeaders, refusals: [400, 401, 412, 429] },
  { name: 'nobody is signed in', make: withoutSession, refusals: [401] },
  { name: 'a role that may not', make: withoutRole, refusals: [403] },
  { name: 'from another site', make: fromElsewhere, refusals: [403] },
  { name: 'a wrong method', make: wrongMethods, refusals: [405] },
];

// One call of the document with its good requests, as the kinds see it.
export class Call {
  constructor(description, callers, operation, requests) {
    Object.assign(this, { description, callers, operation, requests });
  }

  schemaOf() {
    return this.operation.bodies['application/json'].schema;
  }

  isWrong(json) {
    return this.description.faults(this.schemaOf(), json, { open: true }).length > 0;
  }

  isWrongParameter(where, name, text) {
    const parameter = this.operation.parameters.find((p) => p.in === where && p.name === name);
    return this.description.faults(parameter.schema, valueOf(parameter, text)).length > 0;
  }
}
