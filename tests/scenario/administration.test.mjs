// SPDX-License-Identifier: Apache-2.0
// What an administrator does on the dashboard's pages of places and people.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Dashboard, isAccessible, sizes } from './dashboard.mjs';

const organisation = { path: '/organisation', ready: 'place' };
const at = (kind, id) => ({ path: `/organisation/${kind}/${id}`, ready: 'place' });

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`administration: ${name}`, { timeout: 180_000 }, act);
const setting = (page, pointer) => page.locator(`[data-setting="${pointer}"]`);
const name = (page) => page.locator('[data-field="/name"] input');
const save = async (page) => {
  await page.getByTestId('save').click();
  await page.getByText('Opgeslagen. De kiosken').waitFor();
};
const place = async (list, id) => (await dashboard.hq.get('/organisation'))[list].find((one) => one.id === id);

claim('hours that a region is given hold at its branches, which say where they come from', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, at('branch', 'zwolle'));
  const hours = setting(page, '/opening_hours');
  await hours.getByRole('button', { name: 'Weer zoals hierboven' }).click();
  await save(page);
  assert.match(await hours.innerText(), /Altijd open/);

  await page.locator('[data-place="region/oost"]').click();
  await hours.getByRole('button', { name: 'Hier instellen' }).click();
  await hours.getByRole('button', { name: 'Per week' }).click();
  const monday = hours.locator('[data-day=mon]');
  await monday.getByLabel('Opent').fill('8');
  await monday.getByLabel('Sluit').fill('21.30');
  await monday.getByRole('button', { name: 'Naar alle dagen kopiëren' }).click();
  await hours.locator('[data-day=sun]').getByRole('button', { name: 'Deze dag gesloten' }).click();
  await save(page);
  assert.match(await hours.innerText(), /1 plek hieronder stelt dit zelf in:\s+Arnhem/);
  assert.deepEqual((await place('regions', 'oost')).opening_hours.sat, ['08:00-21:30']);

  await page.locator('[data-place="branch/zwolle"]').click();
  await page.getByRole('heading', { name: 'Zwolle' }).waitFor();
  const said = (await hours.innerText()).replaceAll(/\s+/g, ' ');
  assert.match(said, /ma–za 08:00–21:30 zo gesloten van Oost/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('of two administrators at the same place the second is told, and loses nothing', async () => {
  const [first, second] = [await dashboard.pageOf(['administrator']), await dashboard.pageOf(['administrator'])];
  for (const page of [first, second]) await dashboard.open(page, at('branch', 'breda'));
  await name(first).fill('Breda Markt');
  await setting(first, '/silent_minutes').getByRole('button', { name: 'Hier instellen' }).click();
  await setting(first, '/silent_minutes').getByRole('spinbutton').fill('45');
  await save(first);

  await name(second).fill('Breda Centrum');
  await setting(second, '/settings/theme').getByRole('button', { name: 'Hier instellen' }).click();
  await setting(second, '/settings/theme').getByRole('button', { name: 'Donker' }).click();
  await second.getByTestId('save').click();
  await second.getByTestId('overtaken').waitFor();
  await isAccessible(second);
  assert.equal(await name(second).inputValue(), 'Breda Centrum');
  assert.equal((await place('branches', 'breda')).name, 'Breda Markt', 'nothing was written over theirs');

  await second.getByRole('button', { name: 'Laad die versie, houd de mijne' }).click();
  await second.getByText('Iemand anders maakte hiervan: Breda Markt').waitFor();
  assert.equal(await name(second).inputValue(), 'Breda Centrum');
  assert.equal(await setting(second, '/silent_minutes').getByRole('spinbutton').inputValue(), '45');
  await save(second);
  const both = await place('branches', 'breda');
  assert.deepEqual([both.name, both.silent_minutes, both.settings.theme], ['Breda Centrum', 45, 'dark']);
  for (const page of [first, second]) await page.context().close();
});

claim('what somebody else changes at another place is in nobody’s way', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, at('region', 'zuid'));
  await dashboard.hq.call('PUT', '/organisation', { regions: [{ id: 'oost', name: 'Oost-Nederland' }] });
  await name(page).fill('Zuid-Nederland');
  await save(page);
  assert.equal((await place('regions', 'zuid')).name, 'Zuid-Nederland');
  await page.context().close();
});

