// SPDX-License-Identifier: Apache-2.0
// Every kind of question, every branch and every end of a visit on the real window; what is stored is what was tapped.
import assert from 'node:assert/strict';
import test from 'node:test';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { GlassKeys } from './glass_keys.mjs';
import { Stage, bin } from './stage.mjs';

const said = (nl) => ({ nl, en: nl, de: nl, fr: nl, tr: nl, pl: nl, ar: nl });
const page = (element) => ({ name: `page_${element.name}`, elements: [element] });

// The shipped survey with one question of each kind that it lacks, before its comment. `detail` is a branch of a
// branch; `travel` is asked of those who did not give the best face.
function everyKind(survey) {
  const added = [
    { type: 'rating', name: 'stars', title: said('Hoeveel sterren krijgt de wachtkamer?'), rateType: 'stars', rateMax: 5 },
    { type: 'rating', name: 'csat', title: said('Hoe tevreden bent u?'), rateMin: 1, rateMax: 5, minRateDescription: said('niet'), maxRateDescription: said('heel') },
    { type: 'rating', name: 'ces', title: said('Hoeveel moeite kostte het?'), rateMin: 1, rateMax: 7, minRateDescription: said('weinig'), maxRateDescription: said('veel') },
    { type: 'rating', name: 'mood', title: said('En de muziek?'), rateType: 'smileys', rateValues: [1, 2, 3, 4].map((value) => ({ value, text: said(`nummer ${value}`) })) },
    { type: 'radiogroup', name: 'travel', title: said('Hoe kwam u hier?'), visibleIf: '{visit} < 5', choices: ['fiets', 'trein', 'auto'] },
    { type: 'text', name: 'detail', title: said('Welke trein?'), visibleIf: "{travel} = 'trein'" },
    { type: 'checkbox', name: 'bought', title: said('Wat kocht u?'), choices: ['brood', 'kaas', 'melk'], minSelectedChoices: 2 },
    { type: 'text', name: 'people', title: said('Met hoeveel mensen bent u?'), inputType: 'number' },
    { type: 'rating', name: 'clean', title: said('Hoe schoon was het?'), rateValues: ['vies', 'gaat wel', 'schoon'].map((text, i) => ({ value: i + 1, text: said(text) })) },
    { type: 'boolean', name: 'again', title: said('Komt u terug?') },
    { type: 'html', name: 'end', html: said('Dat was <b>bijna</b> alles.') },
  ];
  const at = survey.pages.findIndex((p) => p.name === 'comment');
  return { ...survey, pages: [...survey.pages.slice(0, at), ...added.map(page), ...survey.pages.slice(at)] };
}

// A folder of assets with that survey in it.
function assets(folder) {
  const share = join(folder, 'share');
  mkdirSync(share);
  cpSync(join(bin, '..', 'share', 'halte'), share, { recursive: true });
  const file = join(share, 'surveys', 'visit.json');
  writeFileSync(file, JSON.stringify(everyKind(JSON.parse(readFileSync(file)))));
  return share;
}

class Visit extends Visitor {
  // Taps these one after the other and goes with the screen; `tap:` waits for the next one.
  async answer(name, ...ids) {
    await this.kiosk.shows(name);
    for (const id of ids) {
      await until(`${id} on ${name}`, () => this.kiosk.look() && this.kiosk.screen.targets[id]);
      await this.tap(id);
    }
    await until(`another screen than ${name}`, () => this.kiosk.look() && this.kiosk.screen.name !== name, 60_000);
    return this.kiosk.screen.name;
  }

  async type(name, keys, words) {
    await this.kiosk.shows(name);
    await this.kiosk.place('next'); // it takes no taps before
    await keys.type(this.screen, words);
  }
}

// What the server has of this visit: the newest response of the touchpoint.
function stored(hq, id) {
  const file = readdirSync(hq).find((name) => name.endsWith('.db'));
  const database = new DatabaseSync(join(hq, file), { readOnly: true });
  try {
    const row = database.prepare('SELECT body FROM response WHERE hex(id) = ?').get(id.toUpperCase().replaceAll('-', ''));
    return row && JSON.parse(row.body);
  } finally {
    database.close();
  }
}

