// SPDX-License-Identifier: Apache-2.0
// Headquarters gives out a kiosk's PIN, on the dashboard's pages.
import assert from 'node:assert/strict';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { openBrowser, signInBy } from '../../app/tool/demo/browser.mjs';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { bin } from './stage.mjs';

const kiosk = 'utrecht-centrum-balie';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function stage(act) {
  const folder = mkdtempSync(join(tmpdir(), 'halte-pin-'));
  const set = { folder, data: join(folder, 'hq') };
  try {
    set.hq = await Headquarters.start({ bin, data: set.data });
    await set.hq.simulate({ bin, days: 1 });
    set.browser = await openBrowser();
    await act(set);
  } finally {
    await set.browser?.close();
    await set.hq?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

// The overview, for whoever the link signs in.
async function overview({ browser }, link, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'nl-NL', ...options });
  const page = await context.newPage();
  page.violations = [];
  page.on('console', (m) => m.text().includes('Content Security Policy') && page.violations.push(m.text()));
  await signInBy(page, link);
  await page.locator(`[data-kiosk=${kiosk}]`).waitFor();
  return page;
}

const newPin = (page) => page.locator(`[data-kiosk=${kiosk}]`).getByRole('button', { name: 'Nieuwe pincode' });
const dialog = (page) => page.getByRole('dialog', { name: 'Nieuwe pincode' });

async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run('dialog'));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`), []);
}

test('dashboard: a new PIN is asked for once more, shown once, and gone with its window', { timeout: 120_000 }, () =>
  stage(async (set) => {
    const page = await overview(set, await set.hq.signInLink());
    const asked = [];
    page.on('request', (r) => r.method() === 'POST' && asked.push(new URL(r.url()).pathname));

    await newPin(page).click();
    await dialog(page).getByRole('button', { name: 'Annuleren' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    assert.deepEqual(asked, [], 'who cancels has asked the server for nothing');

    await newPin(page).click();
    await dialog(page).getByRole('button', { name: 'Nieuwe pincode maken' }).click();
    const digits = (await page.getByTestId('pin').textContent()).replaceAll(/\s/g, '');
    assert.match(digits, /^[0-9]{6}$/);
    assert.deepEqual(asked, [`/api/v1/kiosks/${kiosk}/pin`]);
    assert.match(await page.evaluate(() => document.activeElement.innerText), new RegExp([...digits].join(' ')));

    await dialog(page).getByRole('button', { name: 'Klaar' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    assert.ok(!(await page.content()).includes(digits));
    assert.equal(await newPin(page).evaluate((button) => button === document.activeElement), true, 'the keyboard is back where it was');
    await newPin(page).click();
    assert.equal(await page.getByTestId('pin').count(), 0, 'the digits do not come back');
    assert.deepEqual(page.violations, []);
  }));

test('dashboard: the window of a new PIN is accessible, and fits, light and dark, wide and narrow', { timeout: 120_000 }, () =>
  stage(async (set) => {
    for (const colorScheme of ['light', 'dark'])
      for (const viewport of [{ width: 1440, height: 1000 }, { width: 320, height: 640 }]) {
        const page = await overview(set, await set.hq.signInLink(), { colorScheme, viewport });
        await newPin(page).click();
        await isAccessible(page);
        await dialog(page).getByRole('button', { name: 'Nieuwe pincode maken' }).click();
        await page.getByTestId('pin').waitFor();
        await isAccessible(page);
        const [inside, whole] = await dialog(page).evaluate((d) => [d.clientWidth, d.scrollWidth]);
        assert.ok(whole <= inside, `${viewport.width} px: nothing stands beyond the edge (${whole} in ${inside})`);
        await page.context().close();
      }
  }));

test('dashboard: who is no administrator finds no button for it', { timeout: 120_000 }, () =>
  stage(async (set) => {
    const { url } = await set.hq.call('POST', '/people', { email: 'analyst@halte.example', roles: ['analyst'] });
    const page = await overview(set, url);
    assert.equal(await newPin(page).count(), 0);
  }));
