// SPDX-License-Identifier: Apache-2.0
// What the dashboard tells of the kiosks, and what an administrator does with one.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Dashboard, fits, isAccessible, sizes } from './dashboard.mjs';
import { change } from './database.mjs';
import { Device } from './device.mjs';

const fleet = { path: '/kiosks', ready: 'fleet' };
const at = (id) => ({ path: `/kiosks/${id}`, ready: 'facts' });

let dashboard;
before(async () => {
  dashboard = await Dashboard.start();
  const { branches } = await dashboard.hq.get('/organisation');
  await dashboard.hq.call('PUT', '/organisation', { branches: branches.map((one) => ({ ...one, opening_hours: {} })) });
}, { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`kiosks: ${name}`, { timeout: 180_000 }, act);
const place = async (id) => (await dashboard.hq.get('/organisation')).kiosks.find((one) => one.id === id);
const state = async (id) => (await dashboard.hq.get('/kiosks')).kiosks.find((one) => one.id === id);
const rows = (page) => page.getByTestId('kiosk').evaluateAll((all) => all.map((one) => one.dataset.kiosk));
const act = (page, name) => page.getByTestId('actions').getByRole('button', { name }).click();
const fact = (page, key) => page.locator(`[data-fact=${key}]`);

async function shownCode(page) {
  await page.getByTestId('code').waitFor();
  return (await page.getByTestId('code').locator('span').allTextContents()).join('-');
}

// A device that becomes this kiosk in the place of the simulated one, and can say anything of itself.
async function device(id) {
  const { code } = await dashboard.hq.call('POST', `/kiosks/${id}/enrolment-codes`);
  return Device.enrol(dashboard.hq.url, code);
}

claim('what needs somebody stands first with what to do, and comes and goes while one looks', async () => {
  const page = await dashboard.pageOf(['reader']);
  await dashboard.open(page, fleet);
  await page.getByText('Niets heeft u nodig').waitFor();
  const breda = await device('breda-kassa');
  await breda.beat({ parked: 3, pending: 12, oldest_pending_s: 9000 });
  await page.getByRole('heading', { name: '1 kiosk heeft iemand nodig' }).waitFor();
  const zwolle = await device('zwolle-kassa');
  await zwolle.beat({ free_disk_bytes: 120e6, clock_offset_ms: 260_000, screen: 'blocked' });
  await page.getByRole('heading', { name: '2 kiosken hebben iemand nodig' }).waitFor();
  const told = (id) => page.locator(`[data-testid=attention] [data-kiosk=${id}] [data-alert]`).evaluateAll((all) => all.map((one) => one.dataset.alert));
  assert.deepEqual(await told('breda-kassa'), ['parked', 'backlog']);
  assert.deepEqual(await told('zwolle-kassa'), ['disk', 'blocked', 'clock']);
  assert.deepEqual((await rows(page)).slice(0, 2), ['breda-kassa', 'zwolle-kassa']);
  const said = await page.getByTestId('attention').innerText();
  for (const words of ['3 antwoorden zijn door het hoofdkantoor geweigerd', 'USB-stick', 'nog 120 MB vrij', 'Zijn klok wijkt 4 minuten af', 'Haal weg wat het glas raakt'])
    assert.ok(said.includes(words), `${words}: ${said}`);

  await zwolle.beat();
  await page.getByRole('heading', { name: '1 kiosk heeft iemand nodig' }).waitFor();
  change(join(dashboard.folder, 'hq', 'hq.db'), (db) => db.exec("UPDATE heartbeat SET at = at - 7200000 WHERE kiosk = 'zwolle-kassa'"));
  await breda.beat(); // silence is no event: another one’s word, or the clock, shows it
  await page.locator('[data-testid=attention] [data-kiosk=zwolle-kassa] [data-alert=silent]').waitFor();
  assert.equal((await rows(page))[0], 'zwolle-kassa');
  await isAccessible(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('search and filters stand in the address, and a branch manager sees the own branches', async () => {
  const page = await dashboard.pageOf(['analyst']);
  await dashboard.open(page, fleet);
  const all = (await rows(page)).length;
  await page.getByLabel('Zoeken').fill('UTRECHT zelf');
  await until('the one that is looked for', async () => (await rows(page)).join() === 'utrecht-centrum-zelfscan');
  await page.getByLabel('Zoeken').fill('');
  await page.getByLabel('Filiaal').selectOption({ label: 'Utrecht Centrum' });
  await until('the branch’s kiosks', async () => (await rows(page)).length === 3);
  await page.getByLabel('Toestand').selectOption({ label: 'Buitengesloten' });
  await page.getByText('Geen kiosk is zo.').waitFor();
  assert.match(page.url(), /\?branch=utrecht-centrum&state=revoked$/);
  await page.reload();
  await page.getByText('Geen kiosk is zo.').waitFor();
  assert.equal(await page.getByLabel('Filiaal').inputValue(), 'utrecht-centrum');
  await page.goBack();
  await until('one step back', async () => (await rows(page)).length === 3);
  await page.getByLabel('Filiaal').selectOption('');
  await until('all of them', async () => (await rows(page)).length === all);
  await page.context().close();

  const manager = await dashboard.pageOf(['branch_manager'], { viewport: sizes[2].viewport });
  await dashboard.open(manager, fleet);
  assert.ok((await rows(manager)).every((id) => id.startsWith('utrecht-centrum-')));
  await fits(manager, 'cards');
  await dashboard.open(manager, at('utrecht-centrum-kassa'));
  assert.equal(await manager.getByTestId('actions').count(), 0);
  await manager.goto(`${dashboard.hq.url}/kiosks/breda-kassa`);
  await manager.getByText('Dit bestaat niet, of niet meer.').waitFor();
  await manager.context().close();
});

claim('a kiosk is renamed, moved, paused and resumed, and keeps all else that it says itself', async () => {
  await dashboard.hq.call('PUT', '/organisation', { kiosks: [{ ...(await place('arnhem-kassa')), silent_minutes: 45 }] });
  const page = await dashboard.pageOf(['administrator']);
  const dialog = page.getByRole('dialog');
  await dashboard.open(page, at('arnhem-kassa'));
  await act(page, 'Hernoemen');
  await isAccessible(page, 'dialog');
  await dialog.getByLabel('Hoe men hem noemt').fill('Arnhem, bij de uitgang');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Arnhem, bij de uitgang' }).waitFor();
  await page.getByText('Opgeslagen. De kiosk heeft het').waitFor();

  await act(page, 'Verplaatsen');
  await isAccessible(page, 'dialog');
  await dialog.getByText('blijft bij Arnhem, waar het gebeurde').waitFor();
  await dialog.getByLabel('Filiaal').selectOption({ label: 'Zwolle' });
  await dialog.getByRole('button', { name: 'Verplaatsen' }).click();
  await page.getByText('Zwolle · ').first().waitFor();

  await act(page, 'Pauzeren');
  await isAccessible(page, 'dialog');
  await dialog.getByRole('button', { name: 'Pauzeren' }).click();
  await page.getByText('Gepauzeerd').waitFor();
  const { name, branch, paused, silent_minutes } = await place('arnhem-kassa');
  assert.deepEqual([name, branch, paused, silent_minutes], ['Arnhem, bij de uitgang', 'zwolle', true, 45]);
  await act(page, 'Hervatten');
  await page.getByText('Gepauzeerd').waitFor({ state: 'detached' });
  assert.equal((await place('arnhem-kassa')).paused, false);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('what somebody else changed a moment ago is not undone', async () => {
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, at('maastricht-kassa'));
  await act(page, 'Hernoemen');
  await page.getByRole('dialog').getByLabel('Hoe men hem noemt').fill('Maastricht, kassa 4');
  await dashboard.hq.call('PUT', '/organisation', { kiosks: [{ ...(await place('maastricht-kassa')), settings: { theme: 'dark' } }] });
  await page.getByRole('dialog').getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('heading', { name: 'Maastricht, kassa 4' }).waitFor();
  assert.equal((await place('maastricht-kassa')).settings.theme, 'dark');
  await page.context().close();
});

claim('a stolen kiosk is shut out and let in again by a code, and one that is at work is not removed', async () => {
  const id = 'rotterdam-zuid-kassa';
  const stolen = await device(id);
  const page = await dashboard.pageOf(['administrator'], { viewport: sizes[2].viewport });
  const dialog = page.getByRole('dialog');
  await dashboard.open(page, at(id));
  await act(page, 'Buitensluiten');
  await dialog.getByText('Een nieuwe aanmeldcode laat het').waitFor();
  await isAccessible(page, 'dialog');
  await dialog.getByRole('button', { name: 'Buitensluiten' }).click();
  await fact(page, 'pairing').getByText('Buitengesloten').waitFor();
  await assert.rejects(stolen.beat(), /401/);

  await act(page, 'Verwijderen');
  await dialog.getByRole('button', { name: 'Verwijderen' }).click();
  await dialog.getByText('Verwijderen kan niet: deze kiosk is in gebruik').waitFor();
  await dialog.getByRole('button', { name: 'Annuleren' }).click();

  await act(page, 'Nieuwe aanmeldcode');
  await dialog.getByRole('button', { name: 'Maak een code' }).click();
  const code = await shownCode(page);
  await isAccessible(page, 'dialog');
  await fits(page, 'the code');
  await (await Device.enrol(dashboard.hq.url, code)).beat();
  await page.getByTestId('paired').waitFor();
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await fact(page, 'pairing').getByText('Gekoppeld').waitFor();
  await page.context().close();
});

claim('a device is replaced in one go: the old one is out, the new one goes on under the same name', async () => {
  const id = 'eindhoven-kassa';
  const old = await device(id);
  await old.beat({ pending: 2, oldest_pending_s: 60 });
  const page = await dashboard.pageOf(['administrator']);
  const dialog = page.getByRole('dialog');
  await dashboard.open(page, at(id));
  await act(page, 'Apparaat vervangen');
  await dialog.getByText('2 antwoorden zijn nog niet binnen.').waitFor();
  await isAccessible(page, 'dialog');
  assert.equal((await state(id)).revoked, false, 'nothing has happened yet');
  await dialog.getByRole('button', { name: 'Buitensluiten en een code maken' }).click();
  const code = await shownCode(page);
  await dialog.getByText('Wacht op de kiosk').waitFor();
  await assert.rejects(old.beat(), /401/);
  await isAccessible(page, 'dialog');
  const fresh = await Device.enrol(dashboard.hq.url, code);
  await page.getByTestId('paired').waitFor();
  await fresh.beat();
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await fact(page, 'pending').getByText('geen').waitFor();
  const { name, revoked, branch } = await state(id);
  assert.deepEqual([name, revoked, branch.id], ['Eindhoven, kassa', false, 'eindhoven']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('a kiosk that was never paired says so, and is removed', async () => {
  const fresh = { id: 'breda-nieuw', name: 'Breda, nieuw', branch: 'breda', touchpoint: 'checkout' };
  await dashboard.hq.call('PUT', '/organisation', { kiosks: [fresh] });
  const page = await dashboard.pageOf(['administrator']);
  await dashboard.open(page, at(fresh.id));
  await page.getByRole('heading', { name: 'Niet gekoppeld' }).waitFor();
  assert.equal(await page.getByTestId('actions').getByRole('button', { name: 'Buitensluiten' }).count(), 0);
  await act(page, 'Verwijderen');
  await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
  await page.waitForURL('**/kiosks');
  await page.getByTestId('fleet').waitFor();
  assert.equal(await place(fresh.id), undefined);
  await page.context().close();
});
