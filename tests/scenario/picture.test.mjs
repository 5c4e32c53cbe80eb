// SPDX-License-Identifier: Apache-2.0
// A frame repaints only what moved. What stands on the glass afterwards must be what a whole repaint gives.
import assert from 'node:assert/strict';
import test from 'node:test';
import { run, until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Glass } from './glass.mjs';
import { Stage } from './stage.mjs';

test('after presses, springs and a change of language the glass is as a whole repaint leaves it, and a bag on it is no tap', { timeout: 120_000 }, async () => {
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

    // A bag that lies on the glass is no answer, and staff can read why nobody answers.
    const [x, y] = await kiosk.place('chip/1');
    await run('xdotool', ['mousemove', `${Math.round(x)}`, `${Math.round(y)}`, 'mousedown', '1'], { env: stage.screen.env });
    await until('the log to say it', () => /the glass is blocked/.test(kiosk.process.errors), 20_000);
    const is_blocked = () => kiosk.look() && kiosk.screen.name.endsWith('/blocked');
    await until('the glass to say it', is_blocked);
    await run('xdotool', ['mouseup', '1'], { env: stage.screen.env });
    await until('the question again', () => !is_blocked());
    await visitor.tap('chip/1');
    await until('the next tap', () => kiosk.count('tap') > taps);
    assert.equal(kiosk.count('tap'), taps + 1, 'no tap came of what lay there');
  } finally {
    await stage.stop();
  }
});
