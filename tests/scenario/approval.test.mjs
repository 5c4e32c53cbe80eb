// SPDX-License-Identifier: Apache-2.0
// A kiosk out of its box shows what a phone reads; an administrator says on the phone which kiosk it is.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { openBrowser, signInBy } from '../../app/tool/demo/browser.mjs';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { answers, change } from './database.mjs';
import { bin } from './stage.mjs';

const email = 'beheer@versmarkt.example', password = 'een heel lang wachtwoord', pin = '719305';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'nl-NL' };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const survey = JSON.parse(readFileSync(new URL('../../assets/surveys/visit.json', import.meta.url), 'utf8'));

const chain = {
  settings: { languages: ['nl', 'en'] },
  branches: ['utrecht', 'breda'].map((id) => ({ id, name: id, zone: 'Europe/Amsterdam', opening_hours: {} })),
  surveys: [{ id: 'visit', version: 1, definition: survey, metrics: { nps: 'nps', emotion: 'visit' } }],
  touchpoints: [{ id: 'checkout', name: 'Kassa', survey: 'visit' }],
  kiosks: [{ id: 'utrecht-1', name: 'Utrecht, kassa', branch: 'utrecht', touchpoint: 'checkout' }],
};

let folder, hq, screen, browser;
const kiosks = [];

async function startHeadquarters(port) {
  const { cookie, csrf } = hq ?? {};
  hq = await Headquarters.start({ bin, data: join(folder, 'hq'), port });
  Object.assign(hq, { cookie, csrf });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halte-approval-'));
  await startHeadquarters(0);
  const reply = await fetch(`${hq.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: hq.setUpLink.split('#')[1], organisation: 'Versmarkt', email, password }),
  });
  hq.cookie = reply.headers.get('set-cookie').split(';')[0];
  hq.csrf = (await reply.json()).csrf;
  await hq.call('PUT', '/organisation', chain);
  screen = await Screen.start(1080, 1920);
  browser = await openBrowser();
});

after(async () => {
  for (const kiosk of kiosks) await kiosk.stop();
  await browser?.close();
  await hq?.stop();
  await screen?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function outOfItsBox(name) {
  const data = join(folder, name);
  mkdirSync(data, { recursive: true });
  const kiosk = Kiosk.start({ bin, data, env: screen.env, args: ['--server', hq.url, '--motion', 'off', '--language', 'nl', '--fullscreen'] });
  kiosks.push(kiosk);
  return kiosk;
}

const letters = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;
const onGlass = (kiosk) => until('the fingerprint on the glass', () => kiosk.look() && kiosk.screen?.name === 'manager/approval' && kiosk.screen.texts.find((t) => letters.test(t)));
const says = (kiosk, words) => until(`"${words}"`, () => kiosk.look() && kiosk.screen.texts.some((t) => t.includes(words)), 90_000);

// What a phone finds behind the code, before anybody has signed in.
async function scan(fingerprint, options = phone) {
  const page = await (await browser.newContext(options)).newPage();
  page.violations = [];
  page.on('console', (m) => m.text().includes('Content Security Policy') && page.violations.push(m.text()));
  await page.goto(`${hq.url}/enrol#${fingerprint.replaceAll('-', '')}`);
  return page;
}

async function signIn(page) {
  await page.getByLabel('E-mailadres').fill(email);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
}

async function isGood(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run('main'));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
  const [inside, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(whole <= inside, `nothing stands beyond the edge (${whole} in ${inside})`);
}

const shown = async (page) => (await page.getByTestId('fingerprint').locator('span').allTextContents()).join('-');

async function tap(kiosk, visitor, id) {
  await until(`the target ${id}`, () => kiosk.look() && kiosk.screen.targets[id]);
  await until('another tap to be one', () => kiosk.last !== id || performance.now() - kiosk.tapped > 400);
  await visitor.tap(id);
  [kiosk.last, kiosk.tapped] = [id, performance.now()];
}

test('approval: a phone makes a kiosk out of its box one of the organisation, and it goes on to its first answer', { timeout: 240_000 }, async () => {
  let kiosk = outOfItsBox('first');
  const fingerprint = await onGlass(kiosk);
  await kiosk.stop();
  kiosk = outOfItsBox('first');
  assert.equal(await onGlass(kiosk), fingerprint, 'a restart shows the same');

  const page = await scan(fingerprint);
  await signIn(page);
  await page.getByTestId('fingerprint').waitFor();
  assert.equal(await shown(page), fingerprint);
  await isGood(page);
  await page.getByLabel('Utrecht, kassa').check();
  await page.getByRole('button', { name: 'Goedkeuren' }).click();
  await page.getByTestId('enrolled').waitFor({ timeout: 30_000 });
  await isGood(page);
  assert.deepEqual(page.violations, []);

  const visitor = new Visitor(kiosk, screen, random(1));
  for (const name of ['manager/pin', 'manager/pin-again']) {
    await kiosk.shows(name);
    for (const digit of pin) await tap(kiosk, visitor, `pin/${digit}`);
    await tap(kiosk, visitor, 'enter');
  }
  await kiosk.shows('manager/score');
  await tap(kiosk, visitor, 'leave');
  await kiosk.shows('rate');
  await visitor.visit();
  await until('the answer at headquarters', () => answers(join(folder, 'hq'), 'utrecht-1').length === 1, 30_000);
  await kiosk.stop();
  await page.context().close();
});

test('approval: who looks after nothing cannot approve, and a request that has ended is asked for anew', { timeout: 240_000 }, async () => {
  const kiosk = outOfItsBox('second');
  const fingerprint = await onGlass(kiosk);
  const reader = await hq.call('POST', '/people', { email: 'lezer@versmarkt.example', roles: ['reader'], name: '' });
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInBy(page, reader.url);
  await page.goto(`${hq.url}/enrol#${fingerprint.replaceAll('-', '')}`);
  await page.getByText('Alleen een beheerder kan deze pagina openen.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Goedkeuren' }).count(), 0);
  const status = await page.evaluate(async (path) => {
    const me = await (await fetch('/api/v1/me')).json();
    const headers = { 'Content-Type': 'application/json', 'X-Halte-Csrf': me.csrf };
    return (await fetch(path, { method: 'POST', headers, body: '{"kiosk":"utrecht-1"}' })).status;
  }, `/api/v1/enrolment-requests/${fingerprint.replaceAll('-', '')}/approval`);
  assert.equal(status, 403);
  await context.close();

  const port = new URL(hq.url).port;
  await hq.stop();
  await says(kiosk, 'antwoordt niemand'); // and the code stays on the glass
  assert.ok(kiosk.screen.texts.includes(fingerprint));
  change(join(folder, 'hq', 'hq.db'), (db) => db.exec('UPDATE enrolment_request SET expires = 0'));
  await startHeadquarters(port);
  await says(kiosk, 'Wacht tot iemand');
  assert.equal((await hq.get(`/enrolment-requests/${fingerprint}`)).approved_as, null);
  await kiosk.stop();
});

