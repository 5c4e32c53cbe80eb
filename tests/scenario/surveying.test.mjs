// SPDX-License-Identifier: Apache-2.0
// Surveys written in the browser: from a template to a version that kiosks ask, and to the next one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Dashboard, fits, isAccessible } from './dashboard.mjs';

let dashboard;
before(async () => (dashboard = await Dashboard.start()), { timeout: 120_000 });
after(() => dashboard?.stop());

const claim = (name, act) => test(`surveying: ${name}`, { timeout: 180_000 }, act);
const fixture = (name) => readFileSync(new URL(`../core/survey/surveyjs/${name}.json`, import.meta.url));

const at = (id, part = '') => ({ path: `/surveys/${id}${part}`, ready: part === '' ? 'glass' : part === '/texts' ? 'missing' : 'version' });
const title = (page) => page.getByTestId('glass-title');
const question = (page, name) => page.locator(`[data-question="${name}"]`);
const wording = (page) => page.getByLabel('Vraag', { exact: true });
const saved = (page) => page.locator('[data-testid=save-state][data-state=saved]').getByText('Concept opgeslagen').waitFor();
const draft = (id) => dashboard.hq.get(`/surveys/${id}/draft`);
const say = (page, text) => until(`the glass to say ${text}`, async () => (await title(page).innerText()) === text);

// A survey of its own, from a template: a draft, or published.
async function survey(id, { template = 'emotion', published = false } = {}) {
  const { templates } = await dashboard.hq.get('/survey-templates');
  const { definition, metrics } = templates.find((one) => one.id === template);
  await dashboard.hq.call('PUT', `/surveys/${id}/draft`, { definition, metrics });
  if (published) await dashboard.hq.call('POST', `/surveys/${id}/publication`, {});
  return definition;
}

async function open(id, part, options) {
  const page = await dashboard.pageOf(['analyst'], options);
  await dashboard.open(page, at(id, part));
  return page;
}

async function choose(page, name) {
  const head = question(page, name).locator('.head');
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
}

async function publish(page) {
  await saved(page);
  await page.getByTestId('publish').click();
  await page.getByTestId('publish-now').click();
  await page.getByRole('heading', { name: /Versie \d+ is gepubliceerd/ }).waitFor();
}

claim('a template is chosen by its picture, named, edited, and published as the first version', async () => {
  const page = await dashboard.pageOf(['analyst']);
  await dashboard.open(page, { path: '/surveys', ready: 'survey' });
  await page.getByRole('button', { name: 'Nieuwe vragenlijst' }).click();
  assert.equal(await page.locator('[data-template]').count(), 8);
  await page.locator('[data-template=checkout]').click();
  await page.locator('dialog').getByLabel('Naam', { exact: true }).fill('Kassa Oost');
  await isAccessible(page, 'dialog');
  await page.getByRole('button', { name: 'Beginnen' }).click();
  await page.waitForURL(/\/surveys\/kassa-oost$/);

  await wording(page).fill('Hoe ging het afrekenen?');
  await say(page, 'Hoe ging het afrekenen?');
  await publish(page);
  assert.deepEqual(page.faults, []);
  const { versions } = await dashboard.hq.get('/surveys/kassa-oost');
  assert.deepEqual(versions.map((one) => [one.version, one.definition.title.nl, one.definition.pages[0].elements[0].title.nl]), [[1, 'Kassa Oost', 'Hoe ging het afrekenen?']]);
  assert.equal(versions[0].metrics.emotion, 'checkout');
  await page.context().close();
});

