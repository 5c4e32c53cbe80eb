// SPDX-License-Identifier: Apache-2.0
// A visitor who sees nothing and touches nothing: the whole survey by four arrows and OK, following what is said.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { run, sleep, until } from '../../app/tool/demo/processes.mjs';
import { SpeechDaemon } from './speech_daemon.mjs';
import { Stage } from './stage.mjs';

const survey = JSON.parse(readFileSync(new URL('../../assets/surveys/visit.json', import.meta.url)));
const first = survey.pages[0].elements[0];

// The catalogue's word for a sentence of the program.
function translated(language, english) {
  if (language === 'en') return english;
  const text = readFileSync(new URL(`../../assets/strings/kiosk/${language}.po`, import.meta.url), 'utf8');
  const at = text.indexOf(`msgid ${JSON.stringify(english)}\n`);
  return text.slice(at).match(/msgstr "(.*)"/)[1].replaceAll('\u00ad', '');
}

class Keypad {
  constructor(kiosk, screen) {
    this.kiosk = kiosk;
    this.screen = screen;
    this.heard = [];
  }

  spoken() {
    return this.kiosk.look().filter((e) => e.event === 'spoken');
  }

  // Presses and listens: what was said because of it, nothing if the key led nowhere.
  async press(key) {
    const before = this.spoken().length;
    const done = await run('xdotool', ['key', key], { env: this.screen.env });
    assert.equal(done.code, 0, done.err);
    await until(`an answer to ${key}`, () => this.spoken().length > before);
    // A slow kiosk may still have been reading the screen: what the key led to comes after it.
    let last;
    await until('it to have said all', async () => {
      const count = this.spoken().length;
      const same = count === last;
      last = count;
      if (!same) await sleep(30);
      return same;
    });
    return this.spoken().at(-1);
  }

  // On with the right arrow, or the left one where reading goes left, until the target is announced.
  async go(id) {
    for (let i = 0; i < 150; i += 1) {
      const heard = await this.press(this.kiosk.screen.language === 'ar' ? 'Left' : 'Right');
      if (heard.focus === id) return heard;
    }
    throw new Error(`150 steps and never on ${id} of ${this.kiosk.screen.name}`);
  }

  async choose(id) {
    await sleep(Math.max(0, this.kiosk.since + 400 - performance.now())); // a kiosk takes no taps before
    await this.go(id);
    return this.press('Return');
  }

  // What a screen says when it comes, once it is there.
  async arrives(name) {
    await this.kiosk.shows(name);
    return until(`the words of ${name}`, () => this.spoken().findLast((e) => e.focus === '')).then((e) => e.text);
  }
}

async function visit(keypad, language, index) {
  const { kiosk } = keypad;
  await kiosk.shows('rate');
  const begun = await keypad.press('Right');
  assert.match(begun.text, /[.?؟]/, 'the first key makes it speak');
  if (kiosk.screen.language !== language) {
    await keypad.choose(`language/${index}`);
    await until(`the language ${language}`, () => kiosk.look() && kiosk.screen.language === language);
  }
  const names = [];
  while (kiosk.screen.name !== 'thanks') {
    const { name, targets } = kiosk.screen;
    if (name === 'saving') {
      await until('the answer to be saved', () => kiosk.look() && kiosk.screen.name !== name);
      continue;
    }
    names.push(name);
    const next = ['face/3', 'number/9', 'no', 'skip', 'next'].find((id) => id in targets) ?? 'dismiss';
    await keypad.choose(next === 'skip' && 'chip/0' in targets ? 'chip/0' : next);
    if (name === 'rate' || 'number/9' in targets || next === 'no' || (next === 'skip' && !('chip/0' in targets))) {
      await until(`another screen than ${name}`, () => kiosk.look() && kiosk.screen.name !== name);
    } else {
      await keypad.choose('next');
      await until(`another screen than ${name}`, () => kiosk.look() && kiosk.screen.name !== name);
    }
  }
  await keypad.choose('dismiss');
  await until('the first screen', () => kiosk.look() && kiosk.screen.name === 'rate');
  return names;
}

test('a visitor finishes the survey by keypad alone in every language, and hears it read as it stands', { timeout: 420_000 }, async (t) => {
  const stage = await Stage.start();
  const daemon = await SpeechDaemon.start(stage.folder);
  try {
    const kiosk = stage.startKiosk({ env: daemon.env });
    const keypad = new Keypad(kiosk, stage.screen);
    const languages = ['nl', 'en', 'de', 'fr', 'tr', 'pl', 'ar'];
    for (const [index, language] of languages.entries()) {
      const from = keypad.spoken().length;
      const saved = kiosk.count('saved');
      const names = await visit(keypad, language, index);
      await until('the answer to be saved', () => kiosk.count('saved') > saved);
      const said = keypad.spoken().slice(from).filter((e) => e.language === language).map((e) => e.text.replaceAll('\u00ad', ''));
      const heard = (words) => said.some((text) => text.includes(words));
      assert.ok(heard(first.title[language]), `${language}: the question is read: ${said[0]}`);
      assert.ok(heard(translated(language, 'Thank you!')), `${language}: the thanks are read`);
      assert.ok(heard(translated(language, 'chosen')), `${language}: a choice is confirmed`);
      assert.ok(names.length >= 3, `${language}: several screens: ${names}`);
      t.diagnostic(`${language}: ${said.length} utterances over ${names.join(', ')}; first: ${said[0]}`);
    }
    await until('the last sentence to be a sound', () => daemon.said().length > 0);
    const sounds = daemon.said();
    for (const language of languages) {
      const of = sounds.filter((s) => s.voice === language);
      assert.ok(of.some((s) => s.seconds > 0.5 && s.loudness > 0.01), `${language}: is heard, ${JSON.stringify(of.slice(0, 3))}`);
    }
    t.diagnostic(`${sounds.length} sounds, none but whole ones`);
    await keypad.press('Right');
    await daemon.process.kill('SIGKILL');
    for (const key of ['Right', 'Right', 'Left']) await keypad.press(key);
    assert.equal(kiosk.process.how, undefined, 'a voice that goes away takes nothing with it');
  } finally {
    await daemon.stop();
    await stage.stop();
  }
});
