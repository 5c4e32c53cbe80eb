// SPDX-License-Identifier: Apache-2.0
// What a visitor typed and did not send is gone with the visitor: from the glass, from memory, from the disk.
import assert from 'node:assert/strict';
import test from 'node:test';
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Glass } from './glass.mjs';
import { GlassKeys } from './glass_keys.mjs';
import { Stage } from './stage.mjs';

const canary = 'kwyjibozqx';

// All that a core dump would hold: every readable part of the process, as the kernel shows it.
function* memoryOf(pid) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const found = line.match(/^([0-9a-f]+)-([0-9a-f]+) r/);
      if (!found || /\[v(var|syscall|vvar_vclock)\]/.test(line)) continue;
      const [from, to] = [parseInt(found[1], 16), parseInt(found[2], 16)];
      if (to - from > 2 ** 36) continue; // the shadow of a sanitizer: terabytes, and no word of anybody
      for (let at = from; at < to; at += 1 << 24) {
        const bytes = Buffer.alloc(Math.min(1 << 24, to - at) + 64);
        try {
          yield bytes.subarray(0, readSync(memory, bytes, 0, bytes.length, at));
        } catch {
          // Mapped, but with nothing behind it.
        }
      }
    }
  } finally {
    closeSync(memory);
  }
}

// As bytes, and as the 32-bit letters that text is shaped from. The first letter is a capital on the glass.
const rest = canary.slice(1);
const forms = { bytes: Buffer.from(rest), letters: Buffer.concat([...rest].map((c) => Buffer.from([c.charCodeAt(0), 0, 0, 0]))) };

function foundIn(pid) {
  const found = { bytes: 0, letters: 0 };
  for (const part of memoryOf(pid)) for (const form of Object.keys(forms)) if (part.includes(forms[form])) found[form] += 1;
  return found;
}

test('a visitor walks away from a half typed comment: the next one finds nothing of it anywhere', { timeout: 300_000 }, async (t) => {
  // There the heap itself lies in a mapping of terabytes.
  if (process.env.HALTE_BUILD?.endsWith('tsan')) return t.skip('memory cannot be searched under ThreadSanitizer');
  const stage = await Stage.start();
  try {
    const kiosk = stage.startKiosk({ args: ['--diagonal', '21.5', '--motion', 'off'] });
    const visitor = new Visitor(kiosk, stage.screen, random(8));
    const glass = new Glass(stage.screen);
    const { pid } = kiosk.process;
    const toComment = async () => {
      await kiosk.shows('rate');
      await visitor.tap('language/0'); // they take turns while nobody is there
      await visitor.tap('face/3');
      while (kiosk.screen.name !== 'question/comment') {
        const { name } = kiosk.screen;
        if (name !== 'rate' && name !== 'saving') await visitor.tap('skip');
        await until(`another screen than ${name}`, () => kiosk.look() && kiosk.screen.name !== name);
      }
    };
    const keys = await GlassKeys.of(stage.folder, 'question/comment-typed');
    await toComment();
    const empty = await glass.rest();
    await keys.type(stage.screen, canary);
    await until('the words in memory', () => foundIn(pid).bytes > 0);
    const typed = foundIn(pid);
    assert.notEqual(glass.picture(), empty, 'they are seen');

    await until('the visitor to be asked', () => kiosk.look() && kiosk.screen.name.endsWith('/still-there'), 60_000);
    await until('the first screen', () => kiosk.look() && kiosk.screen.name === 'rate', 60_000);
    await until('the answer to be kept', () => kiosk.count('saved') === 1);
    // The caches are emptied before the picture that follows.
    await until('nothing of them in memory', () => Object.values(foundIn(pid)).every((n) => n === 0), 5_000).catch(() => {});
    const left = foundIn(pid);
    t.diagnostic(`parts of memory that held the words: typed ${JSON.stringify(typed)}, after the reset ${JSON.stringify(left)}`);
    assert.deepEqual(left, { bytes: 0, letters: 0 });

    for (const name of readdirSync(stage.data)) assert.ok(!readFileSync(join(stage.data, name)).includes(rest), `${name} holds nothing of it`);
    await toComment();
    await until('the next visitor to see an empty comment', () => glass.picture() === empty);
  } finally {
    await stage.stop();
  }
});
