import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface StallingProxy {
  port: number;
  /** From now on nothing passes, and nobody is told: a half-open connection. */
  stall: () => void;
  /** What was held back is lost; its connections break, new ones pass. */
  heal: () => void;
  close: () => Promise<void>;
}

/** A TCP relay to a local port that can stop passing bytes without closing anything. */
export async function stallingProxy(toPort: number): Promise<StallingProxy> {
  let stalled = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (!stalled) to.write(chunk);
      });
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      // A broken connection is what this proxy is for; `close` follows and ends the other side.
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    stall: () => {
      stalled = true;
    },
    heal: () => {
      stalled = false;
      breakAll();
    },
    close: async () => {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
