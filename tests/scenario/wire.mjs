// SPDX-License-Identifier: Apache-2.0
// A cable between kiosk and server that can be pulled: a TCP relay on loopback.
import net from 'node:net';

export class Wire {
  static async start(target) {
    const wire = new Wire(new URL(target));
    await new Promise((done) => wire.server.listen(0, '127.0.0.1', done));
    wire.url = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  constructor(target) {
    this.target = target;
    this.up = true;
    this.sockets = new Set();
    this.server = net.createServer((client) => {
      if (!this.up) return client.destroy();
      const far = net.createConnection(Number(this.target.port), this.target.hostname);
      for (const socket of [client, far]) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.sockets.delete(socket);
          client.destroy();
          far.destroy();
        });
      }
      client.pipe(far);
      far.pipe(client);
    });
  }

  pull() {
    this.up = false;
    for (const socket of this.sockets) socket.destroy();
  }

  plug(target) {
    if (target) this.target = new URL(target);
    this.up = true;
  }

  stop() {
    this.pull();
    this.server.close();
  }
}
