// SPDX-License-Identifier: Apache-2.0
// A device with a key of its own that enrols as a kiosk and says of itself whatever a test wants to be said.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export class Device {
  // Refused: an error with the server's words.
  static async enrol(url, code) {
    const device = new Device(url);
    const { token } = await device.send('/enrolments', { code, public_key: device.keys.publicKey.export({ format: 'jwk' }).x, software: 'halte 1' });
    device.token = token;
    return device;
  }

  constructor(url) {
    this.url = url;
    this.keys = generateKeyPairSync('ed25519');
    this.epoch = randomBytes(16).toString('hex');
  }

  async send(path, json) {
    const body = JSON.stringify(json);
    const signature = sign(null, Buffer.from(body), this.keys.privateKey).toString('base64url');
    const headers = { 'content-type': 'application/json', 'halte-signature': signature };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const reply = await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers, body });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  // A heartbeat of a kiosk that is well, but for what is given.
  beat(facts = {}) {
    return this.send('/heartbeats', {
      software: 'halte 0.1.0', configuration_version: 1, captured: 0, acknowledged: 0, pending: 0, parked: 0, oldest_pending_s: 0,
      free_disk_bytes: 20e9, database: 'ok', clock_offset_ms: 40, uptime_s: 86400, screen: 'open', epoch: this.epoch, ...facts,
    });
  }
}
