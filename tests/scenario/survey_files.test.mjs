// SPDX-License-Identifier: Apache-2.0
// Surveys as files, through the real `halte`: documents of other programs in and out, texts to translators and back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { run } from '../../app/tool/demo/processes.mjs';
import { bin } from './stage.mjs';

const folder = mkdtempSync(join(tmpdir(), 'halte-surveys-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const fixture = (name) => new URL(`../core/survey/surveyjs/${name}.json`, import.meta.url).pathname;
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

async function halte(args, status = 0) {
  const ended = await run(join(bin, 'halte'), args, {});
  assert.equal(ended.code, status, `halte ${args.join(' ')} said: ${ended.err}${ended.out}`);
  return ended;
}

test('a SurveyJS document becomes a survey, is told about, and comes out as it came in', async () => {
  const survey = join(folder, 'restaurant.json');
  const made = await halte(['survey', 'import', fixture('restaurant_panels'), '--out', survey]);
  assert.match(made.err, /changed: \/elements\/1 its questions are asked one by one, without the panel's title/);
  assert.match(made.err, /kept: \/elements\/3 is not asked: it is not visible/);
  assert.deepEqual(JSON.parse((await halte(['survey', 'export', survey])).out), json(fixture('restaurant_panels')));

  const checked = await halte(['validate', '--language', 'en', survey]);
  assert.match(checked.out, /valid, 1 pages, 0 missing/);
  assert.match(checked.err, /kept: \/elements\/3/);
  assert.match((await halte(['validate', fixture('restaurant_panels')], 1)).err, /halte survey import makes a survey of it/);
  assert.match((await halte(['survey', 'import', survey], 1)).err, /\/surveyjs: is there already/);
});

test('texts go to a translator as .po and come back, but not where the survey has changed', async () => {
  const survey = join(folder, 'nps.json');
  await halte(['survey', 'import', fixture('nps'), '--out', survey]);
  const po = join(folder, 'nps.de.po');
  await halte(['survey', 'texts', 'export', survey, '--language', 'de', '--out', po]);
  execFileSync('msgfmt', ['--check', '-o', '/dev/null', po]);
  const translated = readFileSync(po, 'utf8')
    .replace(/(msgid "What went wrong\?"\nmsgstr) ""/, '$1 "Was ist passiert?"')
    .replace(/(msgid "Never"\nmsgstr) ""/, '$1 "Niemals"');
  writeFileSync(po, translated);
  execFileSync('msgfmt', ['--check', '-o', '/dev/null', po]);

  const changed = json(survey);
  changed.pages[0].elements[0].minRateDescription = 'Never ever';
  writeFileSync(survey, JSON.stringify(changed));
  const done = await halte(['survey', 'texts', 'import', survey, po]);
  assert.match(done.err, /recommend\/minRateDescription: line \d+: fuzzy, not applied: the text is now "Never ever"/);
  const result = JSON.parse(done.out);
  assert.deepEqual(result.pages[0].elements[3].title, { default: 'What went wrong?', de: 'Was ist passiert?' });
  assert.equal(result.pages[0].elements[0].minRateDescription, 'Never ever');

  writeFileSync(po, 'msgid "a"\nmsgstr "\\x41"\n');
  assert.match((await halte(['survey', 'texts', 'import', survey, po], 1)).err, /nps\.de\.po: .*line 2: an escape/);
});

test('a template is found, valid, and takes translations with its metrics beside it', async () => {
  const list = (await halte(['survey', 'templates'])).out.trim().split('\n').map((line) => line.trim().split(/\s+/));
  assert.deepEqual(list.map(([id]) => id), ['ces', 'checkout', 'csat', 'emotion', 'event', 'fitting-room', 'nps', 'service-counter']);
  const path = list[6].at(-1);
  assert.match((await halte(['validate', path])).out, /valid, 3 pages, 0 missing/);
  const po = join(folder, 'nps.es.po');
  await halte(['survey', 'texts', 'export', path, '--language', 'es', '--out', po]);
  writeFileSync(po, readFileSync(po, 'utf8').replace(/(msgid "Uw bezoek"\nmsgstr) ""/, '$1 "Su visita"'));
  const { definition, metrics } = JSON.parse((await halte(['survey', 'texts', 'import', path, po])).out);
  assert.equal(definition.title.es, 'Su visita');
  assert.deepEqual(metrics, json(path).metrics);
});

test('words that make no command, and files that are none, end with the status that says so', async () => {
  assert.match((await halte(['survey'], 2)).err, /halte survey COMMAND/);
  assert.match((await halte(['survey', 'texts', 'export', fixture('nps')], 2)).err, /--language/);
  assert.match((await halte(['survey', 'import', '/nowhere.json'], 1)).err, /nowhere\.json/);
  assert.match((await halte(['survey', 'export', fixture('nps')], 1)).err, /is not supported/);
});
