// SPDX-License-Identifier: Apache-2.0
// What stands on an X screen, as a fingerprint of its pixels.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { until } from '../../app/tool/demo/processes.mjs';

export class Glass {
  constructor(screen) {
    this.env = { ...process.env, ...screen.env };
  }

  tool(name, ...words) {
    return execFileSync(name, words, { env: this.env, maxBuffer: 1 << 26 });
  }

  // Of all of it, or of an area "WIDTHxHEIGHT+X+Y".
  picture(area) {
    const crop = area ? ['-crop', area] : [];
    return createHash('sha256').update(this.tool('import', '-window', 'root', ...crop, 'rgb:-')).digest('hex');
  }

  // How many different ones there are.
  colours(area) {
    return Number(this.tool('import', '-window', 'root', '-crop', area, '-format', '%k', 'info:-'));
  }

  // Nothing moves from one picture to the next and the next.
  rest() {
    let before = '', same = 0;
    return until('the glass to be at rest', () => {
      const now = this.picture();
      same = now === before ? same + 1 : 0;
      before = now;
      return same >= 3 && now;
    });
  }

  // The window goes and comes back: the system asks for all of it again.
  repaint() {
    const window = this.tool('xdotool', 'search', '--name', 'Halte').toString().trim().split('\n')[0];
    this.tool('xdotool', 'windowunmap', '--sync', window, 'windowmap', '--sync', window);
  }
}