claim('what is wrong stands at its field, in words, and nothing typed goes', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, at('kiosk', 'utrecht-centrum-balie'));
  const silent = setting(page, '/silent_minutes');
  await silent.getByRole('button', { name: 'Hier instellen' }).click();
  await silent.getByRole('spinbutton').fill('1');
  await page.getByTestId('save').click();
  await silent.getByText('Kies een getal van 5 tot en met 10080.').waitFor();
  assert.equal(await silent.getByRole('spinbutton').evaluate((field) => field === document.activeElement), true);
  await silent.getByRole('spinbutton').fill('15');
  await save(page);
  assert.equal((await place('kiosks', 'utrecht-centrum-balie')).silent_minutes, 15);
  await page.context().close();
});

claim('who leaves with unsaved changes is asked first', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, organisation);
  await name(page).fill('Versmarkt Holding');
  await page.locator('[data-place="branch/arnhem"]').click();
  await page.getByRole('link', { name: 'Overzicht' }).click();
  const asked = page.getByRole('dialog', { name: 'Weggaan zonder op te slaan?' });
  await isAccessible(page, 'dialog');
  await asked.getByRole('button', { name: 'Hier blijven' }).click();
  await page.locator('[data-place="organisation/"]').click();
  assert.equal(await name(page).inputValue(), 'Versmarkt Holding');
  await page.goBack(); // the branch: still the same page
  await page.getByRole('link', { name: 'Overzicht' }).click();
  await asked.getByRole('button', { name: 'Weggaan en ongedaan maken' }).click();
  await page.getByTestId('headline').first().waitFor();
  await page.context().close();
});

