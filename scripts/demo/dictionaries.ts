import { calendarName } from '../../server/core/queue/calendar.ts';
import { places } from './words/geography.ts';
import { trades } from './words/trades.ts';

const unique = (items: readonly string[]): string[] => [...new Set(items)];

export const zoneRows = unique(places.map((place) => place.timeZone)).map((timeZone, index) => {
  const calendar = { timeZone, country: 'RU', callFrom: null, callTo: null, lunchFrom: null, lunchTo: null };
  return { id: index + 1, name: calendarName(calendar), ...calendar };
});
export const regionRows = places.map((place, index) => ({ id: index + 1, name: place.region, country: 'RU', timeZone: place.timeZone }));
export const channelRows = unique(trades.map((trade) => trade.channel)).map((name, index) => ({ id: index + 1, name }));

export function channelIdOf(name: string): number {
  const row = channelRows.find((channel) => channel.name === name);
  if (!row) throw new Error(`no channel ${name}`);
  return row.id;
}

/** Same order and numbers as `trades`. */
export const subchannelRows = trades.map((trade, index) => ({
  id: index + 1,
  channelId: channelIdOf(trade.channel),
  name: trade.subchannel,
}));

/** A fresh lead of the first two is an obligation: minutes for the site, three days for an exhibition. */
export const sourceRows = [
  { id: 1, name: 'Заявка с сайта', obligationMinutes: 15 },
  { id: 2, name: 'Выставка', obligationMinutes: 3 * 24 * 60 },
  { id: 3, name: 'Справочник предприятий', obligationMinutes: null },
  { id: 4, name: 'Рекомендация', obligationMinutes: null },
  { id: 5, name: 'Обзвон прошлых лет', obligationMinutes: null },
] as const;
export const siteSourceId = 1;
export const exhibitionSourceId = 2;
