// SPDX-License-Identifier: Apache-2.0
// Places that go out of the dashboard as a table and come in as one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { Dashboard, fits, isAccessible, sizes } from './dashboard.mjs';

const organisation = { path: '/organisation', ready: 'place' };

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`places table: ${name}`, { timeout: 180_000 }, act);
const places = () => dashboard.hq.get('/organisation');
const one = async (list, id) => (await places())[list].find((place) => place.id === id);

async function importing(page) {
  await page.getByRole('button', { name: 'Importeer een tabel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Importeer een tabel' });
  await dialog.waitFor();
  return dialog;
}
// As a spreadsheet saves it; bytes stay as they are.
const choose = (dialog, table) =>
  dialog.getByLabel('Bestand').setInputFiles({ name: 'plekken.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
const write = (dialog) => dialog.getByRole('button', { name: /^Sla \d+ wijziging(en)? op$/ });
const counts = async (dialog) => {
  await dialog.locator('[data-count]').first().waitFor();
  return dialog.locator('[data-count]').evaluateAll((all) => Object.fromEntries(all.map(({ dataset }) => [dataset.count, Number(dataset.n)])));
};
async function problems(dialog) {
  await dialog.getByTestId('problems').waitFor();
  return dialog.getByTestId('problems').locator('li').allInnerTexts();
}

claim('what is exported says all places, and would change nothing', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, organisation);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exporteer als tabel' }).click()]);
  assert.equal(download.suggestedFilename(), 'halte-places.csv');
  const table = readFileSync(await download.path());
  const dialog = await importing(page);
  await choose(dialog, table);
  const { regions, touchpoints, branches, kiosks } = await places();
  const all = [regions, touchpoints, branches, kiosks].flat().length;
  assert.deepEqual(await counts(dialog), { added: 0, changed: 0, unchanged: all });
  assert.equal(await dialog.getByRole('button', { name: 'Importeren' }).isDisabled(), true);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('a table from Excel shows first what would change, and is written by a button', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, organisation);
  await page.locator('[data-field="/name"] input').fill('Nog niet opgeslagen');
  const before = await places();
  const dialog = await importing(page);
  await choose(dialog, '\uFEFF' + [
    'kind;id;name;parent;touchpoint;zone;mon;tue',
    'region;noord;Noord;;;Europe/Amsterdam;;',
    'branch;groningen;"Groningen; ""De Markt""";noord;;;09:00-12:00 13:00-18:00;',
    'kiosk;groningen-kassa;Groningen, kassa;groningen;checkout;;;',
    'branch;breda;Breda Markt;;;;08:00-21:00;08:00-21:00',
    'branch;zwolle;;;;;;',
    'touchpoint;checkout;;;;;;',
    '',
  ].join('\r\n'));
  assert.deepEqual(await counts(dialog), { added: 3, changed: 1, unchanged: 2 });
  const said = (await dialog.getByTestId('changes').innerText()).replaceAll(/\s+/g, ' ');
  for (const words of ['Groningen; "De Markt" nieuw', 'Breda Markt Naam, Openingstijden']) assert.ok(said.includes(words), `${words}: ${said}`);
  assert.deepEqual(await places(), before, 'nothing is written yet');
  await isAccessible(page, 'dialog');

  await write(dialog).click();
  await dialog.getByTestId('written').waitFor();
  await isAccessible(page, 'dialog');
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await page.locator('[data-place="region/noord"]').waitFor();
  assert.equal(await page.locator('[data-field="/name"] input').inputValue(), 'Nog niet opgeslagen', 'what is being typed stays');
  const [groningen, breda] = [await one('branches', 'groningen'), await one('branches', 'breda')];
  assert.deepEqual([groningen.name, groningen.region, groningen.opening_hours], ['Groningen; "De Markt"', 'noord', { mon: ['09:00-12:00', '13:00-18:00'] }]);
  assert.deepEqual([breda.name, breda.region, breda.zone], ['Breda Markt', 'zuid', 'Europe/Amsterdam']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('one wrong row and nothing is written: each problem stands at its row in plain words, and the mended table goes in', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, organisation);
  const before = await places();
  const dialog = await importing(page);
  await choose(dialog, 'kind,id,name,parent,touchpoint,zone,mon\nregion,west,,,,,\nbranch,leiden,Leiden,randstad,,Mars/Noord,9-18\nkiosk,leiden-1,Leiden kassa,nergens,checkout,,\nbranch,delft,Delft,randstad,,,\n');
  assert.deepEqual(await problems(dialog), [
    'Rij 2 (west): Een cel die deze rij nodig heeft, is leeg.',
    'Rij 3 (Leiden): Dit is geen tijdzone.',
    'Rij 3 (Leiden): Schrijf openingstijden als 08:00-21:00, en twee met een spatie ertussen.',
    'Rij 4 (Leiden kassa): Hier staat iets dat niet bestaat. In parent, survey en touchpoint hoort de korte naam, uit de kolom id.',
    'Rij 5 (Delft): Vul hier de kolom zone in, of bij de regio erboven.',
  ]);
  await isAccessible(page, 'dialog');
  for (const [table, words] of [
    ['kind;id;name\nplanet;mars;Mars\n', 'Rij 2 (Mars): In de kolom kind staat region, touchpoint, branch of kiosk.'],
    ['kind;id;name\nregion;west;West\nregion;west;Wester\n', 'Rij 3 (Wester): Deze plek staat al in een eerdere rij.'],
    ['kind;id;name;colour\nregion;west;West;red\n', 'Rij 1: Deze kolom bestaat niet: colour. Neem de geëxporteerde tabel als voorbeeld.'],
    ['kind;id;name\nregion;west\n', 'Rij 2, kolom name: De rij heeft minder cellen dan de eerste rij.'],
    ['kind;id;name\nregion;west;West;x\n', 'Rij 2, kolom 4: De rij heeft meer cellen dan de eerste rij.'],
    [Buffer.from('kind;id;name\nregion;west;Caf\xE9\n', 'latin1'), 'Rij 2, kolom name: Deze tekst is niet te lezen. Bewaar de tabel in Excel als “CSV UTF-8”.'],
    ['', 'Het bestand: Het is leeg.'],
  ]) {
    await choose(dialog, table);
    await dialog.getByText(words, { exact: false }).waitFor();
    assert.equal((await problems(dialog)).length >= 1 && (await dialog.getByRole('button', { name: 'Importeren' }).isDisabled()), true);
  }
  assert.deepEqual(await places(), before);
  await choose(dialog, 'kind;id;name\nregion;west;West\n');
  assert.deepEqual(await counts(dialog), { added: 1, changed: 0, unchanged: 0 });
  await write(dialog).click();
  await dialog.getByTestId('written').waitFor();
  assert.equal((await one('regions', 'west')).name, 'West');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('it goes by the keyboard alone, on a phone and in the dark', async () => {
  const page = await dashboard.pageOf(['administrator'], { viewport: sizes[2].viewport, colorScheme: 'dark' });
  await dashboard.open(page, organisation);
  await page.getByRole('button', { name: 'Importeer een tabel' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Importeer een tabel' });
  assert.equal(await dialog.getByLabel('Bestand').evaluate((field) => field === document.activeElement), true);
  await choose(dialog, 'kind;id;name\nregion;eilanden;Waddeneilanden, en alles wat daar verder nog bij hoort\nregion;oost;Oost en verder\n');
  assert.deepEqual(await counts(dialog), { added: 1, changed: 1, unchanged: 0 });
  await isAccessible(page, 'dialog');
  await fits(page, 'what would change');
  const sideways = await dialog.evaluate((all) => all.scrollWidth - all.clientWidth);
  assert.equal(sideways, 0);
  for (const stop of ['region', 'button', 'button']) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role') ?? document.activeElement.localName), stop);
  }
  await page.keyboard.press('Enter');
  await dialog.getByTestId('written').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await one('regions', 'oost')).name, 'Oost en verder');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
