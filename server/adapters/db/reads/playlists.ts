import type { PlaylistReads } from '../../../app/ports/reads/playlists.ts';
import type { Playlist, PlaylistItem } from '../../../contract/http/playlists.ts';
import type { Prisma } from '../client.ts';
import { callIn } from './recordings.ts';

const itemShape = {
  recording: {
    select: {
      id: true,
      callId: true,
      status: true,
      call: { select: { intentAt: true, rep: { select: { id: true, name: true } }, company: { select: { name: true } } } },
    },
  },
} as const;

type Stored = Awaited<ReturnType<typeof find>>[number];

const find = (prisma: Prisma, where: object, callWhere: object) =>
  prisma.playlist.findMany({
    where,
    orderBy: { id: 'desc' },
    include: { items: { where: { recording: { call: callWhere } }, orderBy: { position: 'asc' }, include: itemShape } },
  });

const itemView = (item: Stored['items'][number]): PlaylistItem => ({
  id: item.id,
  recordingId: item.recordingId,
  callId: item.recording.callId,
  status: item.recording.status,
  fromSecond: Number(item.fromSecond),
  toSecond: Number(item.toSecond),
  note: item.note,
  rep: item.recording.call.rep,
  companyName: item.recording.call.company.name,
  intentAt: item.recording.call.intentAt.toISOString(),
});

async function viewsOf(prisma: Prisma, playlists: Stored[]): Promise<Playlist[]> {
  const people = await prisma.user.findMany({
    where: { id: { in: playlists.map((playlist) => playlist.createdById) } },
    select: { id: true, name: true },
  });
  return playlists.map((playlist) => ({
    id: playlist.id,
    name: playlist.name,
    createdBy: people.find((person) => person.id === playlist.createdById) ?? { id: playlist.createdById, name: '' },
    createdAt: playlist.createdAt.toISOString(),
    moments: playlist.items.length,
    seconds: playlist.items.reduce((sum, item) => sum + Number(item.toSecond) - Number(item.fromSecond), 0),
    items: playlist.items.map(itemView),
  }));
}

export function playlistReads(prisma: Prisma): PlaylistReads {
  return {
    list: async (scope, createdById) => viewsOf(prisma, await find(prisma, { createdById }, callIn(scope))),
    one: async (id, scope) => (await viewsOf(prisma, await find(prisma, { id }, callIn(scope))))[0] ?? null,
  };
}
