// SPDX-License-Identifier: Apache-2.0
// The page of tests/bench/browser in Chromium's kiosk mode, followed and tapped as a Kiosk is: it announces the
// same events to its server, where halte-kiosk writes them to a file.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { Running } from '../../app/tool/demo/processes.mjs';

const folder = fileURLToPath(new URL('browser', import.meta.url));
const survey = fileURLToPath(new URL('../../assets/surveys/visit.json', import.meta.url));
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json' };

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts));
}

// Gives the files out and takes in what the page tells. Chromium may keep every file, as it would in a shop.
export class PageServer {
  static async start() {
    const server = createServer((request, response) => {
      pages.answer(request, response).catch((error) => response.writeHead(404).end(String(error)));
    });
    const pages = new PageServer(server);
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    pages.url = `http://127.0.0.1:${server.address().port}`;
    return pages;
  }

  constructor(server) {
    this.server = server;
    this.told = () => {};
  }

  async answer(request, response) {
    const path = new URL(request.url, this.url).pathname;
    if (request.method === 'POST') {
      this.told(await bodyOf(request));
      return response.writeHead(204).end();
    }
    const file = path === '/survey.json' ? survey : join(folder, path);
    const content = readFileSync(file);
    const headers = { 'content-type': `${types[extname(file)]}; charset=utf-8`, 'cache-control': 'max-age=86400, immutable' };
    return response.writeHead(200, headers).end(content);
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

// What a browser needs to be a kiosk: the whole glass, no bar, no bubble, nothing fetched from elsewhere. Where
// the renderer is software anyway, it takes less of everything without the emulation of a GPU.
const flags = [
  '--kiosk', '--no-sandbox', '--test-type', '--disable-gpu', '--window-position=0,0', '--window-size=1080,1920', '--no-first-run', '--noerrdialogs',
  '--disable-sync', '--disable-background-networking', '--disable-component-update', '--password-store=basic',
];

// The first start on an empty `profile` is a cold one.
export class BrowserKiosk extends Kiosk {
  static start({ pages, profile, env, animated }) {
    const url = `${pages.url}/kiosk.html${animated ? '?animated' : ''}`;
    const chromium = new BrowserKiosk(new Running('chromium', [...flags, `--user-data-dir=${profile}`, url], { env }));
    pages.told = (event) => chromium.take(event);
    return chromium;
  }

  // It tells by itself.
  look() {
    if (this.process.how) throw new Error(`chromium ended with ${JSON.stringify(this.process.how)}: ${this.process.errors}`);
    return this.events;
  }
}
