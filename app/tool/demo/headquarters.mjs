// SPDX-License-Identifier: Apache-2.0
// halte-hq as a child, and its API as a signed-in person sees it.
import { join } from 'node:path';
import { Running } from './processes.mjs';

export class Headquarters {
  static async start({ bin, data, port = 0, args = [] }) {
    const process = new Running(join(bin, 'halte-hq'), ['--data', data, '--port', `${port}`, '--log-level', 'warn', ...args]);
    const [, url] = await process.line(/listens on (\S+)/);
    return new Headquarters(process, url);
  }

  constructor(process, url) {
    this.process = process;
    this.url = url;
    this.cookie = '';
  }

  get setUpLink() {
    return this.process.lines.map((l) => l.match(/(http\S*\/setup#\S+)/)).find(Boolean)?.[1];
  }

  // Fills it with the demo organisation. `stay` keeps the other kiosks alive until simulation.stop().
  async simulate({ bin, days = 90, stay = false, seed = 1, live = 'utrecht-centrum-balie', env = {} }) {
    const args = ['simulate', '--server', this.url, '--set-up', this.setUpLink, '--days', `${days}`, '--seed', `${seed}`, '--live', live];
    this.simulation = new Running(join(bin, 'halte'), stay ? [...args, '--stay'] : args, { env });
    const [line] = await this.simulation.line(/^\{.*\}$/, 120_000);
    const demo = JSON.parse(line);
    await this.signIn(demo.reader);
    return demo;
  }

  async signIn(link) {
    const reply = await fetch(`${this.url}/api/v1/sessions/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.split('#')[1] }),
    });
    if (!reply.ok) throw new Error(`sign in: ${reply.status} ${await reply.text()}`);
    this.cookie = reply.headers.get('set-cookie').split(';')[0];
    this.csrf = (await reply.json()).csrf;
  }

  async call(method, path, body) {
    const reply = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { cookie: this.cookie, 'x-halte-csrf': this.csrf ?? '', 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? null : reply.json();
  }

  async get(path) {
    return this.call('GET', path);
  }

  async signInLink() {
    return (await this.call('POST', '/sign-in-links', {})).url;
  }

  // The cell of the map that a kiosk touchpoint measures.
  async touchpoint(id, journey = 'supermarkt-weekboodschappen', days = 90) {
    const map = await this.get(`/journeys/${journey}/live?days=${days}`);
    return map.phases.flatMap((p) => p.touchpoints).find((t) => t.measured_by === id);
  }

  async stop() {
    if (this.simulation) await this.simulation.stop();
    return this.process.stop();
  }
}
