// SPDX-License-Identifier: Apache-2.0
// How much of the opening hours was asked, beside every score of the dashboard.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { Dashboard, fits, isAccessible, sizes } from './dashboard.mjs';
import { Device } from './device.mjs';

const overview = { path: '/', ready: 'headline' };
const journey = { path: '/journeys/supermarkt-weekboodschappen', ready: 'score' };
const kiosk = 'amsterdam-west-ingang'; // the only one at the entrance; it was off for half of yesterday
const untold = 'Gevraagde uren: nog niet bekend';

const dayMs = 86_400_000;
const amsterdam = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'medium' });
const dayOf = (moment) => amsterdam.format(moment).slice(0, 10);
// When it is midday on that day, by the clock in the shop.
const middayOf = (day) => [10, 11].map((hour) => new Date(`${day}T${hour}:00:00Z`)).find((at) => amsterdam.format(at).endsWith('12:00:00'));
const today = dayOf(Date.now());
const yesterday = dayOf(middayOf(today) - dayMs);

let dashboard;
before(async () => {
  dashboard = await Dashboard.start();
  const { branches } = await dashboard.hq.get('/organisation');
  const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['08:00-16:00']]));
  await dashboard.hq.call('PUT', '/organisation', { branches: branches.map((one) => ({ ...one, opening_hours: hours })) });
  const { code } = await dashboard.hq.call('POST', `/kiosks/${kiosk}/enrolment-codes`);
  const device = await Device.enrol(dashboard.hq.url, code);
  const noon = middayOf(yesterday).getTime();
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  const span = (from, to, state) => ({ from: at(from), to: at(to), state });
  const at = (moment) => `${new Date(moment).toISOString().slice(0, 19)}Z`;
  await device.beat({
    coverage: [
      span(noon - 4 * 3_600_000, noon - 3_600_000, 'open'),
      span(noon - 3_600_000, noon, 'blocked'),
      span(noon + 6 * 3_600_000, minute, 'open'), // from after the shop had closed
    ],
  });
}, { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`coverage: ${name}`, { timeout: 180_000 }, act);
const plain = (text) => text.replaceAll(/\s+/g, ' ').trim();
const wordsIn = async (place) => plain(await place.getByTestId('coverage').first().innerText());
const percent = (share) => `${Math.floor(share * 100)}%`;
const shareOf = async (query, id) => (await dashboard.hq.get(`/coverage?${query}`)).units.find((one) => one.id === id).share;

claim('a kiosk that was off for half of an opening day shows so, by day', async () => {
  const page = await dashboard.pageOf(['branch_manager', 'reader']);
  await dashboard.open(page, { path: `/kiosks/${kiosk}`, ready: 'week-day' });
  const day = (date) => page.locator(`[data-testid=week-day][data-day="${date}"]`);
  await day(yesterday).getByText('van 8 uur').waitFor();
  assert.equal(plain(await day(yesterday).locator('.words').innerText()), '3 van 8 uur gevraagd 4 uur uit, 1 uur afgedekt');
  await day(dayOf(middayOf(today) - 2 * dayMs)).getByText('nog niet bekend').waitFor();
  assert.deepEqual(await page.getByTestId('week-day').evaluateAll((all) => [all.length, all.at(-1).dataset.day]), [7, today]);
  const share = await shareOf('days=7&by=kiosk', kiosk);
  assert.equal(await wordsIn(page.getByTestId('week')), `Gevraagd in ${percent(share)} van de openingstijd`);
  for (const { viewport } of sizes) {
    await page.setViewportSize(viewport);
    await isAccessible(page);
    await fits(page, 'the week');
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('the same share in the same words stands beside the scores of every page, and what nobody told is not known', async () => {
  const page = await dashboard.pageOf(['analyst']);
  const share = await shareOf('days=30&by=touchpoint', 'entrance');
  const words = `Gevraagd in ${percent(share)} van de openingstijd`;
  await dashboard.open(page, overview);
  const row = (id) => page.locator(`[data-testid=branch][data-branch=${id}]`);
  await row('amsterdam-west').getByText(words).waitFor();
  assert.equal(await wordsIn(row('breda')), untold);
  for (const headline of await page.getByTestId('headline').all())
    assert.ok((await wordsIn(headline)).startsWith(`${words} 4 uur uit, 1 uur afgedekt`));
  assert.ok(!(await page.innerText('main')).includes('Gevraagd in 0%'));

  await dashboard.open(page, { path: '/branches/amsterdam-west', ready: 'headline' });
  const touchpoint = (id) => page.locator(`[data-testid=touchpoint][data-touchpoint=${id}]`);
  await touchpoint('entrance').getByText(words).waitFor();
  assert.equal(await wordsIn(touchpoint('checkout')), untold);

  await dashboard.open(page, journey);
  const score = (id) => page.locator(`[data-testid=score][data-measured-by=${id}][data-metric=nps]`);
  await score('entrance').getByText(words).waitFor();
  assert.equal(await wordsIn(score('checkout')), untold);

  await dashboard.open(page, { path: '/reports?days=30&by=touchpoint&metric=emotion', ready: 'unit' });
  await page.locator('[data-testid=unit][data-id=entrance]').getByText(words).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('it comes beside the figures: nothing moves when it is there, and a page without it has no error', async () => {
  for (const { viewport } of [sizes[0], sizes[2]]) {
    const page = await dashboard.pageOf(['reader'], { viewport });
    const places = () => page.locator('[data-testid=branch] .line, [data-testid=headline] .caveat').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    let answer;
    const asked = new Promise((resolve) => (answer = resolve));
    await page.route('**/api/v1/coverage?*', async (route) => {
      await asked;
      await route.continue();
    });
    await dashboard.open(page, overview);
    await page.evaluate(() => document.fonts.ready);
    const empty = await places();
    assert.equal(await page.getByTestId('coverage').count(), 0);
    answer();
    await page.getByTestId('coverage').first().waitFor();
    assert.deepEqual(await places(), empty);

    await page.unroute('**/api/v1/coverage?*');
    await page.route('**/api/v1/coverage?*', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"title":"Forbidden"}' }));
    for (const where of [overview, journey, { path: '/branches/breda', ready: 'headline' }, { path: `/kiosks/${kiosk}`, ready: 'facts' }]) {
      await dashboard.open(page, where);
      await page.waitForLoadState('networkidle').catch(() => {});
      assert.deepEqual([await page.getByRole('alert').count(), await page.getByTestId('coverage').count()], [0, 0], where.path);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});
