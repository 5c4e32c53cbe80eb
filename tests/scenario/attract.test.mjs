// SPDX-License-Identifier: Apache-2.0
// The organisation's pictures above the first question, from an administrator's file to the glass.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Glass } from './glass.mjs';
import { Stage } from './stage.mjs';

test('the pictures take turns while nobody is there, go at the first tap, and are there after a start without a server', { timeout: 120_000 }, async () => {
  const stage = await Stage.start();
  try {
    let kiosk = stage.startKiosk();
    const glass = new Glass(stage.screen);
    // Inside the room of the picture at this size. Only a picture has so many colours.
    const area = '800x300+140+450';
    const has_picture = () => glass.colours(area) > 5_000;
    await kiosk.shows('rate');
    const first = await until('the first picture', () => has_picture() && glass.picture(area));
    const second = await until('the second picture', () => has_picture() && glass.picture(area) !== first && glass.picture(area), 20_000);
    await until('the first picture again', () => glass.picture(area) === first, 20_000);
    assert.notEqual(first, second);

    await new Visitor(kiosk, stage.screen, random(3)).tap('face/4');
    await until('the picture to be gone', () => ![first, second].includes(glass.picture(area)));
    await kiosk.stop();

    await stage.hq.stop();
    stage.hq = undefined;
    kiosk = stage.startKiosk({ server: 'http://127.0.0.1:9' });
    await kiosk.shows('rate');
    await until('the picture from the kiosk\'s own database', () => glass.picture(area) === first);
  } finally {
    await stage.stop();
  }
});
