// SPDX-License-Identifier: Apache-2.0
// What every page of the dashboard is, and whom it opens for.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Dashboard, fits, isAccessible, pages, roles, sizes } from './dashboard.mjs';

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`dashboard: ${name}`, { timeout: 180_000 }, act);

for (const { name, path, ready } of pages)
  claim(`${name} is accessible, light and dark, keeps the content policy, and fits wide, zoomed and narrow`, async () => {
    const page = await dashboard.pageOf(['administrator', 'reviewer']);
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
  claim(`the pages of a person who is ${role} open and stand in the navigation, and others say why they do not`, async () => {
    const page = await dashboard.pageOf([role]);
    for (const { path, ready, roles: allowed, refusal, link, menu } of pages) {
      await page.goto(dashboard.hq.url + path);
      const isAllowed = allowed.includes(role);
      if (isAllowed) await page.getByTestId(ready).first().waitFor();
      else await page.getByText(refusal).first().waitFor();
      const opener = page.getByRole('button', { name: menu, exact: true });
      if (menu && (isAllowed || (await opener.count()) > 0)) await opener.click();
      const shown = page.getByRole('navigation').getByRole('link', { name: link, exact: true });
      if (isAllowed && link) await shown.waitFor();
      else if (link) assert.equal(await shown.count(), 0);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
