import { createSocket } from 'node:dgram';
import { portFault } from '../../scripts/lib/ports.mjs';

/**
 * Ports that the kernel gives to nobody by itself. One that it did give may be another connection's by the time a program that was
 * just started comes to listen on it.
 */
const firstPort = 10_000;
/** Each file that runs at the same time has its own of them. */
const workers = 4;
const portsOfOne = 5_500;

const first = firstPort + ((Number(process.env.VITEST_POOL_ID ?? 0) || 0) % workers) * portsOfOne;
// Not where the file before it began: what that one left behind may still be ending.
let next = Math.floor(Math.random() * portsOfOne);

const udpFault = (port: number): Promise<Error | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', resolve);
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(undefined)));
  });

/** Whether a program can listen on it, by TCP on any address and by UDP. */
async function isFree(port: number): Promise<boolean> {
  return !(await portFault(port)) && !(await udpFault(port));
}

/** The first of so many neighbouring ports for programs that a test starts; even, as media wants it. Nobody else of this run gets them. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    if (next + count > portsOfOne) next = 0;
    const from = first + next + (next % 2);
    next += count + 2;
    const free = await Promise.all(Array.from({ length: count }, (_, place) => isFree(from + place)));
    if (!free.includes(false)) return from;
  }
}
