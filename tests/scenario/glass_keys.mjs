// SPDX-License-Identifier: Apache-2.0
// Where the keys of the keyboard on the glass lie, in Dutch on 21.5 inches upright. A kiosk at work does not tell.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../app/tool/demo/processes.mjs';
import { bin } from './stage.mjs';

export class GlassKeys {
  // `screen` as --describe calls it: "question/comment-typed", "contact"; `env` names other assets.
  static async of(folder, screen, env = {}) {
    const file = join(folder, `keys-${screen.replaceAll('/', '-')}.json`);
    const only = `${screen.replaceAll('/', '-')}-21.5-portrait-nl-light-normal`;
    const done = await run(join(bin, 'halte-kiosk'), ['--describe', file, '--only', only], { env });
    assert.equal(done.code, 0, done.err);
    const picture = JSON.parse(readFileSync(file, 'utf8')).matrix.find((p) => p.screen === screen);
    return new GlassKeys(picture.elements.filter((e) => e.role === 'key'));
  }

  constructor(keys) {
    this.keys = keys;
  }

  async type(glass, text) {
    for (const letter of text) {
      const key = this.keys.find((e) => e.label.toLowerCase() === (letter === ' ' ? 'spatie' : letter));
      assert.ok(key, `there is a key ${letter}`);
      const [x, y, w, h] = key.rect_px;
      await glass.tap(x + w / 2, y + h / 2);
    }
  }
}