test('approval: two that wait are two, one becomes a new kiosk, and taking the place of another one is said', { timeout: 240_000 }, async () => {
  const [one, two] = ['third', 'fourth'].map(outOfItsBox);
  const [first, second] = [await onGlass(one), await onGlass(two)];
  assert.notEqual(first, second);
  const page = await scan(second);
  await signIn(page);
  await page.getByText('Hij komt in de plaats van').click();
  await page.getByLabel('Utrecht, kassa').check();
  assert.match(await page.getByTestId('replaces').textContent(), /Utrecht, kassa/);
  await page.getByRole('button', { name: 'Utrecht, kassa vervangen' }).waitFor();
  await isGood(page);

  await page.getByLabel('Een nieuwe kiosk').check();
  await page.getByLabel('Filiaal').selectOption('breda');
  await page.getByLabel('Contactmoment').selectOption('checkout');
  await page.getByLabel('Hoe men hem noemt').fill('Breda, kassa');
  await isGood(page);
  await page.getByRole('button', { name: 'Goedkeuren' }).click();
  await page.getByTestId('enrolled').waitFor({ timeout: 30_000 });
  await two.shows('manager/pin');
  assert.equal(one.look() && one.screen.name, 'manager/approval');
  const { kiosks: known } = await hq.get('/organisation');
  assert.deepEqual(known.map((k) => k.id).sort(), ['breda-checkout', 'utrecht-1']);
  await page.getByText('Breda, kassa').waitFor();
  await page.goto(`${hq.url}/enrol#${first.replaceAll('-', '')}`);
  await page.getByRole('button', { name: 'Niet van ons' }).click();
  await page.getByText('Geweigerd').waitFor();
});
