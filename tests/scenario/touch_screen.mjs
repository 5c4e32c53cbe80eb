// SPDX-License-Identifier: Apache-2.0
// An Xorg with a dummy monitor and a touchscreen whose finger is a socket: X's own "inputtest" driver,
// spoken as man 4 inputtestdrv and xorg-server's protocol header describe it.
import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Running, until } from '../../app/tool/demo/processes.mjs';

const CLIENT_VERSION = 0, WAIT_FOR_SYNC = 1, TOUCH = 6;
const SERVER_VERSION = 0, SYNC_FINISHED = 1;
const BEGIN = 18, UPDATE = 19, END = 20; // XI_TouchBegin, XI_TouchUpdate and XI_TouchEnd of XInput2
const AXIS = 65535;

function configuration(socket, width, height) {
  // 60 pictures a second with the wide blanking of a picture tube: narrower is refused without an EDID.
  const [across, down] = [width + 400, height + 31];
  const clock = ((across * down * 60) / 1e6).toFixed(2);
  const modeline = `"panel" ${clock} ${width} ${width + 80} ${width + 192} ${across} ${height} ${height + 3} ${height + 8} ${down}`;
  return `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "InputDevice"
  Identifier "finger"
  Driver "inputtest"
  Option "SocketPath" "${socket}"
  Option "DeviceType" "Touch"
  Option "TouchCount" "5"
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 1-300
  VertRefresh 1-200
  Modeline ${modeline}
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "panel"
    Virtual ${width} ${height}
  EndSubSection
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "finger" "SendCoreEvents"
EndSection
`;
}

function message(type, length) {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(length, 0);
  bytes.writeUInt32LE(type, 4);
  return bytes;
}

export class TouchScreen {
  // `preload`: a library that changes what the server can.
  static async start(width, height, { preload } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'halte-touch-'));
    const socket = join(folder, 'finger');
    writeFileSync(join(folder, 'xorg.conf'), configuration(socket, width, height));
    const server = new Running('/usr/lib/xorg/Xorg', [
      '-displayfd', '1', '-config', join(folder, 'xorg.conf'), '-logfile', join(folder, 'log'),
      '-noreset', '-novtswitch', '-sharevts', '-nolisten', 'tcp', '-ac',
    ], { env: preload ? { LD_PRELOAD: preload } : {} });
    const [, number] = await server.line(/^(\d+)$/);
    await until('the socket of the touchscreen', () => existsSync(socket));
    const screen = new TouchScreen(server, `:${number}`, folder, width, height);
    await screen.connect(socket);
    return screen;
  }

  constructor(server, display, folder, width, height) {
    Object.assign(this, { server, display, folder, width, height, driver: new EventEmitter() });
  }

  get env() {
    return { DISPLAY: this.display, LIBGL_ALWAYS_SOFTWARE: '1' };
  }

  async connect(path) {
    this.socket = net.createConnection(path);
    let rest = Buffer.alloc(0);
    this.socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 8 && rest.length >= rest.readUInt32LE(0)) {
        this.driver.emit('answer', rest.readUInt32LE(4));
        rest = rest.subarray(rest.readUInt32LE(0));
      }
    });
    const hello = message(CLIENT_VERSION, 12);
    hello.writeUInt16LE(1, 8); // major
    hello.writeUInt16LE(0, 10); // minor
    await this.ask(hello, SERVER_VERSION);
  }

  async ask(bytes, answer) {
    const answered = once(this.driver, 'answer', { signal: AbortSignal.timeout(15_000) });
    this.socket.write(bytes);
    const [type] = await answered;
    if (type !== answer) throw new Error(`the touch driver answered ${type}`);
  }

  // What the glass tells of its own size, in millimetres; until then nothing, and X makes one up.
  measures(across, down) {
    const env = { ...process.env, ...this.env };
    execFileSync('xrandr', ['--output', 'DUMMY0', '--set', 'WIDTH_MM', `${across}`, '--set', 'HEIGHT_MM', `${down}`], { env });
    execFileSync('xrandr', ['--query'], { env }); // X looks at its outputs again when it is asked
  }

  touch(kind, x, y) {
    const bytes = message(TOUCH, 1056);
    bytes.writeUInt32LE(1, 8); // the first finger
    bytes.writeUInt32LE(kind, 12);
    bytes.writeUInt8(0b11, 20); // mask: the first two valuators
    bytes.writeDoubleLE((x / this.width) * AXIS, 32);
    bytes.writeDoubleLE((y / this.height) * AXIS, 40);
    this.socket.write(bytes);
  }

  async tap(x, y) {
    this.touch(BEGIN, x, y);
    await this.release(x, y);
  }

  async press(x, y) {
    this.touch(BEGIN, x, y);
    await this.sync();
  }

  async move(x, y) {
    this.touch(UPDATE, x, y);
    await this.sync();
  }

  async release(x, y) {
    this.touch(END, x, y);
    await this.sync();
  }

  sync() {
    return this.ask(message(WAIT_FOR_SYNC, 8), SYNC_FINISHED);
  }

  async stop() {
    this.socket?.destroy();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