test('every kind of question, branch and end is stored as it was tapped', { timeout: 420_000 }, async (t) => {
  const stage = await Stage.start({ assets });
  try {
    // Before anybody stands at the kiosk: on a slow machine they would have gone by the time.
    const keysOf = (screen) => GlassKeys.of(stage.folder, screen, { HALTE_ASSETS: join(stage.folder, 'share') });
    const pad = await keysOf('question/people-typed'), letters = await keysOf('question/comment-typed'), address = await keysOf('contact');
    let kiosk = stage.startKiosk({ args: ['--motion', 'off', '--diagonal', '21.5'] });
    let visit = new Visit(kiosk, stage.screen, random(4));
    const arrives = async (from) => {
      const { id } = await until('the answer to be kept', () => kiosk.look().filter((e) => e.event === 'saved').at(from));
      return until('the answer at the server', () => stored(join(stage.folder, 'hq'), id));
    };

    // Unhappy, by train, all the way to the end.
    await visit.answer('rate', 'face/1');
    await visit.answer('question/could_be_better', 'chip/0', 'chip/2', 'chip/0', 'next');
    await visit.answer('question/nps', 'number/3');
    await visit.answer('question/stars', 'star/4');
    await visit.answer('question/csat', 'number/2');
    await visit.answer('question/ces', 'number/7');
    await visit.answer('question/mood', 'face/2');
    await visit.answer('question/travel', 'chip/1');
    await visit.answer('question/detail', 'skip');
    // One of two is not enough: the button is no target then, and a tap where it lies does nothing.
    await kiosk.shows('question/bought');
    const next = await kiosk.place('next');
    await visit.tap('chip/0');
    await until('the button to wait for a second answer', () => kiosk.look() && kiosk.screen.targets['chip/0'] && !kiosk.screen.targets.next);
    await stage.screen.tap(...next);
    await visit.answer('question/bought', 'chip/2', 'next');
    await visit.type('question/people', pad, '12');
    await visit.answer('question/people', 'next');
    await visit.answer('question/clean', 'chip/1');
    await visit.answer('question/again', 'yes');
    await visit.answer('question/end', 'next');
    await visit.answer('question/comment', 'skip');
    await visit.answer('invitation', 'no');
    await visit.answer('thanks', 'dismiss');
    const whole = await arrives(0);
    assert.equal(whole.ended, 'complete');
    const { visit: face, nps, stars, csat, ces, mood, travel, bought, people, clean, again } = whole.answers;
    assert.deepEqual({ face, nps, stars, csat, ces, mood, travel, bought, people, clean, again }, { face: 2, nps: 3, stars: 4, csat: 2, ces: 7, mood: 3, travel: 'trein', bought: ['brood', 'melk'], people: 12, clean: 2, again: true });
    assert.equal(whole.answers.could_be_better.length, 1, 'the chip tapped twice is off again');
    assert.deepEqual([...whole.skipped].sort(), ['comment', 'detail']);
    t.diagnostic(`complete: ${JSON.stringify(whole.answers)}`);

    // Happy: other reasons, neither travel nor train; gone in the middle, asked, and finished by the visitor.
    await visit.answer('rate', 'face/4');
    await visit.answer('question/went_well', 'skip');
    await visit.answer('question/nps', 'number/10');
    await visit.answer('question/stars', 'star/5');
    for (const [name, id] of [['csat', 'number/5'], ['ces', 'number/1'], ['mood', 'face/0']]) await visit.answer(`question/${name}`, id);
    for (const name of ['bought', 'people', 'clean']) await visit.answer(`question/${name}`, 'skip');
    assert.equal(kiosk.screen.name, 'question/again', 'who is happy is not asked how they travelled');
    await until('to be asked', () => kiosk.look() && kiosk.screen.name === 'question/again/still-there', 60_000);
    await visit.answer('question/again/still-there', 'finish');
    await visit.answer('thanks', 'dismiss');
    const finished = await arrives(1);
    assert.equal(finished.ended, 'exit');
    assert.deepEqual([finished.answers.visit, finished.answers.mood, finished.answers.again], [5, 1, undefined]);

    // Walks away after the face.
    await visit.answer('rate', 'face/0');
    await until('the first screen', () => kiosk.look() && kiosk.screen.name === 'rate', 90_000);
    const left = await arrives(2);
    assert.equal(left.ended, 'timeout');
    assert.equal(left.answers.visit, 1);

    // Leaves words and an address: the words are kept as typed, the address sealed. The keys below are Dutch.
    await kiosk.shows('rate');
    await visit.tap('language/0');
    await visit.answer('rate', 'face/3');
    for (const name of ['went_well', 'nps', 'stars', 'csat', 'ces', 'mood', 'travel', 'bought', 'people', 'clean', 'again']) await visit.answer(`question/${name}`, 'skip');
    await visit.answer('question/end', 'next');
    await visit.type('question/comment', letters, 'fijne winkel');
    await visit.answer('question/comment', 'next');
    await visit.answer('invitation', 'yes');
    if (kiosk.screen.name === 'age') await visit.answer('age', 'yes');
    await visit.answer('purposes', 'purpose/0', 'next');
    await kiosk.shows('contact');
    await visit.tap('field/1');
    await visit.type('contact', address, 'jan@example.nl');
    await visit.answer('contact', 'next');
    await visit.answer('thanks', 'dismiss');
    const worded = await arrives(3);
    assert.equal(worded.answers.comment, 'Fijne winkel');
    assert.ok(worded.consents.some((c) => c.purpose === 'contact' && c.state === 'given'));
    assert.ok(!JSON.stringify(worded).includes('example.nl'), 'the address is sealed');

    // The kiosk is killed in the middle; the next start closes what is open.
    await visit.answer('rate', 'face/3');
    await kiosk.process.kill('SIGKILL');
    kiosk = stage.startKiosk({ args: ['--motion', 'off'] });
    await kiosk.shows('rate');
    const cut = await until('the answer that was cut short', () => {
      const file = readdirSync(join(stage.folder, 'hq')).find((name) => name.endsWith('.db'));
      const database = new DatabaseSync(join(stage.folder, 'hq', file), { readOnly: true });
      const rows = database.prepare('SELECT body FROM response').all().map((row) => JSON.parse(row.body));
      database.close();
      return rows.find((body) => body.ended === 'restart');
    });
    assert.equal(cut.answers.visit, 4);
  } finally {
    await stage.stop();
  }
});
