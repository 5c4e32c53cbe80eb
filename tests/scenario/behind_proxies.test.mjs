// SPDX-License-Identifier: Apache-2.0
// The examples of app/hq/service/examples, at work in front of the real server: nginx and Caddy as Debian has them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Running, until } from '../../app/tool/demo/processes.mjs';
import { bin } from './stage.mjs';

const example = (name) => readFileSync(new URL(`../../app/hq/service/examples/${name}`, import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'halte-proxies-'));
const [certificate, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));

before(() => {
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2'.split(' ');
  execFileSync('openssl', [...words, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// Every word of the example that is about one machine, replaced by this one's; one that is not there is a mistake.
const adapted = (text, words) => Object.entries(words).reduce((all, [from, to]) => {
  assert.ok(all.includes(from), `the example has ${from}`);
  return all.replaceAll(from, to);
}, text);

function startNginx(home, port, server) {
  const site = adapted(example('nginx.conf'), {
    'listen 443': `listen 127.0.0.1:${port}`,
    'feedback.example.nl;': 'localhost;',
    '/etc/letsencrypt/live/feedback.example.nl/fullchain.pem': certificate,
    '/etc/letsencrypt/live/feedback.example.nl/privkey.pem': key,
    '127.0.0.1:8080': `127.0.0.1:${server}`,
  });
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${home}/${name};`).join(' ');
  writeFileSync(join(home, 'all.conf'), `${process.getuid() === 0 ? 'user root; ' : ''}daemon off; pid ${home}/pid; error_log stderr; events {} http { ${paths}\n${site}}`);
  return new Running('/usr/sbin/nginx', ['-p', home, '-c', join(home, 'all.conf')]);
}

function startCaddy(home, port, server) {
  const site = adapted(example('Caddyfile'), {
    'feedback.example.nl {': `https://localhost:${port} {\n\ttls ${certificate} ${key}`,
    'reverse_proxy 127.0.0.1:8080': `reverse_proxy 127.0.0.1:${server}`,
  });
  writeFileSync(join(home, 'Caddyfile'), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  return new Running('/usr/bin/caddy', ['run', '--adapter', 'caddyfile', '--config', join(home, 'Caddyfile')], { env: { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home } });
}

class Front {
  static async start(start, signal) {
    const front = new Front();
    front.signal = signal;
    front.home = mkdtempSync(join(folder, 'proxy-'));
    mkdirSync(join(front.home, 'logs'));
    front.port = await freePort();
    const url = `https://localhost:${front.port}`;
    const port = await freePort();
    front.hq = await Headquarters.start({ bin, data: join(front.home, 'hq'), port, args: ['--public-url', url, '--trusted-proxy', '127.0.0.1'] });
    front.proxy = start(front.home, front.port, port);
    await until('the proxy to answer', async () => (await front.ask('GET', '/healthz').catch(() => null))?.status === 200);
    return front;
  }

  // As a browser asks: the cookie that was set comes along.
  ask(method, path, body, headers = {}) {
    const options = { method, ca: readFileSync(certificate), headers: { 'content-type': 'application/json', cookie: this.cookie ?? '', 'x-halte-csrf': this.csrf ?? '', ...headers } };
    return new Promise((done, fail) => {
      const asked = request(`https://localhost:${this.port}${path}`, options, (reply) => {
        if (headers.accept === 'text/event-stream') return done(reply);
        const parts = [];
        reply.on('data', (part) => parts.push(part)).on('error', fail);
        reply.on('end', () => done({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString() }));
      });
      asked.on('error', fail);
      asked.end(body);
    });
  }

  async setUp() {
    const token = this.hq.setUpLink.split('#')[1];
    const reply = await this.ask('POST', '/api/v1/setup', JSON.stringify({ token, organisation: 'Versmarkt', email: 'beheer@versmarkt.example', password: 'een heel lang wachtwoord' }));
    assert.equal(reply.status, 200, reply.text);
    const [cookie] = reply.headers['set-cookie'];
    this.cookie = cookie.split(';')[0];
    this.csrf = JSON.parse(reply.text).csrf;
    return cookie;
  }

  async stop() {
    await this.proxy?.kill(this.signal);
    await this.hq?.stop();
  }
}

for (const [name, start, signal] of [['nginx', startNginx, 'SIGTERM'], ['Caddy', startCaddy, 'SIGKILL']]) // Caddy would wait for the page that is open
  test(`behind ${name}: people sign in over TLS, pages live, large pictures pass, and the links are its own`, { timeout: 120_000 }, async () => {
    let front;
    try {
      front = await Front.start(start, signal);
      assert.ok(front.hq.setUpLink.startsWith(`https://localhost:${front.port}/setup#`));
      const cookie = await front.setUp();
      assert.match(cookie, /^__Host-/);
      assert.match(cookie, /; Secure/i);

      const live = await front.ask('GET', '/api/v1/events', undefined, { accept: 'text/event-stream' });
      let heard = '';
      live.on('data', (part) => (heard += part));
      const changed = await front.ask('PUT', '/api/v1/organisation', JSON.stringify({ branches: [{ id: 'utrecht', name: 'Utrecht', zone: 'Europe/Amsterdam', opening_hours: {} }] }));
      assert.equal(changed.status, 204, changed.text);
      await until('the change to be heard', () => heard.includes('event: kiosks'), 5_000);
      live.destroy();

      const picture = execFileSync('convert', ['-size', '1200x900', 'xc:gray', '+noise', 'Random', 'png:-'], { maxBuffer: 16 << 20 });
      assert.ok(picture.length > 1 << 20, 'larger than what nginx takes unasked');
      const sent = await front.ask('POST', '/api/v1/pictures?use=attract', picture, { 'content-type': 'image/png' });
      assert.equal(sent.status, 201, sent.text);
    } finally {
      await front?.stop();
    }
  });
