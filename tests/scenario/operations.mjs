// SPDX-License-Identifier: Apache-2.0
// Good requests for every call of assets/openapi.yaml, by its operationId. A new call is a line in a file of operations/.
//
// Each line makes one request or several: `path` parameters, `query`, `headers`, `body` (an object goes as JSON; text
// and bytes need their `type`), `who` asks (else whoever has the access that the document names), `status` (needed
// where the document names more than one success), and `at`, the address of another server than the demo's; `anyId`:
// an id that nothing has is not wrong. Whatever a request needs is made first, by other calls, and for it alone:
// lines do not depend on each other. The last request of a line has the most that can go wrong.
import { send } from './callers.mjs';
import { figureOperations } from './operations/figures.mjs';
import { kioskOperations } from './operations/kiosks.mjs';
import { organisationOperations } from './operations/organisation.mjs';
import { operatorOperations, receiptOperations } from './operations/others.mjs';
import { peopleOperations } from './operations/people.mjs';
import { surveyOperations } from './operations/surveys.mjs';

const table = {
  ...kioskOperations,
  ...peopleOperations,
  ...organisationOperations,
  ...surveyOperations,
  ...figureOperations,
  ...receiptOperations,
  ...operatorOperations,
};

export const operationIds = Object.keys(table);

// The good requests of one call, ready to be sent.
export async function goodRequests(callers, operation) {
  const made = await table[operation.id](callers);
  return [made].flat().map((request) => completed(callers, operation, request));
}

function completed(callers, operation, { path = {}, query = {}, headers = {}, body, type, who, status, at, ...rest }) {
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return {
    method: operation.method,
    at: at ?? callers.url,
    template: operation.path,
    path,
    query,
    headers,
    json: bytes === body ? undefined : body,
    bytes,
    type: type ?? (bytes === undefined ? undefined : 'application/json'),
    who: who ?? callers.callerFor(operation.access),
    status: status ?? operation.successes[0],
    ...rest,
  };
}

// `raw`: of the query, as it is.
export function addressOf({ at, template, path, query, raw }) {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name]));
  const asked = [new URLSearchParams(query).toString(), raw].filter(Boolean).join('&');
  return at + filled + (asked && `?${asked}`);
}

// As its caller sends it.
export function sendRequest(request) {
  const { method, bytes, type, headers, who } = request;
  const typed = type ? { 'content-type': type } : {};
  return send(addressOf(request), { method, body: bytes, headers: { ...typed, ...who.headers(bytes), ...headers } });
}
