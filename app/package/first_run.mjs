// SPDX-License-Identifier: Apache-2.0
// The section "First run" of README.md, as somebody goes through it who has never seen Halte: on a bare Debian, from
// the packages to the first answer. Every step is a test, in the order in which the section says them.
//   first_run.mjs ROOT PACKAGES     folders: a fresh root with systemd, and the packages for that Debian. As root.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { resolve } from 'node:path';
import { openBrowser } from '../tool/demo/browser.mjs';
import { Kiosk } from '../tool/demo/kiosk.mjs';
import { until } from '../tool/demo/processes.mjs';
import { Screen } from '../tool/demo/screen.mjs';
import { Visitor, random } from '../tool/demo/visitor.mjs';
import { Machine } from './machine.mjs';

const [root, packages] = process.argv.slice(2).map((folder) => resolve(folder));
const most = 300; // seconds
const server = 'http://127.0.0.1:8080';
const announce = '/run/halte-kiosk/announce.jsonl';
const patience = 90_000;

// The unit as it is, but that its X server is a virtual one, since the machine has no console for Xorg, and that it
// tells where its buttons are.
const screenless = (display) => `[Service]
ExecStart=
ExecStart=/usr/bin/halte-kiosk --fullscreen --announce ${announce}
Environment=DISPLAY=${display} LIBGL_ALWAYS_SOFTWARE=1
StandardInput=null
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
`;

const section = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').match(/^## First run\n(.*?)^## /ms)?.[1] ?? '';
const steps = [];
let machine, screen, browser, page, kiosk, link, code, told = 0;

// `words` are what the section tells to run or to press; `remedy` is where to look when it does not work.
async function step(name, { words, remedy }, work) {
  const began = performance.now();
  try {
    const at = section.indexOf(words, told);
    if (at < 0) throw new Error(`README.md does not say "${words}" in "First run", or not in this order`);
    told = at + words.length;
    await work(words);
  } catch (error) {
    throw new Error(`${name}: ${error.message}\n  ${remedy}`);
  }
  const seconds = (performance.now() - began) / 1000;
  steps.push({ name, seconds });
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
}

const reaches = (next) => page.locator(`[data-testid=steps][data-next=${next}]`).waitFor();
const press = (name) => page.getByRole('button', { name, exact: true }).click();

// One machine is both here: what the server listens on and the kiosk may trust without TLS.
async function isFree(port) {
  const socket = net.connect(port, '127.0.0.1');
  const isTaken = await new Promise((done) => socket.on('connect', () => done(true)).on('error', () => done(false)));
  socket.destroy();
  if (isTaken) throw new Error(`port ${port} is taken on this machine, whose network the new one shares\n  End what listens there: ss -ltnp`);
}

async function prepare() {
  await isFree(8080);
  machine = await Machine.start({ root, packages });
  screen = await Screen.start(1080, 1920);
  browser = await openBrowser();
  page = await (await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Amsterdam' })).newPage();
  page.setDefaultTimeout(patience);
  const folder = machine.path('/etc/systemd/system/halte-kiosk.service.d');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/screen.conf`, screenless(screen.display));
}

async function setUp() {
  const remedy = 'The package halte-hq or its unit: systemctl status halte-hq; journalctl -u halte-hq';
  await step('apt knows what there is', { words: 'apt update', remedy: 'The name servers and the Debian mirror of this machine: apt update must work' }, (words) => machine.run(words));
  await step('the server runs', { words: 'apt install ./build/packages/halte-{common,hq}_*.deb', remedy }, async (words) => {
    await machine.run(words.replace('install', 'install --yes'));
    await machine.run('systemctl is-active halte-hq');
  });
  await step('its journal holds the link', { words: 'journalctl -u halte-hq', remedy }, async (words) => {
    const journal = await machine.run(`${words} --no-pager`);
    link = journal.match(/http\S*\/setup#\S+/)?.[0];
    if (!link) throw new Error(`no link with /setup# in: ${journal}`);
  });
  await step('the organisation is set up', { words: '**Start**', remedy }, async () => {
    await page.goto(link);
    await page.getByLabel('Organisation').fill('Bakery Early');
    await page.getByLabel('Your e-mail address').fill('sanne@early.example');
    await page.getByLabel('Password').fill('green bicycle on the bridge');
    await press('Start');
    await reaches('survey');
  });
}

