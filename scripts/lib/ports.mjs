import { createServer } from 'node:net';

/**
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<NodeJS.ErrnoException | undefined>} why the port cannot be listened on, undefined when it can
 */
export function portFault(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * @param {number} wanted the port of the last run, 0 when none
 * @returns {Promise<number>} that port when it is still free, else any free one on the loopback
 */
export async function freePort(wanted) {
  if (wanted > 0 && !(await portFault(wanted, '127.0.0.1'))) return wanted;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('The system gave no port'))));
    });
  });
}