claim('the preview follows every key, at each panel and in each language, from the question to the thanks', async () => {
  await survey('preview');
  const page = await open('preview');
  await wording(page).fill('');
  for (const [i, letter] of [...'Goed?'].entries()) {
    await wording(page).press(letter);
    await say(page, 'Goed?'.slice(0, i + 1));
  }
  const glass = page.getByTestId('glass');
  for (const [panel, width, height] of [['21.5-portrait', 1080, 1920], ['10.1', 1280, 800], ['21.5', 1920, 1080], ['7', 800, 480]]) {
    await page.getByLabel('Scherm').selectOption(panel);
    assert.deepEqual(await glass.evaluate((one) => [one.offsetWidth, one.offsetHeight]), [width, height]);
    const outside = await glass.evaluate((one) => one.getBoundingClientRect().width > one.parentElement.getBoundingClientRect().width + 1);
    assert.equal(outside, false, `${panel} is scaled to its place`);
  }
  await page.getByLabel('Scherm').selectOption('10.1');
  await page.getByLabel('Taal van het voorbeeld').selectOption('ar');
  await say(page, 'كيف كانت زيارتك اليوم؟');
  assert.equal(await glass.getAttribute('dir'), 'rtl');

  const on = (name) => until(`the glass to ask ${name || 'nothing more'}`, async () => (await glass.getAttribute('data-at')) === name);
  const tap = (name) => glass.getByRole('button', { name, exact: true }).click();
  await glass.getByRole('button', { name: 'EN', exact: true }).click();
  await tap('Very poor');
  await on('could_be_better');
  await tap('Waiting time');
  await tap('Next');
  await on('comment');
  await tap('Back');
  await on('could_be_better');
  await page.getByRole('button', { name: 'Vanaf het begin' }).click();
  await on('visit');
  await tap('Very good');
  await on('went_well');
  await tap('Skip');
  await on('comment');
  await tap('Send');
  await on('');
  await say(page, 'Thank you!');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('what a panel is too small for is said beside the preview', async () => {
  await survey('small');
  const page = await open('small');
  await choose(page, 'went_well');
  await page.getByLabel('Scherm').selectOption('7');
  await page.getByTestId('does-not-fit').waitFor();
  await page.getByLabel('Scherm').selectOption('10.1');
  await page.getByTestId('does-not-fit').waitFor({ state: 'detached' });
  await page.context().close();
});

claim('translations stand side by side, what is missing is counted, and a .po goes out and comes in', async () => {
  await survey('texts');
  const page = await open('texts', '/texts');
  const cell = (slot, language) => page.locator(`td[data-slot="${slot}"][data-language=${language}]`);
  const count = (language) => page.locator(`.language[data-language=${language}]`).getByTestId('missing').innerText();
  assert.match(await count('de'), /volledig/);
  await cell('visit/title', 'de').locator('textarea').fill('');
  assert.match(await count('de'), /1 ontbreekt/);
  await cell('visit/title', 'de').locator('textarea[placeholder="Hoe was uw bezoek vandaag?"]').waitFor();
  await saved(page);
  assert.deepEqual((await draft('texts')).missing, [{ pointer: '/pages/0/elements/0/title', locale: 'de' }]);

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.language[data-language=de]').getByRole('link').click()]);
  assert.equal(download.suggestedFilename(), 'texts.de.po');
  const po = readFileSync(await download.path(), 'utf8');
  const translated = po.replace(/(msgctxt "visit\/title"\nmsgid "[^"]*"\nmsgstr) ""/, '$1 "Wie war es heute?"');
  assert.notEqual(translated, po);
  await page.locator('input[type=file]').setInputFiles({ name: 'texts.de.po', mimeType: 'text/x-gettext-translation', buffer: Buffer.from(translated) });
  await page.getByTestId('taken').getByText('1 tekst overgenomen').waitFor();
  assert.match(await count('de'), /volledig/);
  assert.equal(await cell('visit/title', 'de').locator('textarea').inputValue(), 'Wie war es heute?');

  await isAccessible(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('another wording is told as a break before it is published, by the server after it, and among the versions', async () => {
  await survey('series', { published: true });
  const page = await open('series');
  await page.getByText('Wat u wijzigt, wordt een concept van de volgende.').waitFor();
  await wording(page).fill('Hoe vond u het vandaag?');
  await choose(page, 'comment');
  await question(page, 'comment').getByLabel('Tekens ten hoogste').fill('300');
  await saved(page);
  await page.getByTestId('publish').click();
  assert.match((await page.getByTestId('reworded').innerText()).replaceAll(/\s+/g, ' '), /Breuk in de trend van: Hoe vond u het vandaag\? visit$/);
  await isAccessible(page, 'dialog');
  await page.getByTestId('publish-now').click();
  assert.match(await page.getByTestId('breaks').innerText(), /visit$/);
  await page.getByRole('button', { name: 'Sluiten' }).last().click();

  await page.getByRole('link', { name: 'Versies' }).click();
  await page.locator('[data-version="2"]').getByText('Breuk in de trend van: Hoe vond u het vandaag?').waitFor();
  await page.locator('[data-version="1"]').getByRole('button', { name: /Versie 1/ }).click();
  await say(page, 'Hoe was uw bezoek vandaag?');
  const { versions } = await dashboard.hq.get('/surveys/series');
  assert.deepEqual(versions.map((one) => one.definition.pages[0].elements[0].title.nl), ['Hoe was uw bezoek vandaag?', 'Hoe vond u het vandaag?']);
  assert.equal(versions[1].definition.pages.at(-1).elements[0].maxLength, 300);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('a wrong condition is told beside its question and keeps the survey from being published', async () => {
  await survey('wrong');
  const page = await open('wrong');
  await choose(page, 'went_well');
  const condition = question(page, 'went_well').getByTestId('condition');
  await condition.fill('{visit} >= ');
  const problem = question(page, 'went_well').getByTestId('problem');
  await problem.getByText('De voorwaarde breekt af: aan het eind ontbreekt een waarde (teken 12).').waitFor();
  await page.getByTestId('against').waitFor();
  assert.equal(await page.getByTestId('publish').isDisabled(), true);
  assert.equal(await condition.getAttribute('aria-invalid'), 'true');
  await isAccessible(page);

  await condition.fill('{vist} >= 4');
  await problem.getByText('Bij teken 1: er is geen vraag “vist”.').waitFor();
  await condition.fill('{visit} >= 4');
  await page.getByTestId('against').waitFor({ state: 'detached' });
  await saved(page);
  assert.equal(await page.getByTestId('publish').isDisabled(), false);
  await page.context().close();
});

claim('of two who write the same draft the second is told, and both lose nothing', async () => {
  await survey('both');
  const [first, second] = [await open('both'), await open('both')];
  await wording(first).fill('Hoe was het?');
  await choose(first, 'went_well');
  await wording(first).fill('Wat was goed?');
  await saved(first);

  await wording(second).fill('Hoe was uw bezoek?');
  await choose(second, 'comment');
  await wording(second).fill('Nog iets?');
  await second.getByTestId('overtaken').getByText(/person\d+@halte\.example heeft dit intussen gewijzigd/).waitFor();
  await isAccessible(second);
  assert.equal((await draft('both')).definition.pages[0].elements[0].title.nl, 'Hoe was het?', 'nothing was written over theirs');

  await second.getByRole('button', { name: 'Laad die versie, houd de mijne' }).click();
  await second.getByTestId('clash').getByText('Iemand anders maakte hiervan: Hoe was het?').waitFor();
  await saved(second);
  const elements = (await draft('both')).definition.pages.flatMap((one) => one.elements);
  assert.deepEqual(['visit', 'went_well', 'comment'].map((name) => elements.find((one) => one.name === name).title.nl), ['Hoe was uw bezoek?', 'Wat was goed?', 'Nog iets?']);
  await second.getByTestId('clash').getByRole('button', { name: 'Neem dat over' }).click();
  await until('theirs to be taken', async () => (await draft('both')).definition.pages[0].elements[0].title.nl === 'Hoe was het?');
  for (const page of [first, second]) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

claim('a SurveyJS document comes in with a list of what is not asked as it is, and goes out as it came', async () => {
  const page = await dashboard.pageOf(['analyst']);
  await dashboard.open(page, { path: '/surveys', ready: 'survey' });
  await page.getByRole('button', { name: 'Importeren' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'restaurant.json', mimeType: 'application/json', buffer: fixture('restaurant_panels') });
  await page.locator('dialog').getByRole('button', { name: 'Importeren' }).click();
  const remarks = page.getByTestId('remarks');
  await remarks.getByText('/elements/1 De vragen ervan worden een voor een gesteld').first().waitFor();
  await remarks.getByText('/elements/3 Niet gevraagd: het is verborgen.').waitFor();
  await isAccessible(page, 'dialog');
  await page.getByRole('button', { name: 'Openen' }).click();
  await page.waitForURL(/\/surveys\/restaurant$/);
  await page.getByTestId('problem').getByText('Nog geen vraag telt als score.').waitFor();

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exporteren' }).click()]);
  assert.equal(download.suggestedFilename(), 'restaurant.json');
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), JSON.parse(fixture('restaurant_panels')));

  await page.getByRole('link', { name: 'Vragenlijsten' }).last().click();
  await page.getByRole('button', { name: 'Importeren' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{"elements": [{"type": "file", "name": "photo"}]}') });
  await page.locator('dialog').getByRole('button', { name: 'Importeren' }).click();
  await page.getByTestId('refusals').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('an export has what was published, and what a template was is untouched by what was not edited', async () => {
  const definition = await survey('out', { published: true });
  const page = await open('out');
  const exported = async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exporteren' }).click()]);
    return JSON.parse(readFileSync(await download.path(), 'utf8'));
  };
  assert.deepEqual(await exported(), definition);
  await wording(page).fill('Anders?');
  await publish(page);
  await page.getByRole('button', { name: 'Sluiten' }).last().click();
  const changed = structuredClone(definition);
  changed.pages[0].elements[0].title.nl = 'Anders?';
  assert.deepEqual(await exported(), changed);
  await page.context().close();
});

claim('questions move by keys, come and go, and every step is undone and done again', async () => {
  const definition = await survey('steps');
  const page = await open('steps');
  const names = () => page.getByTestId('question').evaluateAll((all) => all.map((one) => one.dataset.question));
  const before = ['visit', 'went_well', 'could_be_better', 'comment'];
  assert.deepEqual(await names(), before);
  await question(page, 'comment').locator('.head').focus();
  await page.keyboard.press('Alt+ArrowUp');
  assert.deepEqual(await names(), ['visit', 'went_well', 'comment', 'could_be_better']);
  assert.equal(await page.evaluate(() => document.activeElement.closest('[data-question]').dataset.question), 'comment', 'the focus goes along');
  await question(page, 'comment').locator('.handle').dragTo(question(page, 'went_well').locator('.head'), { targetPosition: { x: 40, y: 4 } });
  assert.deepEqual(await names(), ['visit', 'comment', 'went_well', 'could_be_better'], 'and by dragging');
  await page.getByRole('button', { name: 'went_well verwijderen' }).click();
  await page.getByRole('button', { name: 'Vraag toevoegen' }).click();
  await page.getByRole('button', { name: 'Ja of nee' }).click();
  await wording(page).fill('Komt u terug?');
  await say(page, 'Komt u terug?');
  assert.equal((await names()).length, 4);
  const after = await names();

  while (await page.getByRole('button', { name: 'Ongedaan maken' }).isEnabled()) await page.keyboard.press('Control+z');
  assert.deepEqual(await names(), before);
  await saved(page);
  assert.deepEqual((await draft('steps')).definition, definition);
  while (await page.getByRole('button', { name: 'Opnieuw' }).isEnabled()) await page.keyboard.press('Control+Shift+z');
  assert.deepEqual(await names(), after);
  await until('it to be saved', async () => (await draft('steps')).definition.pages.flatMap((one) => one.elements).some((one) => one.type === 'boolean'));
  assert.deepEqual((await draft('steps')).metrics.reasons, ['could_be_better']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

claim('more than three questions after the first one are warned of, and a question under another name keeps its conditions', async () => {
  await survey('long', { template: 'event' });
  const page = await open('long');
  assert.equal(await page.getByTestId('too-long').count(), 0);
  for (const kind of ['Ja of nee', 'Sterren']) {
    await page.getByRole('button', { name: 'Vraag toevoegen' }).click();
    await page.getByRole('button', { name: kind, exact: true }).click();
  }
  await page.getByTestId('too-long').getByText(/volgen er tot 5/).waitFor();
  await choose(page, 'event');
  await page.locator('summary', { hasText: 'Naam in gegevens en voorwaarden' }).click();
  await page.getByLabel('Naam in gegevens en voorwaarden').fill('feest');
  await page.getByLabel('Naam in gegevens en voorwaarden').press('Enter');
  await saved(page);
  await until('it to be renamed', async () => (await draft('long')).metrics.emotion === 'feest');
  const { definition, problems } = await draft('long');
  assert.deepEqual(problems, []);
  assert.match(JSON.stringify(definition), /\{feest\} >= 4/);
  await page.context().close();
});

claim('a draft is thrown away after a question, and a phone shows the editor whole', async () => {
  await survey('away', { published: true });
  const page = await open('away', '', { viewport: { width: 390, height: 844 } });
  await wording(page).fill('Weg?');
  await saved(page);
  await fits(page, 'the editor on a phone');
  await page.getByRole('button', { name: 'Concept weggooien' }).click();
  await page.getByRole('button', { name: 'Weggooien', exact: true }).click();
  await say(page, 'Hoe was uw bezoek vandaag?');
  await assert.rejects(draft('away'), /404/);
  await page.context().close();
});
