import type { VoiceClip, VoiceClipStore } from '../../../app/ports/stores/voice-clips.ts';
import type { Transaction } from '../client.ts';

const withAuthor = { include: { createdBy: { select: { id: true, name: true } } } } as const;

export function voiceClipStore(transaction: Transaction): VoiceClipStore {
  const { voiceClip } = transaction;
  return {
    of: async (userId): Promise<VoiceClip[]> =>
      voiceClip.findMany({
        where: { OR: [{ ownerId: userId }, { ownerId: null }] },
        orderBy: [{ ownerId: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
        ...withAuthor,
      }),
    announcing: async () => voiceClip.findFirst({ where: { ownerId: null, announces: true, isDefault: true }, ...withAuthor }),
    find: async (id) => voiceClip.findUnique({ where: { id }, ...withAuthor }),
    add: async (clip) => {
      const isDefault = (await voiceClip.count({ where: { ownerId: clip.ownerId, announces: clip.announces } })) === 0;
      return (await voiceClip.create({ data: { ...clip, isDefault } })).id;
    },
    rename: async (id, name) => {
      await voiceClip.update({ where: { id }, data: { name } });
    },
    makeDefault: async ({ id, ownerId, announces }) => {
      await voiceClip.updateMany({ where: { ownerId, announces, isDefault: true }, data: { isDefault: false } });
      await voiceClip.update({ where: { id }, data: { isDefault: true } });
    },
    remove: async (id) => {
      await voiceClip.delete({ where: { id } });
    },
  };
}
