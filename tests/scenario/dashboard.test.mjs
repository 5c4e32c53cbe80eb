// SPDX-License-Identifier: Apache-2.0
// What every page of the dashboard is, and whom it opens for.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Dashboard, fits, isAccessible, pages, sizes } from './dashboard.mjs';

const roles = ['administrator', 'analyst', 'reviewer', 'case_handler', 'branch_manager', 'privacy_officer', 'reader'];

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`dashboard: ${name}`, { timeout: 180_000 }, act);

for (const { name, path, ready } of pages)
  claim(`${name} is accessible, light and dark, keeps the content policy, and fits wide, zoomed and narrow`, async () => {
    const page = await dashboard.pageOf(['administrator']);
    for (const { name: size, viewport, colours } of sizes) {
      await page.setViewportSize(viewport);
      for (const colorScheme of colours) {
        await page.emulateMedia({ colorScheme });
        await dashboard.open(page, { path, ready });
        await isAccessible(page);
        await fits(page, `${colorScheme}, ${size}`);
      }
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

for (const role of roles)
  claim(`${role} finds the pages of that role in the navigation, and at another's address a clear word`, async () => {
    const page = await dashboard.pageOf([role]);
    for (const { path, ready, roles: allowed, link } of pages) {
      await page.goto(dashboard.hq.url + path);
      if (allowed.includes(role)) await page.getByTestId(ready).first().waitFor();
      else if (role === 'branch_manager' && !path.startsWith('/organisation') && path !== '/people')
        await page.locator('[role=alert], h1').first().waitFor();
      else await page.getByRole('heading', { name: 'Voor beheerders' }).waitFor();
      const menu = page.getByRole('button', { name: 'Beheer', exact: true });
      assert.equal(await menu.count(), role === 'administrator' ? 1 : 0);
      if (!link || !allowed.includes(role)) continue;
      if (allowed.length === 1) await menu.click();
      await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).waitFor();
    }
    await page.context().close();
  });
