// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { until } from '../../app/tool/demo/processes.mjs';
import { Stage } from './stage.mjs';
import { TouchScreen } from './touch_screen.mjs';

const missing = !existsSync('/usr/lib/xorg/Xorg') ? 'Xorg is not installed' : process.getuid() !== 0 ? 'Xorg needs root here' : false;

test('15 of 15 taps of a real X touchscreen are answers', { timeout: 240_000, skip: missing }, async () => {
  const stage = await Stage.start({ days: 0, screen: await TouchScreen.start(1080, 1920) });
  try {
    const kiosk = stage.startKiosk();
    const faces = [];
    for (let i = 0; i < 15; i += 1) {
      await kiosk.shows('rate');
      const face = `face/${i % 5}`;
      await stage.screen.tap(...(await kiosk.place(face)));
      await until('the screen after the face', () => kiosk.look() && kiosk.screen.name !== 'rate');
      faces.push(face);
      while (kiosk.screen.name !== 'thanks') {
        const { name } = kiosk.screen;
        await stage.screen.tap(...(await kiosk.place(name === 'invitation' ? 'no' : 'skip')));
        await until(`another screen than ${name}`, () => kiosk.look() && ![name, 'saving'].includes(kiosk.screen.name));
      }
      await stage.screen.tap(...(await kiosk.place('dismiss')));
    }
    const taps = kiosk.events.filter((e) => e.event === 'tap' && e.target.startsWith('face/')).map((e) => e.target);
    assert.deepEqual(taps, faces);
    await until('15 closed responses', () => kiosk.count('saved') === 15);
    console.log(`touchscreen: ${taps.length} of 15 taps arrived`);
  } finally {
    await stage.stop();
  }
});
