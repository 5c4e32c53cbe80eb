// SPDX-License-Identifier: Apache-2.0
// What a reviewer does with what customers wrote.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Dashboard, fits, isAccessible, sizes } from './dashboard.mjs';

let dashboard;
before(async () => (dashboard = await Dashboard.start({ days: 30 })), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`comments: ${name}`, { timeout: 180_000 }, act);
const at = (query) => ({ path: `/comments${query}`, ready: 'comment' });
const comments = (page) => page.getByTestId('comment');
const count = async (page, status) =>
  Number((await page.locator(`.pills [data-status=${status}]`).getByTestId('count').innerText()).replaceAll('.', ''));
const texts = (page) => page.locator('[data-testid=comment] .text').allInnerTexts();

async function asReviewer(query, options) {
  const page = await dashboard.pageOf(['reviewer'], options);
  await dashboard.open(page, at(query));
  return page;
}

claim('by the keyboard alone they are read one by one, marked and tagged, and stay so', async () => {
  const page = await asReviewer('?days=30');
  const before = { new: await count(page, 'new'), to_do: await count(page, 'to_do') };
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = comments(page).first();
  await until('the first comment to have the focus', () => first.evaluate((card) => card === document.activeElement));
  await page.keyboard.press('3');
  await until('it to be marked', async () => (await first.getAttribute('data-status')) === 'to_do');
  assert.equal(await count(page, 'new'), before.new - 1);
  assert.equal(await count(page, 'to_do'), before.to_do + 1);

  await page.keyboard.press('t');
  await page.keyboard.type('kassa 3');
  await page.keyboard.press('Enter');
  await first.getByTestId('tag').waitFor();
  assert.equal(await first.evaluate((card) => card === document.activeElement), true, 'the next key works at once');
  const text = await first.locator('.text').innerText();

  await page.reload();
  await page.getByRole('combobox', { name: 'Label' }).selectOption('kassa 3');
  await until('only that comment', async () => (await comments(page).count()) === 1);
  assert.equal(await first.locator('.text').innerText(), text);
  assert.equal(await first.getAttribute('data-status'), 'to_do');
  await first.getByRole('button', { name: 'Label kassa 3 weghalen' }).click();
  await until('no tag', async () => (await first.getByTestId('tag').count()) === 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('a letter that is typed into a field is text, and keys that are off do nothing', async () => {
  const page = await asReviewer('?days=30');
  await page.keyboard.press('/');
  await page.keyboard.type('j3t');
  const field = page.getByRole('searchbox');
  assert.equal(await field.inputValue(), 'j3t');
  await field.fill('');
  await page.getByRole('checkbox', { name: 'Sneltoetsen' }).uncheck();
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'INPUT');
  await page.reload();
  await comments(page).first().waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'Sneltoetsen' }).isChecked(), false, 'kept in this browser');
  await page.context().close();
});

claim('filters stand in the address, whose link shows the same, and going back takes them away', async () => {
  const page = await asReviewer('?days=30');
  await page.getByLabel('Score').selectOption('low');
  await page.getByRole('searchbox').fill('KASSA');
  await page.keyboard.press('Enter');
  await until('what is found', async () => (await texts(page)).every((text) => /kassa/i.test(text)));
  const address = new URL(page.url());
  assert.deepEqual(Object.fromEntries(address.searchParams), { days: '30', score: 'low', q: 'KASSA' });

  const other = await asReviewer(address.search);
  assert.deepEqual(await texts(other), await texts(page));
  assert.equal(await other.getByLabel('Score').inputValue(), 'low');
  assert.equal(await other.getByRole('searchbox').inputValue(), 'KASSA');
  await page.goBack();
  await until('what is found no longer alone', async () => (await texts(page)).some((text) => !/kassa/i.test(text)));
  for (const one of [page, other]) await one.context().close();
});

claim('those that are hidden are told of, with the reason, and no filter brings them out', async () => {
  const page = await asReviewer('?days=30&branch=zwolle');
  const hidden = page.getByTestId('hidden');
  await hidden.locator('summary').click();
  await hidden.getByText('Zo is niemand te herkennen').waitFor();
  await hidden.getByText('Zonder de plek leest u er misschien wel een deel van').waitFor();
  await isAccessible(page);
  const rounded = await hidden.getAttribute('data-at-least');
  assert.equal(Number(rounded) % 10, 0, 'the exact number would tell');
  await page.getByRole('searchbox').fill('havermelk');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=havermelk/);
  assert.equal(await hidden.getAttribute('data-at-least'), rounded);
  await page.context().close();
});

claim('at the end of the list more come, by the button and by the key', async () => {
  const page = await asReviewer('?days=30');
  assert.equal(await comments(page).count(), 50);
  await page.getByRole('button', { name: 'Meer tonen' }).click();
  await until('the next ones', async () => (await comments(page).count()) === 100);
  await comments(page).last().evaluate((card) => card.focus());
  await page.keyboard.press('j');
  await until('the ones after', async () => (await comments(page).count()) > 100);
  await until('the focus on the first of them', () => comments(page).nth(100).evaluate((card) => card === document.activeElement));
  await page.context().close();
});

claim('as a file they are those of the filters', async () => {
  const page = await asReviewer('?days=30&score=low');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  const csv = readFileSync(await download.path(), 'utf8');
  assert.equal(download.suggestedFilename(), 'halte-comments.csv');
  const low = csv.split('\n').filter((line) => line.includes('low')).length;
  const all = await Promise.all(['new', 'read', 'to_do', 'done'].map((status) => count(page, status)));
  assert.equal(low, all.reduce((sum, n) => sum + n));
  assert.ok(!csv.includes('high'));
  await page.context().close();
});

claim('on a phone the filters open over the list, and everything fits and is accessible', async () => {
  const page = await asReviewer('?days=30', { viewport: sizes.at(-1).viewport });
  assert.equal(await page.getByLabel('Score').isVisible(), false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByLabel('Score').selectOption('high');
  await page.waitForURL(/score=high/);
  await comments(page).first().getByRole('button', { name: 'Label', exact: true }).click();
  await isAccessible(page);
  await fits(page, 'comments with filters and a tag open');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
