// SPDX-License-Identifier: Apache-2.0
// The dashboard's pages, who may open them, and what every one of them has to be. A new page is a line here.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, signInBy } from '../../app/tool/demo/browser.mjs';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { bin } from './stage.mjs';

export const roles = ['administrator', 'analyst', 'reviewer', 'case_handler', 'branch_manager', 'privacy_officer', 'reader'];
const headquarters = { roles: roles.filter((role) => role !== 'branch_manager'), refusal: 'Uw rol geeft geen toegang' };
const reviewers = { roles: ['reviewer'], refusal: 'Uw rol geeft geen toegang' };
const writers = { roles: ['administrator', 'analyst'], refusal: 'Alleen een analist of een beheerder kan deze pagina openen.' };
const administrators = { roles: ['administrator'], refusal: 'Alleen een beheerder kan deze pagina openen.' };

// `ready`: a test id of what the page shows when it has its data. `link`: its name in the navigation, in `menu` where
// it stands in one. Whoever has none of the roles reads the refusal.
export const pages = [
  // A branch manager's overview is the report of the own branch.
  { name: 'overview', path: '/', ready: 'headline', link: 'Overzicht', roles },
  { name: 'reports', path: '/reports?days=365&metric=emotion&step=week', ready: 'headline', link: 'Rapporten', roles },
  { name: 'comments', path: '/comments?days=365', ready: 'comments', link: 'Opmerkingen', ...reviewers },
  { name: 'branch', path: '/branches/utrecht-centrum', ready: 'headline', ...headquarters },
  { name: 'journey', path: '/journeys/supermarkt-weekboodschappen', ready: 'score', ...headquarters },
  { name: 'kiosks', path: '/kiosks', ready: 'fleet', link: 'Kiosken', roles },
  { name: 'one kiosk', path: '/kiosks/utrecht-centrum-balie', ready: 'facts', roles },
  { name: 'first steps', path: '/first-steps', ready: 'steps', ...administrators },
  { name: 'organisation', path: '/organisation', ready: 'place', link: 'Organisatie', menu: 'Beheer', ...administrators },
  { name: 'region', path: '/organisation/region/randstad', ready: 'place', ...administrators },
  { name: 'kiosk', path: '/organisation/kiosk/utrecht-centrum-balie', ready: 'place', ...administrators },
  { name: 'touchpoint', path: '/organisation/touchpoint/checkout', ready: 'place', ...administrators },
  { name: 'surveys', path: '/surveys', ready: 'survey', link: 'Vragenlijsten', menu: 'Beheer', ...writers },
  { name: 'survey', path: '/surveys/visit', ready: 'glass', ...writers },
  { name: 'survey in its languages', path: '/surveys/visit/texts', ready: 'missing', ...writers },
  { name: 'survey as it was published', path: '/surveys/visit/versions', ready: 'version', ...writers },
  { name: 'people', path: '/people', ready: 'person', link: 'Mensen', menu: 'Beheer', ...administrators },
];

// 200 % of a window of 1440 is one of 720. Colours change no layout: both are looked at once.
export const sizes = [
  { name: '1440 px', viewport: { width: 1440, height: 1000 }, colours: ['light', 'dark'] },
  { name: '200 %', viewport: { width: 720, height: 500 }, colours: ['light'] },
  { name: '320 px', viewport: { width: 320, height: 640 }, colours: ['dark'] },
];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A server with the demo organisation, and a browser: one for a whole file of tests.
export class Dashboard {
  static async start({ days = 1 } = {}) {
    const dashboard = new Dashboard();
    try {
      dashboard.hq = await Headquarters.start({ bin, data: join(dashboard.folder, 'hq') });
      await dashboard.hq.simulate({ bin, days });
      dashboard.browser = await openBrowser();
    } catch (error) {
      await dashboard.stop();
      throw error;
    }
    return dashboard;
  }

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'halte-dashboard-'));
    this.people = 0;
  }

  // A page without anybody signed in, which notes what the content policy or a script complained of.
  async page(options = {}) {
    const context = await this.browser.newContext({ viewport: sizes[0].viewport, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', ...options });
    const page = await context.newPage();
    page.faults = [];
    page.on('console', (m) => m.text().includes('Content Security Policy') && page.faults.push(m.text()));
    page.on('pageerror', (error) => page.faults.push(error.message));
    return page;
  }

  // A page of somebody new who has these roles.
  async pageOf(roles, options) {
    const branches = roles.includes('branch_manager') ? ['utrecht-centrum'] : [];
    const { url } = await this.hq.call('POST', '/people', { email: `person${++this.people}@halte.example`, roles, branches });
    const page = await this.page(options);
    await signInBy(page, url);
    return page;
  }

  async open(page, { path, ready }) {
    await page.goto(this.hq.url + path);
    await page.getByTestId(ready).first().waitFor();
  }

  async stop() {
    await this.browser?.close();
    await this.hq?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function isAccessible(page, part = 'body') {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((selector) => globalThis.axe.run(selector), part);
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
}

export async function fits(page, what) {
  const [inside, whole] = await page.evaluate(() => [innerWidth, document.scrollingElement.scrollWidth]);
  assert.ok(whole <= inside, `${what}: nothing stands beyond the edge (${whole} in ${inside})`);
}
