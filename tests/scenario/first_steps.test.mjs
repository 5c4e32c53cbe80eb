// SPDX-License-Identifier: Apache-2.0
// An empty server leads its administrator to the first answer, which a real kiosk sends.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { openBrowser } from '../../app/tool/demo/browser.mjs';
import { Headquarters } from '../../app/tool/demo/headquarters.mjs';
import { Kiosk } from '../../app/tool/demo/kiosk.mjs';
import { until } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { fits, isAccessible, sizes } from './dashboard.mjs';
import { bin } from './stage.mjs';

let folder, hq, browser, screen, kiosk;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halte-first-steps-'));
  hq = await Headquarters.start({ bin, data: join(folder, 'hq') });
  browser = await openBrowser();
  screen = await Screen.start(1080, 1920);
}, { timeout: 60_000 });

after(async () => {
  await kiosk?.stop();
  await browser?.close();
  await screen?.stop();
  await hq?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const password = 'groene fiets op de brug';

async function newPage() {
  const context = await browser.newContext({ viewport: sizes[0].viewport, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (m) => m.text().includes('Content Security Policy') && page.faults.push(m.text()));
  page.on('pageerror', (error) => page.faults.push(error.message));
  return page;
}

// Every step is looked at wide and narrow.
async function isGood(page, what) {
  for (const { name, viewport, colours } of sizes) {
    await page.setViewportSize(viewport);
    for (const colorScheme of colours) {
      await page.emulateMedia({ colorScheme });
      await isAccessible(page);
      await fits(page, `${what}, ${name}`);
    }
  }
  await page.setViewportSize(sizes[0].viewport);
}
const reaches = (page, step) => page.locator(`[data-testid=steps][data-next=${step}]`).waitFor();
const isDone = (page, step) => page.locator(`[data-step=${step}].done`).count();

test('first steps: an empty server leads to its first answer, and then is an ordinary one', { timeout: 240_000 }, async () => {
  const page = await newPage();
  await page.goto(hq.setUpLink);
  await page.getByLabel('Organisatie').fill('Bakkerij Vroeg');
  await page.getByLabel('Uw e-mailadres').fill('sanne@vroeg.example');
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Beginnen' }).click();

  await reaches(page, 'survey');
  await isGood(page, 'the survey');
  await page.getByRole('radio', { name: /In de paskamer/ }).check();
  await page.getByTestId('preview').getByText('Hoe was het passen vandaag?').waitFor();
  await page.getByRole('radio', { name: /Het bezoek, in vijf gezichten/ }).check();
  await page.getByTestId('preview').getByText('Hoe was uw bezoek vandaag?').waitFor();
  await page.getByRole('button', { name: '2', exact: true }).click();
  await page.getByTestId('preview').getByText('Wat beviel u?').waitFor();
  await page.getByRole('button', { name: 'Dit vragen' }).click();

  await reaches(page, 'place');
  assert.equal(await isDone(page, 'survey'), 1);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Zeg waar de kiosk staat');
  await isGood(page, 'the place');
  await page.reload(); // what is done is known by the server
  await reaches(page, 'place');
  await page.getByLabel('Filiaal', { exact: true }).fill('Utrecht Oog in Al');
  assert.equal(await page.getByLabel('Hoe men de kiosk noemt').inputValue(), 'Utrecht Oog in Al, kassa');
  await page.getByLabel('Waar in het filiaal').selectOption({ label: 'Ingang' });
  await page.getByRole('button', { name: 'Daar staat hij' }).click();

  await reaches(page, 'pair');
  await page.getByRole('button', { name: 'Maak een code' }).click();
  await page.getByTestId('code').waitFor();
  await isGood(page, 'the code');
  const enrol = (await page.getByTestId('code').locator('span').allTextContents()).join('-');
  const data = join(folder, 'kiosk');
  mkdirSync(data);
  kiosk = Kiosk.start({ bin, data, env: screen.env, server: hq.url, enrol });
  await reaches(page, 'answer');
  await isGood(page, 'the wait');
  await kiosk.shows('rate');
  assert.equal(await page.getByTestId('first-answer').count(), 0);

  await new Visitor(kiosk, screen, random(7)).visit();
  await page.getByTestId('first-answer').waitFor({ timeout: 90_000 });
  await page.getByTestId('headline').first().waitFor();
  await isGood(page, 'the welcome');

  await page.reload();
  await page.getByTestId('headline').first().waitFor();
  await until('the first steps to be over', async () => (await page.getByTestId('steps').count()) === 0 && (await page.getByTestId('first-answer').count()) === 0);
  await page.getByRole('link', { name: 'Eerste stappen' }).click();
  await page.locator('[data-testid=steps][data-next=""]').waitFor();
  for (const step of ['survey', 'place', 'pair', 'answer']) assert.equal(await isDone(page, step), 1, step);
  await isGood(page, 'all done');
  assert.deepEqual(page.faults, []);

  const { zone, branches, touchpoints, kiosks } = await page.evaluate(async () => (await fetch('/api/v1/organisation')).json());
  assert.equal(zone, 'Europe/Amsterdam');
  assert.deepEqual(branches.map((one) => [one.id, one.name]), [['utrecht-oog-in-al', 'Utrecht Oog in Al']]);
  assert.deepEqual(touchpoints, [{ id: 'entrance', name: 'Ingang', survey: 'emotion' }]);
  assert.deepEqual(kiosks.map((one) => [one.id, one.name]), [['utrecht-oog-in-al-entrance', 'Utrecht Oog in Al, ingang']]);
});
