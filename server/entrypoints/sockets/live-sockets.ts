import type { Server as SocketServer } from 'socket.io';

/** Ends sockets the moment their session or account ends. */
export interface LiveSockets {
  closeSession(tokenHash: string): void;
  closeUser(userId: number): void;
}

export const roomOfUser = (userId: number): string => `user:${userId}`;
export const roomOfTeam = (teamId: number): string => `team:${teamId}`;
export const roomOfSession = (tokenHash: string): string => `session:${tokenHash}`;
/** Heads and admins: they see every team. */
export const watchersRoom = 'watchers';

export function liveSockets(io: SocketServer): LiveSockets {
  return {
    closeSession: (tokenHash) => {
      io.in(roomOfSession(tokenHash)).disconnectSockets(true);
    },
    closeUser: (userId) => {
      io.in(roomOfUser(userId)).disconnectSockets(true);
    },
  };
}
