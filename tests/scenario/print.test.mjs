// SPDX-License-Identifier: Apache-2.0
// What the dashboard's pages are on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { Dashboard, pages } from './dashboard.mjs';

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`print: ${name}`, { timeout: 180_000 }, act);

// The words of each sheet. The colours are those of the night: paper is light all the same.
async function sheets(page, { path, ready }, landscape) {
  await page.emulateMedia({ colorScheme: 'dark' });
  await dashboard.open(page, { path, ready });
  const file = join(dashboard.folder, 'page.pdf');
  await page.pdf({ path: file, format: 'A4', landscape, printBackground: true });
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\f').slice(0, -1);
}
// pdftotext sets letters apart where the line is spread.
const plain = (text) => text.replaceAll(/\s+/g, ' ');
const chrome = ['Naar de inhoud', 'Rapporten Klantreizen', 'Beheer', 'afmelden', 'Donkere kleuren', 'Toon als tabel', 'XLSX', 'Afdrukken', 'Zoeken', 'Nieuwe pincode'];

for (const { name, path, ready } of pages.filter(({ name }) => ['overview', 'reports', 'branch', 'journey', 'kiosks', 'one kiosk'].includes(name)))
  claim(`${name} is on paper without what is to be pressed, says whose it is and when, and has no empty sheet`, async () => {
    const page = await dashboard.pageOf(['administrator']);
    for (const landscape of [false, true]) {
      const all = (await sheets(page, { path, ready }, landscape)).map(plain);
      assert.match(all[0], /Versmarkt \(demo\).*afgedrukt \d+ \S+ \d{4}/);
      for (const [i, sheet] of all.entries()) {
        assert.ok(sheet.replaceAll(' ', '').includes(`${i + 1}/${all.length}`), `sheet ${i + 1} is numbered: ${sheet}`);
        assert.ok(sheet.length > 150, `sheet ${i + 1} of ${all.length} has content: ${sheet}`);
        for (const words of chrome) assert.ok(!sheet.includes(words), `no "${words}" on ${sheet}`);
      }
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

claim('the report’s score, its count and its interval stand on the first sheet, in the light colours of paper', async () => {
  const page = await dashboard.pageOf(['analyst']);
  const [first] = (await sheets(page, { path: '/reports?days=365&metric=nps', ready: 'headline' }, false)).map(plain);
  const headline = page.getByTestId('headline').first();
  const score = (await headline.locator('.number').innerText()).trim();
  const facts = plain(await headline.locator('.facts').innerText()).trim();
  assert.match(score, /^[+−]?\d+$/);
  for (const words of ['de hele organisatie', 'Aanbeveling (NPS)', score, facts]) assert.ok(first.includes(words), `${words} in ${first}`);
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  const [ink, paper] = await page.evaluate(() => {
    const card = getComputedStyle(document.querySelector('[data-testid=headline]'));
    return [card.color, card.backgroundColor];
  });
  assert.deepEqual([ink, paper], ['rgb(35, 27, 43)', 'rgb(255, 255, 255)']);
  await page.context().close();
});

claim('a table is whole on paper, with its heads on each sheet', async () => {
  const kiosks = Array.from({ length: 60 }, (_, i) => ({ id: `breda-${i}`, name: `Breda, plek ${i}`, branch: 'breda', touchpoint: 'checkout' }));
  await dashboard.hq.call('PUT', '/organisation', { kiosks });
  const page = await dashboard.pageOf(['administrator']);
  const all = (await sheets(page, { path: '/kiosks', ready: 'fleet' }, true)).map(plain);
  const rows = all.filter((sheet) => /plek \d/.test(sheet));
  assert.ok(rows.length > 1);
  for (const sheet of rows) assert.match(sheet, /Toestand Laatst gezien/);
  for (const { name } of kiosks) assert.ok(all.some((sheet) => sheet.includes(name)), name);
  // On the screen it is as it was.
  await page.emulateMedia({ media: 'screen' });
  assert.match(await page.locator('[data-kiosk=utrecht-centrum-balie]').first().innerText(), /geleden|nu/);
  await page.context().close();
});