async function takeFirstSteps() {
  const remedy = 'The page First steps of the dashboard (app/hq/web/src/start), and what the server says: journalctl -u halte-hq';
  await step('a survey is chosen', { words: '**Ask this**', remedy }, async () => {
    await page.getByRole('radio', { name: /The visit, in five faces/ }).check();
    await press('Ask this');
    await reaches('place');
  });
  await step('the kiosk has its place', { words: '**It stands there**', remedy }, async () => {
    await page.getByLabel('Branch', { exact: true }).fill('Utrecht');
    await page.getByLabel('Where in the branch').selectOption({ label: 'Entrance' });
    await press('It stands there');
    await reaches('pair');
  });
  await step('there is a code', { words: '**Make a code**', remedy }, async () => {
    await press('Make a code');
    await page.getByTestId('code').waitFor();
    code = (await page.getByTestId('code').locator('span').allTextContents()).join('-');
  });
}

async function answer() {
  const remedy = 'The package halte-kiosk or its unit: systemctl status halte-kiosk; journalctl -u halte-kiosk';
  await step('the kiosk runs', { words: 'apt install ./build/packages/halte-{common,kiosk}_*.deb', remedy }, async (words) => {
    await machine.run(words.replace('install', 'install --yes'));
    await until('halte-kiosk to be active', async () => (await machine.try('systemctl is-active halte-kiosk')).code === 0, patience);
  });
  await step('the kiosk has its server and its code', { words: '/etc/halte/kiosk.toml', remedy }, (file) => {
    const settings = { server, enrol: code };
    machine.edit(file, (text) => text.replace(/^# (server|enrol) = .*$/gm, (_, name) => `${name} = "${settings[name]}"`));
  });
  await step('the kiosk is paired and asks', { words: 'systemctl restart halte-kiosk', remedy }, async (words) => {
    await machine.run(words);
    kiosk = new Kiosk(machine.process, machine.path(announce), 0);
    await reaches('answer');
    await until('the first question', () => kiosk.look() && kiosk.screen?.name === 'rate', patience);
  });
  await step('a visitor answers', { words: 'Tap', remedy }, () => new Visitor(kiosk, screen, random(7)).visit());
  await step('the server counts it', { words: 'the page greets the first answer', remedy }, () => page.getByTestId('first-answer').waitFor());
  await step('nothing is missing', { words: 'halte-hq gaps --data /var/lib/halte-hq', remedy }, async (words) => {
    const found = await machine.run(words);
    if (!found.includes('1 captured, 1 received, 0 waiting')) throw new Error(`not one answer captured and received: ${found}`);
  });
}

function sum() {
  const seconds = steps.reduce((all, one) => all + one.seconds, 0);
  const slowest = steps.reduce((most, one) => (one.seconds > most.seconds ? one : most));
  console.log(`${seconds.toFixed(1).padStart(7)} s  of ${most} from the packages to the first answer, in ${steps.length} steps`);
  if (seconds > most) throw new Error(`the first run takes longer than ${most} s, longest that ${slowest.name}\n  If this machine had nothing else to do, that step has become too slow`);
}

// The journals of both, for whoever looks for the cause.
async function tellJournals() {
  const { out } = (await machine?.try('journalctl --no-pager -n 20 -u halte-hq; journalctl --no-pager -n 20 -u halte-kiosk')) ?? {};
  if (out) console.error(out);
}

async function take() {
  await prepare();
  await setUp();
  await takeFirstSteps();
  await answer();
  sum();
}

const interrupted = new Promise((_, fail) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => fail(new Error(`ended by ${signal}`)));
});
try {
  await Promise.race([take(), interrupted]);
} catch (error) {
  await tellJournals();
  console.error(`first_run: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser?.close();
  await machine?.stop();
  await screen?.stop();
}