claim('a branch is added, given a kiosk, moved and removed, and what is in use stays with a reason', async () => {
  const page = await dashboard.pageOf(['administrator']);
  const dialog = page.getByRole('dialog');
  await dashboard.open(page, at('region', 'randstad'));
  await page.getByRole('button', { name: 'Filiaal toevoegen' }).click();
  await isAccessible(page, 'dialog');
  await dialog.getByLabel('Naam', { exact: true }).fill('Café Oost 2');
  assert.equal(await dialog.getByLabel('Korte naam').inputValue(), 'cafe-oost-2');
  await dialog.getByRole('button', { name: 'Toevoegen' }).click();
  await page.getByRole('heading', { name: 'Café Oost 2' }).waitFor();
  assert.deepEqual(await place('branches', 'cafe-oost-2').then((b) => [b.region, b.zone]), ['randstad', 'Europe/Amsterdam']);

  await page.getByRole('button', { name: 'Kiosk toevoegen' }).click();
  await dialog.getByLabel('Naam', { exact: true }).fill('Balie');
  await dialog.getByRole('button', { name: 'Toevoegen' }).click();
  await page.waitForURL('**/organisation/kiosk/cafe-oost-2-balie');
  await page.getByRole('heading', { name: 'Balie' }).waitFor();
  assert.equal((await place('kiosks', 'cafe-oost-2-balie')).branch, 'cafe-oost-2');

  await page.locator('[data-place="branch/cafe-oost-2"]').click();
  await page.locator('[data-field="/region"] select').selectOption({ label: 'Zuid-Nederland' });
  await save(page);
  assert.equal((await place('branches', 'cafe-oost-2')).region, 'zuid');

  await page.getByRole('button', { name: 'Café Oost 2 verwijderen' }).click();
  await dialog.getByRole('button', { name: 'Verwijderen' }).click();
  await dialog.getByText('Verwijderen kan niet: er valt nog iets onder').waitFor();
  await dialog.getByRole('button', { name: 'Annuleren' }).click();
  await page.locator('[data-place="kiosk/cafe-oost-2-balie"]').click();
  await page.getByRole('button', { name: 'Balie verwijderen' }).click();
  await dialog.getByRole('button', { name: 'Verwijderen' }).click();
  await page.getByRole('heading', { name: 'Café Oost 2' }).waitFor();
  assert.equal(await place('kiosks', 'cafe-oost-2-balie'), undefined);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('the tree is walked by keyboard, and searched', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, organisation);
  const focused = () => page.evaluate(() => document.activeElement?.dataset.place);
  const press = async (key, where) => {
    await page.keyboard.press(key);
    await until(`${key} to lead to ${where}`, async () => (await focused()) === where);
  };
  await page.locator('[data-place="organisation/"]').focus();
  await press('ArrowDown', 'region/oost');
  await press('ArrowRight', 'branch/arnhem');
  await page.keyboard.press('ArrowRight');
  await press('ArrowRight', 'kiosk/arnhem-kassa');
  await press('ArrowLeft', 'branch/arnhem');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/organisation/branch/arnhem');
  await press('Home', 'organisation/');
  await page.keyboard.press('End');
  assert.match(await focused(), /^branch\//);

  await page.getByLabel('Zoek een plek').fill('roTTerdam');
  await until('the branch alone, below what is above it', async () => (await page.getByRole('treeitem').count()) < 6);
  await page.getByRole('treeitem', { name: 'Rotterdam Zuid', exact: false }).first().waitFor();
  await page.getByLabel('Zoek een plek').fill('nergens');
  await page.getByText('Geen plek heet zo.').waitFor();
  await isAccessible(page);
  await page.context().close();
});

claim('somebody who is invited chooses a password by the link, and signs in with it', async () => {
  const page = await dashboard.pageOf(['administrator']);
  const dialog = page.getByRole('dialog');
  await dashboard.open(page, { path: '/people', ready: 'person' });
  await page.getByRole('button', { name: 'Iemand uitnodigen' }).click();
  await isAccessible(page, 'dialog');
  await dialog.getByLabel('E-mailadres').fill('sanne@versmarkt.example');
  await dialog.getByLabel('Naam').fill('Sanne de Wit');
  await dialog.getByRole('checkbox', { name: /^Filiaalmanager/ }).check();
  await dialog.getByRole('button', { name: 'Uitnodigen' }).click();
  await dialog.getByRole('alert').getByText('minstens één filiaal').waitFor();
  await dialog.getByRole('checkbox', { name: /^Zwolle/ }).check();
  await dialog.getByRole('checkbox', { name: /^Lezer/ }).check();
  await dialog.getByRole('button', { name: 'Uitnodigen' }).click();
  const link = await page.getByTestId('link').inputValue();
  await isAccessible(page, 'dialog');
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  const row = page.locator('[data-email="sanne@versmarkt.example"]');
  assert.match((await row.innerText()).replaceAll(/\s+/g, ' '), /Sanne de Wit .*Filiaalmanager Lezer .*Zwolle.* Uitgenodigd/);
  assert.ok(!(await page.content()).includes(link), 'the link is shown once');

  const sanne = await dashboard.page({ viewport: sizes[2].viewport });
  await sanne.goto(link);
  await sanne.getByLabel('Kies een wachtwoord').fill('password');
  await isAccessible(sanne);
  await sanne.getByRole('button', { name: 'Aanmelden met dit wachtwoord' }).click();
  await sanne.getByText('Dit wachtwoord probeert iedereen als eerste.').waitFor();
  await sanne.getByLabel('Kies een wachtwoord').fill('groene fiets op de brug');
  await sanne.getByRole('button', { name: 'Aanmelden met dit wachtwoord' }).click();
  await sanne.getByTestId('headline').first().waitFor();
  await sanne.getByRole('button', { name: 'sanne@versmarkt.example afmelden' }).click();
  await sanne.getByLabel('E-mailadres').fill('sanne@versmarkt.example');
  await sanne.getByLabel('Wachtwoord').fill('groene fiets op de brug');
  await sanne.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await sanne.getByTestId('headline').first().waitFor();

  await page.reload();
  await row.getByText('Actief').waitFor();
  await row.getByRole('button', { name: 'Sanne de Wit verwijderen' }).click();
  await dialog.getByRole('button', { name: 'Verwijderen' }).click();
  await row.waitFor({ state: 'detached' });
  assert.deepEqual([...page.faults, ...sanne.faults], []);
  for (const one of [page, sanne]) await one.context().close();
});
