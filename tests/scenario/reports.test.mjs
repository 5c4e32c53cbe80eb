// SPDX-License-Identifier: Apache-2.0
// Reports tell their days by the clock of the place, not by that of Greenwich.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Dashboard } from './dashboard.mjs';

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const dates = (page) => page.locator('input[type=date]').evaluateAll((all) => all.map((one) => one.value));

test('reports: a view from one day to another says these days, and a link without them those that it means', { timeout: 180_000 }, async () => {
  const page = await dashboard.pageOf(['analyst']);
  await dashboard.open(page, { path: '/reports?from=2026-11-02&to=2026-11-15', ready: 'headline' });
  await page.getByText(/\b2 november.*\b15 november/).first().waitFor();
  assert.deepEqual(await dates(page), ['2026-11-02', '2026-11-15']);

  await dashboard.open(page, { path: '/reports?days=7', ready: 'headline' });
  const { period, zone } = (await dashboard.hq.get('/stats?days=7')).view;
  const amsterdam = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });
  assert.equal(zone, 'Europe/Amsterdam');
  assert.deepEqual(await dates(page), [period.from, Date.parse(period.to) - 1].map((moment) => amsterdam.format(new Date(moment))));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
