import type { Redis } from 'ioredis';
import type { Server as SocketServer } from 'socket.io';
import { serverEvents, type ServerEvents } from '../../contract/sockets/index.ts';

/**
 * Tells this machine's own sockets when Redis, which brings them what happens on the other machines, goes and comes back:
 * the screen then says that live updates are delayed (faults.md). What is written is safe meanwhile.
 */
export function tellOfDelayedUpdates(io: SocketServer, redis: Redis): void {
  const name = 'updates:state';
  const state = (): ServerEvents[typeof name] => serverEvents[name].parse({ delayed: redis.status !== 'ready' });
  const tell = (): void => {
    io.local.emit(name, state());
  };
  redis.on('ready', tell);
  redis.on('close', tell);
  io.on('connection', (socket) => {
    socket.emit(name, state());
  });
}
