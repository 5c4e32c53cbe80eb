// SPDX-License-Identifier: Apache-2.0
// A server with the demo organisation, and everybody who may call it: somebody of each role, a kiosk, a program, nobody.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { crockford } from './receipts.mjs';
import { bin } from './stage.mjs';

const patience = 20_000; // milliseconds, for one answer
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

// Every request comes from another address, which the server believes as it believes its proxy: what is limited by the
// address is limited elsewhere.
let addresses = 0;
const nextAddress = () => [10, ++addresses >> 16, (addresses >> 8) & 255, addresses & 255].join('.');

const isStream = (reply) => reply.headers['content-type'] === 'text/event-stream';

// The whole answer; of a stream, which stays open, its beginning.
export function send(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((done, fail) => {
    const all = { 'x-forwarded-for': nextAddress(), ...headers };
    if (body !== undefined) all['content-length'] = Buffer.byteLength(body);
    const request = http.request(url, { method, agent, headers: all, signal: AbortSignal.timeout(patience) }, (reply) => {
      const parts = [];
      const finish = () => done({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(parts) });
      reply.on('data', (part) => {
        parts.push(part);
        if (!isStream(reply)) return;
        finish();
        request.destroy();
      });
      reply.on('end', finish);
      reply.on('error', fail);
    });
    request.on('error', fail);
    request.end(body);
  });
}

export const nobody = { name: 'nobody', headers: () => ({}) };

const withToken = (name, token) => ({ name, headers: () => ({ authorization: `Bearer ${token}` }) });

// A device with its key, before and after it has become a kiosk.
export class Device {
  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.name = 'kiosk';
    this.key = privateKey;
    this.publicKey = publicKey.export({ format: 'jwk' }).x;
    this.seq = 0;
    const digest = createHash('sha256').update(Buffer.from(this.publicKey, 'base64url')).digest();
    this.fingerprint = crockford(digest.subarray(0, 10));
  }

  headers(body) {
    const signed = { 'halte-signature': sign(null, Buffer.from(body ?? ''), this.key).toString('base64url') };
    return this.token ? { ...signed, authorization: `Bearer ${this.token}` } : signed;
  }
}

async function signIn(url, link) {
  const headers = { 'content-type': 'application/json' };
  const reply = await send(`${url}/api/v1/sessions/link`, { method: 'POST', headers, body: JSON.stringify({ token: link.split('#')[1] }) });
  if (reply.status !== 200) throw new Error(`sign in: ${reply.status} ${reply.body}`);
  return personOf(reply);
}

function personOf(reply) {
  const { csrf, roles } = JSON.parse(reply.body);
  const cookie = reply.headers['set-cookie'][0].split(';')[0];
  return { name: roles.join('+'), headers: () => ({ cookie, 'x-halte-csrf': csrf }) };
}

export class Callers {
  static async start({ days = 14 } = {}) {
    const callers = new Callers();
    try {
      await callers.begin(days);
    } catch (error) {
      await callers.stop();
      throw error;
    }
    return callers;
  }

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'halte-callers-'));
    this.servers = [];
    this.databases = [];
    this.made = 0;
    this.people = {};
  }

  async begin(days) {
    this.hq = await this.server();
    this.demo = await this.hq.simulate({ bin, days });
    this.url = this.hq.url;
    const { permissions } = await this.hq.get('/people');
    this.permissions = permissions;
    for (const role of new Set(Object.values(permissions).flat())) this.people[role] = await this.person(role);
    this.kiosk = await this.enrolledKiosk();
    this.metrics = withToken('metrics', this.metricsToken);
  }

  // With a log of everything that it has to say.
  async server() {
    const token = join(this.folder, 'metrics-token');
    this.metricsToken = 'not-a-secret-of-anybody';
    writeFileSync(token, this.metricsToken);
    const args = ['--log-level', 'debug', '--trusted-proxy', '127.0.0.1', '--metrics-token-file', token];
    const data = join(this.folder, `hq-${++this.made}`);
    const hq = await Headquarters.start({ bin, data, args });
    this.servers.push(hq);
    this.databases.push(join(data, 'hq.db'));
    return hq;
  }

  // A server that only its set-up link opens, and the token of that.
  async emptyServer() {
    const hq = await this.server();
    return { url: hq.url, token: hq.setUpLink.split('#')[1] };
  }

  async setUpServer(body) {
    const { url, token } = await this.emptyServer();
    const headers = { 'content-type': 'application/json' };
    const reply = await send(`${url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ ...body, token }) });
    if (reply.status !== 200) throw new Error(`set up: ${reply.status} ${reply.body}`);
    return { url, administrator: personOf(reply) };
  }

  // A name that nothing has yet.
  fresh(kind) {
    return `${kind}-${++this.made}`;
  }

  invite(role, more = {}) {
    const branches = role === 'branch_manager' ? [this.branch] : [];
    return this.hq.call('POST', '/people', { email: `${this.fresh('somebody')}@halte.example`, roles: [role], branches, ...more });
  }

  async person(role) {
    return signIn(this.url, (await this.invite(role)).url);
  }

  branch = 'utrecht-centrum';

  async newKiosk() {
    const id = this.fresh('kiosk');
    await this.hq.call('PUT', '/organisation', { kiosks: [{ id, name: id, branch: this.branch, touchpoint: 'checkout' }] });
    return id;
  }

  async enrolledKiosk() {
    const id = await this.newKiosk();
    const { code } = await this.hq.call('POST', `/kiosks/${id}/enrolment-codes`, {});
    const device = new Device();
    const body = { code, public_key: device.publicKey, software: 'a test' };
    const reply = await this.hq.call('POST', '/enrolments', body);
    return Object.assign(device, { id, token: reply.token, receiptKey: reply.receipt_key, sealingKey: reply.sealing_key.id });
  }

  // Whom an access lets in, and whom it does not.
  callerFor(access) {
    const special = { anyone: nobody, kiosk: this.kiosk, 'signed in': this.people.reader, 'metrics token': this.metrics };
    const caller = special[access] ?? this.people[this.permissions[access]?.[0]];
    if (!caller) throw new Error(`there is nobody with the access ${access}`);
    return caller;
  }

  strangersTo(access) {
    const roles = this.permissions[access];
    return roles ? Object.entries(this.people).filter(([role]) => !roles.includes(role)).map(([, person]) => person) : [];
  }

  // All that the servers wrote.
  get log() {
    return this.servers.map((hq) => hq.process.errors + hq.process.lines.join('\n')).join('\n');
  }

  async stop() {
    agent.destroy();
    await Promise.all(this.servers.map((hq) => hq.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
