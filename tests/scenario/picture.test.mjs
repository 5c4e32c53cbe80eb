// SPDX-License-Identifier: Apache-2.0
// A frame repaints only what moved. What stands on the glass afterwards must be what a whole repaint gives.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Glass } from './glass.mjs';
import { Stage } from './stage.mjs';

test('after presses, springs and a change of language the glass is as a whole repaint leaves it', { timeout: 120_000 }, async () => {
  const stage = await Stage.start();
  try {
    const kiosk = stage.startKiosk();
    const glass = new Glass(stage.screen);
    const visitor = new Visitor(kiosk, stage.screen, random(21));
    await kiosk.shows('rate');
    const pictures = new Set();
    let taps = 1;
    const check = async (what) => {
      await until('the kiosk to have seen the taps', () => kiosk.count('tap') === taps);
      const parts = await glass.rest();
      glass.repaint();
      // A blink may fall into any one picture.
      await until(`the picture after ${what} to be the whole one`, () => glass.picture() === parts);
      pictures.add(parts);
    };
    await visitor.tap('face/1');
    await until('the reasons', () => kiosk.look() && kiosk.screen.targets['chip/0']);
    await check('a face');
    for (const id of ['chip/0', 'chip/2', 'chip/0']) await visitor.tap(id);
    taps += 3;
    await check('three taps on chips');
    await visitor.tap('language/1');
    taps += 1;
    await until('the other language', () => kiosk.look() && kiosk.screen.language === 'en');
    await check('another language');
    assert.equal(pictures.size, 3, 'every step changed the glass');
  } finally {
    await stage.stop();
  }
});
