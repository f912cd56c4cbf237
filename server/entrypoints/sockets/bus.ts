import type { Server as SocketServer } from 'socket.io';
import type { Announcement, Audience } from '../../app/ports/bus.ts';
import { serverEvents } from '../../contract/sockets/index.ts';
import { roomOfTeam, roomOfUser, watchersRoom } from './live-sockets.ts';

function roomOf(audience: Audience): string {
  if (audience === 'watchers') return watchersRoom;
  return 'user' in audience ? roomOfUser(audience.user) : roomOfTeam(audience.team);
}

/** Tells an announcement to its room, checked against the contract on the way out. */
export function announceTo(io: SocketServer, announcement: Announcement): void {
  const payload = serverEvents[announcement.event].parse(announcement.payload);
  io.to(roomOf(announcement.audience)).emit(announcement.event, payload);
}
