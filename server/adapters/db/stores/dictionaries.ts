import type { DictionaryStore } from '../../../app/ports/stores/dictionaries.ts';
import type { DictionaryEntry, DictionaryKind } from '../../../contract/http/department.ts';
import type { Transaction } from '../client.ts';

/** Who has the name already; one writer at a time, so that the answer stays true until the commit. */
async function holderOf(transaction: Transaction, entry: DictionaryEntry): Promise<number | null> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('dictionary'))`;
  const { name } = entry;
  const select = { id: true } as const;
  switch (entry.kind) {
    case 'channel':
      return (await transaction.channel.findUnique({ where: { name }, select }))?.id ?? null;
    case 'subchannel':
      return (
        (await transaction.subchannel.findUnique({ where: { channelId_name: { channelId: entry.channelId, name } }, select }))?.id ?? null
      );
    case 'region':
      return (await transaction.region.findUnique({ where: { name }, select }))?.id ?? null;
    case 'source':
      return (await transaction.source.findUnique({ where: { name }, select }))?.id ?? null;
    case 'skill':
      return (await transaction.skill.findUnique({ where: { name }, select }))?.id ?? null;
    default:
      return entry satisfies never;
  }
}

async function exists(transaction: Transaction, kind: DictionaryKind, id: number): Promise<boolean> {
  const where = { id };
  switch (kind) {
    case 'channel':
      return (await transaction.channel.count({ where })) > 0;
    case 'subchannel':
      return (await transaction.subchannel.count({ where })) > 0;
    case 'region':
      return (await transaction.region.count({ where })) > 0;
    case 'source':
      return (await transaction.source.count({ where })) > 0;
    case 'skill':
      return (await transaction.skill.count({ where })) > 0;
    default:
      return kind satisfies never;
  }
}

async function insert(transaction: Transaction, entry: DictionaryEntry): Promise<number> {
  switch (entry.kind) {
    case 'channel':
      return (await transaction.channel.create({ data: { name: entry.name } })).id;
    case 'subchannel':
      return (await transaction.subchannel.create({ data: { name: entry.name, channelId: entry.channelId } })).id;
    case 'region':
      return (await transaction.region.create({ data: { name: entry.name, country: entry.country, timeZone: entry.timeZone } })).id;
    case 'source':
      return (await transaction.source.create({ data: { name: entry.name, obligationMinutes: entry.obligationMinutes } })).id;
    case 'skill':
      return (await transaction.skill.create({ data: { name: entry.name } })).id;
    default:
      return entry satisfies never;
  }
}

async function overwrite(transaction: Transaction, id: number, entry: DictionaryEntry): Promise<void> {
  const where = { id };
  switch (entry.kind) {
    case 'channel':
      await transaction.channel.update({ where, data: { name: entry.name } });
      return;
    case 'subchannel':
      await transaction.subchannel.update({ where, data: { name: entry.name } });
      return;
    case 'region':
      await transaction.region.update({ where, data: { name: entry.name, country: entry.country, timeZone: entry.timeZone } });
      return;
    case 'source':
      await transaction.source.update({ where, data: { name: entry.name, obligationMinutes: entry.obligationMinutes } });
      return;
    case 'skill':
      await transaction.skill.update({ where, data: { name: entry.name } });
      return;
    default:
      entry satisfies never;
  }
}

async function isUsed(transaction: Transaction, kind: DictionaryKind, id: number): Promise<boolean> {
  switch (kind) {
    case 'channel':
      return (
        (await transaction.company.count({ where: { channelId: id } })) +
          (await transaction.subchannel.count({ where: { channelId: id } })) >
        0
      );
    case 'subchannel':
      return (await transaction.company.count({ where: { subchannelId: id } })) > 0;
    case 'region':
      return (await transaction.company.count({ where: { regionId: id } })) > 0;
    case 'source':
      return (await transaction.company.count({ where: { sourceId: id } })) > 0;
    case 'skill':
      return (
        (await transaction.userSkill.count({ where: { skillId: id } })) + (await transaction.callList.count({ where: { skillId: id } })) > 0
      );
    default:
      return kind satisfies never;
  }
}

async function erase(transaction: Transaction, kind: DictionaryKind, id: number): Promise<void> {
  const where = { id };
  switch (kind) {
    case 'channel':
      await transaction.channel.delete({ where });
      return;
    case 'subchannel':
      await transaction.subchannel.delete({ where });
      return;
    case 'region':
      await transaction.region.delete({ where });
      return;
    case 'source':
      await transaction.source.delete({ where });
      return;
    case 'skill':
      await transaction.skill.delete({ where });
      return;
    default:
      kind satisfies never;
  }
}

export function dictionaryStore(transaction: Transaction): DictionaryStore {
  return {
    add: async (entry) => {
      if (entry.kind === 'subchannel' && !(await exists(transaction, 'channel', entry.channelId))) return 'absent';
      return (await holderOf(transaction, entry)) === null ? insert(transaction, entry) : 'nameTaken';
    },
    change: async (id, entry) => {
      if (!(await exists(transaction, entry.kind, id))) return 'absent';
      const holder = await holderOf(transaction, entry);
      if (holder !== null && holder !== id) return 'nameTaken';
      await overwrite(transaction, id, entry);
      return 'done';
    },
    remove: async (kind, id) => {
      if (!(await exists(transaction, kind, id))) return 'absent';
      if (await isUsed(transaction, kind, id)) return 'inUse';
      await erase(transaction, kind, id);
      return 'done';
    },
  };
}
