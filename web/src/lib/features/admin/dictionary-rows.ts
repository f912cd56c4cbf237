import type { Dictionaries, DictionaryEntry, DictionaryKind } from '$contract/http/department.ts';

export type DictionaryTab = 'channels' | 'regions' | 'sources' | 'skills';

/** A line of a dictionary's table. */
export interface DictionaryRow {
  key: string;
  id: number;
  kind: DictionaryKind;
  name: string;
  /** How many have it: companies; of a skill people and lists. */
  used: number;
  entry: DictionaryEntry;
}

/** The lines of one dictionary; a channel's subchannels stand under it. */
export function rowsOf(tab: DictionaryTab, { channels, regions, sources, skills }: Dictionaries): DictionaryRow[] {
  const row = (id: number, used: number, entry: DictionaryEntry): DictionaryRow => ({
    key: `${entry.kind} ${id}`,
    id,
    kind: entry.kind,
    name: entry.name,
    used,
    entry,
  });
  switch (tab) {
    case 'channels':
      return channels.flatMap((channel) => [
        row(channel.id, channel.companies, { kind: 'channel', name: channel.name }),
        ...channel.subchannels.map((sub) => row(sub.id, sub.companies, { kind: 'subchannel', channelId: channel.id, name: sub.name })),
      ]);
    case 'regions':
      return regions.map(({ id, companies, name, country, timeZone }) => row(id, companies, { kind: 'region', name, country, timeZone }));
    case 'sources':
      return sources.map(({ id, companies, name, obligationMinutes }) => row(id, companies, { kind: 'source', name, obligationMinutes }));
    case 'skills':
      return skills.map(({ id, name, people, lists }) => row(id, people + lists, { kind: 'skill', name }));
    default:
      return tab satisfies never;
  }
}
