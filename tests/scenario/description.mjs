// SPDX-License-Identifier: Apache-2.0
// assets/openapi.yaml as tests ask it: which calls there are, and what may be sent and answered.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

export const file = fileURLToPath(new URL('../../assets/openapi.yaml', import.meta.url));

const methods = ['get', 'put', 'post', 'patch', 'delete'];
const branchings = ['allOf', 'oneOf', 'anyOf'];
const id = 'halte:openapi';
const named = '#/components/schemas/';

const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// With every reference made absolute, and with `ending` behind the name that it refers to.
function refer(schema, ending) {
  if (Array.isArray(schema)) return schema.map((one) => refer(one, ending));
  if (!isObject(schema)) return schema;
  const { contentSchema, ...rest } = schema; // what a text holds is judged where it is read
  const copy = mapValues(rest, (value) => refer(value, ending));
  if (typeof schema.$ref === 'string') copy.$ref = `${id}#/$defs/${schema.$ref.slice(named.length)}${ending}`;
  return copy;
}

// As the document says it, and no object with a member that the document does not name. `isPart`: of an allOf and the
// like, where only the whole knows all members.
function closed(schema, isPart = false) {
  if (!isObject(schema)) return schema;
  if (schema.$ref) return refer(schema, isPart ? '.part' : '.closed');
  const copy = { ...schema };
  for (const key of branchings) if (copy[key]) copy[key] = copy[key].map((part) => closed(part, true));
  if (copy.properties) copy.properties = mapValues(copy.properties, (member) => closed(member));
  for (const key of ['items', 'additionalProperties', 'contentSchema']) if (key in copy) copy[key] = closed(copy[key]);
  return isPart ? copy : { ...copy, unevaluatedProperties: false };
}

export class Description {
  constructor() {
    this.document = parse(readFileSync(file, 'utf8'));
    this.ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true, allErrors: true });
    addFormats(this.ajv);
    this.readInside();
    this.ajv.addSchema({ $id: id, $defs: this.definitions() });
    this.validators = new Map();
    this.operations = new Map(this.readOperations().map((operation) => [operation.id, operation]));
  }

  // What is JSON inside a text is held against its schema, too.
  readInside() {
    const compile = (schema) => {
      const validate = this.ajv.compile(schema);
      return (text) => validate(parsedJson(text));
    };
    this.ajv.removeKeyword('contentSchema').addKeyword({ keyword: 'contentSchema', type: 'string', compile });
  }

  definitions() {
    const all = {};
    for (const [name, schema] of Object.entries(this.document.components.schemas)) {
      all[name] = refer(schema, '');
      all[`${name}.closed`] = closed(schema);
      all[`${name}.part`] = closed(schema, true);
    }
    return all;
  }

  readOperations() {
    const all = [];
    for (const [path, item] of Object.entries(this.document.paths))
      for (const method of methods) if (item[method]) all.push(this.readOperation(path, method, item[method]));
    return all;
  }

  readOperation(path, method, described) {
    const responses = Object.entries(described.responses).map(([status, response]) => [status, this.resolve(response)]);
    return {
      id: described.operationId,
      path,
      method: method.toUpperCase(),
      access: described['x-halte-access'],
      changes: method !== 'get',
      parameters: (described.parameters ?? []).map((parameter) => this.resolve(parameter)),
      bodies: described.requestBody?.content ?? {},
      responses: Object.fromEntries(responses),
      successes: responses.filter(([status]) => status < 400).map(([status]) => Number(status)),
    };
  }

  // What a reference stands for; everything else stands for itself.
  resolve(part) {
    if (!part?.$ref) return part;
    const { $ref, ...siblings } = part;
    const target = $ref.slice(2).split('/').reduce((at, key) => at[key], this.document);
    return { ...this.resolve(target), ...siblings };
  }

  // Every place in the value that the schema says something about, from the outside to the inside.
  *places(schema, value, path = []) {
    yield { path, schema, value };
    for (const part of this.partsFor(schema, value)) {
      if (Array.isArray(value) && part.items) for (const [i, entry] of value.entries()) yield* this.places(part.items, entry, [...path, i]);
      if (part.contentSchema && typeof value === 'string') yield* this.places(part.contentSchema, parsedJson(value), path);
      if (!isObject(value)) continue;
      for (const [key, member] of Object.entries(value)) {
        const said = part.properties?.[key] ?? part.additionalProperties;
        if (isObject(said)) yield* this.places(said, member, [...path, key]);
      }
    }
  }

  // The schema without references, and its branches as far as they are about this value.
  partsFor(schema, value) {
    const whole = this.resolve(schema);
    const chosen = [...(whole.oneOf ?? []), ...(whole.anyOf ?? [])].filter((part) => this.faults(part, value, { open: true }).length === 0);
    return [whole, ...[...(whole.allOf ?? []), ...chosen].flatMap((part) => this.partsFor(part, value))];
  }

  // Where members are described, as "/components/schemas/Settings/theme", and by what.
  *members(at = this.document, path = '') {
    if (typeof at !== 'object' || at === null) return;
    for (const [key, inner] of Object.entries(at)) {
      const isMembers = key === 'properties' && at.type !== undefined;
      if (isMembers) for (const [name, schema] of Object.entries(inner)) yield { path: `${path}/${name}`, schema };
      yield* this.members(inner, isMembers ? path : `${path}/${key}`);
    }
  }

  schema(name) {
    return { $ref: named + name };
  }

  // What is wrong with a value, as "/path: reason". Open: members that no schema names are let through.
  faults(schema, value, { open = false } = {}) {
    const key = JSON.stringify([schema, open]);
    if (!this.validators.has(key)) this.validators.set(key, this.ajv.compile(open ? refer(schema, '') : closed(schema)));
    const validate = this.validators.get(key);
    return validate(value) ? [] : validate.errors.map((e) => `${e.instancePath || 'document'}: ${e.message} ${JSON.stringify(e.params)}`);
  }
}

function parsedJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The value of a parameter, which is sent as text, as its schema has it.
export function valueOf({ schema }, text) {
  const types = [schema.type].flat();
  if (types.includes('integer') && /^-?\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

export const mediaType = (header) => (header ?? '').split(';')[0].trim().toLowerCase();
