import type { CompanyFacts } from '../../../core/import/company-facts.ts';
import { regionNamed } from '../../../core/import/regions.ts';
import type { Transaction } from '../client.ts';

/** Numbers of the dictionaries' rows by the names that a file uses; case does not matter. */
export interface DictionaryIds {
  region(name: string | null): number | null;
  channel(name: string | null): number | null;
  subchannel(channel: string | null, name: string | null): number | null;
  source(name: string | null): number | null;
  /** Minutes in which a fresh lead of the source must be called; null without such a duty. */
  obligationMinutes(source: string | null): number | null;
}

const key = (name: string): string => name.trim().toLowerCase();

const named = (facts: readonly CompanyFacts[], field: 'region' | 'channel' | 'source'): string[] => {
  const byKey = new Map(
    facts.flatMap((company) => (company[field] === null ? [] : [[key(company[field]), company[field].trim()] as const])),
  );
  return [...byKey.values()];
};

/** Finds the rows of all names in these facts and adds the missing ones. */
export async function dictionaryIds(transaction: Transaction, facts: readonly CompanyFacts[]): Promise<DictionaryIds> {
  const regions = new Map((await transaction.region.findMany()).map((row) => [key(row.name), row.id]));
  for (const name of named(facts, 'region').filter((region) => !regions.has(key(region)))) {
    const timeZone = regionNamed(name)?.timeZone ?? facts.find((company) => company.region === name)?.timeZone ?? 'Europe/Moscow';
    const row = await transaction.region.upsert({ where: { name }, create: { name, timeZone }, update: {} });
    regions.set(key(name), row.id);
  }
  const channels = new Map((await transaction.channel.findMany()).map((row) => [key(row.name), row.id]));
  for (const name of named(facts, 'channel').filter((channel) => !channels.has(key(channel)))) {
    const row = await transaction.channel.upsert({ where: { name }, create: { name }, update: {} });
    channels.set(key(name), row.id);
  }
  const sources = new Map((await transaction.source.findMany()).map((row) => [key(row.name), row]));
  for (const name of named(facts, 'source').filter((source) => !sources.has(key(source)))) {
    sources.set(key(name), await transaction.source.upsert({ where: { name }, create: { name }, update: {} }));
  }
  const channelId = (name: string | null): number | null => (name === null ? null : (channels.get(key(name)) ?? null));
  const subchannels = new Map((await transaction.subchannel.findMany()).map((row) => [`${row.channelId}|${key(row.name)}`, row.id]));
  for (const { channel, subchannel } of facts) {
    const ofChannel = channelId(channel);
    if (ofChannel === null || subchannel === null || subchannels.has(`${ofChannel}|${key(subchannel)}`)) continue;
    const name = subchannel.trim();
    const row = await transaction.subchannel.upsert({
      where: { channelId_name: { channelId: ofChannel, name } },
      create: { channelId: ofChannel, name },
      update: {},
    });
    subchannels.set(`${ofChannel}|${key(subchannel)}`, row.id);
  }
  return {
    region: (name) => (name === null ? null : (regions.get(key(name)) ?? null)),
    channel: channelId,
    subchannel: (channel, name) => (name === null ? null : (subchannels.get(`${channelId(channel) ?? 0}|${key(name)}`) ?? null)),
    source: (name) => (name === null ? null : (sources.get(key(name))?.id ?? null)),
    obligationMinutes: (source) => (source === null ? null : (sources.get(key(source))?.obligationMinutes ?? null)),
  };
}
