// SPDX-License-Identifier: Apache-2.0
// What kiosks send, and how a device becomes one.
import { createHash, randomBytes } from 'node:crypto';
import { Device, send } from '../callers.mjs';
import { crockford, receiptHash } from '../receipts.mjs';
import { canary } from './common.mjs';

const minute = (ago = 0) => `${new Date(Date.now() - ago * 60_000).toISOString().slice(0, 16)}:00Z`;
const sha256 = (text) => createHash('sha256').update(text).digest('base64url');
const nonce = () => randomBytes(16).toString('base64url');

export function response(more = {}) {
  return {
    survey: 'visit',
    survey_version: 1,
    branch: 'utrecht-centrum',
    touchpoint: 'checkout',
    locale: 'nl',
    started: minute(15),
    submitted: minute(15),
    zone: 'Europe/Amsterdam',
    clock: 'synced',
    ended: 'complete',
    answers: { visit: 2, could_be_better: ['wait'], comment: canary.comment },
    skipped: [],
    scale_direction: 'negative_left',
    consents: [],
    flags: [],
    ...more,
  };
}

// With everything that a visitor can leave behind, and the code that opens it.
async function responseWithReceipt({ kiosk, hq }) {
  const { notices } = await hq.get('/organisation');
  const { id, version, texts } = notices.find((one) => one.purpose === 'contact');
  const notice = { id, version, hash: sha256(texts.nl), locale: 'nl' };
  const code = randomBytes(10);
  const body = response({
    variant: 'a',
    skipped: ['nps'],
    consents: [{ purpose: 'contact', state: 'given', notice, at: minute(15), method: 'button', covers: ['comment'] }],
    contact: { key_id: kiosk.sealingKey, sealed: randomBytes(80).toString('base64url') },
    receipt: { hash: receiptHash(code, Buffer.from(kiosk.receiptKey, 'base64url')).toString('base64url') },
    flags: [{ rule: 'too-fast', version: 1 }],
  });
  return { code: crockford(code), body };
}

function responseId() {
  const day = Buffer.alloc(4);
  day.writeUInt32BE(Math.floor(Date.now() / 86_400_000));
  return Buffer.concat([day, randomBytes(12)]).toString('hex');
}

function item(kiosk, type, body, id = responseId()) {
  const text = body && JSON.stringify(body);
  const whole = { seq: ++kiosk.seq, type, id };
  return text ? { ...whole, hash: sha256(text), body: text } : whole;
}

function batch(kiosk, items) {
  return { protocol: 1, nonce: nonce(), epoch: 'first', branch: 'utrecht-centrum', sent_at: minute(), clock: 'synced', items };
}

// As sent by the kiosk and stored.
export async function deliver(s, body) {
  const bytes = JSON.stringify(batch(s.kiosk, [item(s.kiosk, 'response', body)]));
  const headers = { 'content-type': 'application/json', ...s.kiosk.headers(bytes) };
  const reply = await send(`${s.url}/api/v1/batches`, { method: 'POST', headers, body: bytes });
  if (JSON.parse(reply.body).results?.[0].status !== 'stored') throw new Error(`batch: ${reply.body}`);
}

export async function deliveredReceipt(s) {
  const { code, body } = await responseWithReceipt(s);
  await deliver(s, body);
  return code;
}

const heartbeat = () => ({
  software: 'a test',
  configuration_version: 1,
  captured: 3,
  acknowledged: 2,
  pending: 1,
  parked: 0,
  oldest_pending_s: 4,
  free_disk_bytes: 5_000_000_000,
  database: 'ok',
  clock_offset_ms: -20,
  uptime_s: 3600,
  last_touch: minute(15),
  screen: 'open',
  epoch: 'first',
  coverage: [{ from: minute(30), to: minute(20), state: 'open' }, { from: minute(20), to: minute(10), state: 'blocked' }],
});

// A device that has asked to become a kiosk, and what it sends when it asks again.
async function waitingDevice(s) {
  const device = new Device();
  const first = { public_key: device.publicKey, software: 'a test' };
  const body = JSON.stringify(first);
  const headers = { 'content-type': 'application/json', ...device.headers(body) };
  const reply = await send(`${s.url}/api/v1/enrolment-requests`, { method: 'POST', headers, body });
  return { device, again: { ...first, nonce: JSON.parse(reply.body).nonce } };
}

async function approvedDevice(s) {
  const { device, again } = await waitingDevice(s);
  await s.hq.call('POST', `/enrolment-requests/${device.fingerprint}/approval`, { kiosk: await s.newKiosk() });
  return { device, again };
}

export const kioskOperations = {
  enrol: async (s) => {
    const { code } = await s.hq.call('POST', `/kiosks/${await s.newKiosk()}/enrolment-codes`, {});
    return { body: { code, public_key: new Device().publicKey, name: canary.name, software: 'a test' } };
  },
  askForEnrolment: async (s) => {
    const [fresh, approved] = [new Device(), await approvedDevice(s)];
    return [
      { who: fresh, status: 202, body: { public_key: fresh.publicKey, software: canary.name } },
      { who: approved.device, status: 201, body: approved.again },
    ];
  },
  getEnrolmentRequest: async (s) => [
    { path: { fingerprint: (await waitingDevice(s)).device.fingerprint } },
    { path: { fingerprint: (await approvedDevice(s)).device.fingerprint } },
  ],
  refuseEnrolment: async (s) => ({ path: { fingerprint: (await waitingDevice(s)).device.fingerprint } }),
  approveEnrolment: async (s) => ({
    path: { fingerprint: (await waitingDevice(s)).device.fingerprint },
    body: { kiosk: await s.newKiosk() },
  }),
  makeEnrolmentCode: async (s) => ({ path: { id: await s.newKiosk() } }),
  givePin: async (s) => ({ path: { id: await s.newKiosk() } }),
  sendBatch: async (s) => {
    await deliver(s, response());
    const numberedTwice = { ...item(s.kiosk, 'response', response()), seq: s.kiosk.seq - 1 };
    const [whole, other] = [item(s.kiosk, 'response', (await responseWithReceipt(s)).body), responseId()];
    const withdrawal = item(s.kiosk, 'withdrawal', { purpose: 'contact' }, whole.id);
    const items = [whole, withdrawal, item(s.kiosk, 'erasure', null, other), item(s.kiosk, 'response', response(), other)];
    return [[numberedTwice], items].map((list) => ({ body: batch(s.kiosk, list) }));
  },
  getConfiguration: async (s) => {
    const known = await send(`${s.url}/api/v1/kiosk/config`, { headers: s.kiosk.headers() });
    return [{ status: 200 }, { status: 304, headers: { 'if-none-match': known.headers.etag } }];
  },
  getPicture: async (s) => {
    const { settings } = await s.hq.get('/organisation');
    return [settings.logo, settings.pictures[0]].map((id) => ({ path: { id } }));
  },
  sendHeartbeat: async () => ({ body: heartbeat() }),
};
