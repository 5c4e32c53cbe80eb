// SPDX-License-Identifier: Apache-2.0
// An X server without a monitor, and a finger on it.
import { Running, run } from './processes.mjs';

export class Screen {
  static async start(width, height) {
    // Xvfb takes the first free number itself and tells it.
    const server = new Running('Xvfb', ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-ac']);
    const [, number] = await server.line(/^(\d+)$/);
    return new Screen(server, `:${number}`);
  }

  constructor(server, display) {
    this.server = server;
    this.display = display;
  }

  get env() {
    return { DISPLAY: this.display, LIBGL_ALWAYS_SOFTWARE: '1' };
  }

  async tap(x, y) {
    await this.do('mousemove', x, y, 'mousedown', 1, 'mouseup', 1);
  }

  async press(x, y) {
    await this.do('mousemove', x, y, 'mousedown', 1);
  }

  async move(x, y) {
    await this.do('mousemove', x, y);
  }

  async release(x, y) {
    await this.do('mousemove', x, y, 'mouseup', 1);
  }

  async do(...words) {
    const rounded = words.map((word) => `${typeof word === 'number' ? Math.round(word) : word}`);
    const done = await run('xdotool', rounded, { env: this.env });
    if (done.code !== 0) throw new Error(`xdotool: ${done.err}`);
  }

  async stop() {
    await this.server.stop();
  }
}
