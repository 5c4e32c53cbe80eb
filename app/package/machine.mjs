// SPDX-License-Identifier: Apache-2.0
// A Debian that boots, from the folder of its root: systemd is its first process, units run as on a machine of its
// own. It shares the network of this machine. What happens in it goes when it stops; the folder stays as it was.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Running, until } from '../tool/demo/processes.mjs';

const ours = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
const variables = Object.entries(ours).map(([name, value]) => `${name}=${value}`);

export class Machine {
  // As root. `packages` is a folder of this machine, there /root/build/packages.
  static async start({ root, packages }) {
    // Without systemd here nobody could be told of the machine.
    const alone = existsSync('/run/systemd/system') ? [] : ['--register=no', '--keep-unit'];
    const words = ['--quiet', '--boot', '--ephemeral', '--console=read-only', ...alone, `--directory=${root}`, `--bind-ro=${packages}:/root/build/packages`];
    // systemd of Debian 13 boots under the unified hierarchy alone.
    const machine = new Machine(new Running('systemd-nspawn', words, { env: { SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' } }));
    try {
      await until('the machine to boot', () => machine.isUp(), 120_000);
    } catch (error) {
      await machine.stop();
      throw error;
    }
    return machine;
  }

  constructor(process) {
    this.process = process;
    this.commands = new Set(); // that run
  }

  // Its first process, by the number that it has here.
  get first() {
    const { pid } = this.process;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0];
  }

  async isUp() {
    if (this.process.how) throw new Error(`systemd-nspawn ended: ${this.process.errors}${this.process.lines.join('\n')}`);
    if (!this.first) return false;
    const { out } = await this.try('systemctl is-system-running');
    return /running|degraded/.test(out);
  }

  // As root at a shell of the machine, in /root.
  async try(command) {
    const into = ['--target', this.first, '--mount', '--uts', '--ipc', '--pid', '--root', '--wd'];
    const running = new Running('nsenter', [...into, '/usr/bin/env', '-i', ...variables, 'bash', '-c', `cd && ${command}`]);
    this.commands.add(running);
    const { code } = await running.ended;
    this.commands.delete(running);
    return { code, out: running.lines.join('\n'), err: running.errors };
  }

  async run(command) {
    const { code, out, err } = await this.try(command);
    if (code !== 0) throw new Error(`${command}: ended with ${code}: ${`${out}\n${err}`.trim().split('\n').slice(-15).join('\n')}`);
    return out;
  }

  // The path by which a file of the machine is reached from here.
  path(file) {
    return `/proc/${this.first}/root${file}`;
  }

  edit(file, change) {
    const before = readFileSync(this.path(file), 'utf8');
    writeFileSync(this.path(file), change(before));
  }

  // A command that the machine stops for its own end would keep it from ending.
  async stop() {
    for (const command of this.commands) command.child.kill('SIGKILL');
    return this.process.stop(60_000);
  }
}
