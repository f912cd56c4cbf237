import { DateTime } from 'luxon';
import type { OrderFacts } from './facts.ts';
import type { Tier } from './tiers.ts';

export type Language = 'ru' | 'en';

interface ExplainInput {
  facts: OrderFacts;
  tier: Tier;
  stageName: string | null;
  listName: string | null;
  /** Name of the absent colleague whose promise it is. */
  takenOverFrom: string | null;
  now: Date;
  /** The reader's zone. */
  timeZone: string;
  language: Language;
}

const clock = (instant: Date, timeZone: string): string => DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('HH:mm');
const date = (instant: Date, timeZone: string): string => DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('dd.MM');
const minutesBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 60_000);
const daysSince = (instant: Date, now: Date): number => Math.floor(minutesBetween(instant, now) / 1440);

/** A length of time in words: minutes, then hours, then days. */
function span(minutes: number, language: Language): string {
  const [minute, hour, day] = language === 'ru' ? ['мин', 'ч', 'дн'] : ['min', 'h', 'd'];
  if (minutes < 60) return `${minutes} ${minute}`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} ${hour}${minutes % 60 ? ` ${minutes % 60} ${minute}` : ''}`;
  return `${Math.floor(minutes / 1440)} ${day}`;
}

/** Minutes after the deadline; null while it is not passed or nothing was promised. */
export const minutesLate = (facts: OrderFacts, now: Date): number | null =>
  facts.promise && facts.promise.deadlineAt < now ? minutesBetween(facts.promise.promisedAt, now) : null;

function contactWords({ facts, now, language }: ExplainInput): string {
  if (facts.lastContactAt === null) return language === 'ru' ? 'ещё не разговаривали' : 'never talked to';
  const days = daysSince(facts.lastContactAt, now);
  return language === 'ru' ? `без контакта ${days} дн` : `${days} d without contact`;
}

function promiseWords(input: ExplainInput, tier: 'due' | 'overdueToday' | 'overdueEarlier'): string {
  const { facts, now, timeZone, language } = input;
  const promise = facts.promise;
  if (!promise) return '';
  const at = clock(promise.promisedAt, timeZone);
  const sameDay = date(promise.promisedAt, timeZone) === date(now, timeZone);
  const late = span(Math.max(0, minutesBetween(promise.promisedAt, now)), language);
  const ahead = minutesBetween(now, promise.promisedAt);
  const ru = language === 'ru';
  if (promise.missedCall) return missedCallWords(input, tier === 'due' ? null : late);
  switch (tier) {
    case 'due':
      if (ahead > 0) {
        const by = sameDay ? at : `${date(promise.promisedAt, timeZone)} ${at}`;
        return ru ? `обещали к ${by}, время подошло` : `promised by ${by}, due now`;
      }
      return ru ? `обещали в ${at}, сейчас` : `promised at ${at}, now`;
    case 'overdueToday':
      return ru ? `обещали в ${at}, опоздание ${late}` : `promised at ${at}, ${late} late`;
    case 'overdueEarlier':
      return ru
        ? `обещали ${date(promise.promisedAt, timeZone)} в ${at}, опоздание ${late}`
        : `promised ${date(promise.promisedAt, timeZone)} at ${at}, ${late} late`;
    default:
      return tier satisfies never;
  }
}

/** They called themselves: what is owed is the call back, whatever the tier. */
function missedCallWords({ facts, timeZone, language }: ExplainInput, late: string | null): string {
  const by = facts.promise ? clock(facts.promise.deadlineAt, timeZone) : '';
  if (language === 'ru') return `пропущенный звонок: перезвонить до ${by}${late === null ? '' : `, опоздание ${late}`}`;
  return `missed call: call back by ${by}${late === null ? '' : `, ${late} late`}`;
}

/** Which rule chose this lead and by what values, in words. */
export function explainChoice(input: ExplainInput): string {
  const { facts, tier, stageName, listName, takenOverFrom, language } = input;
  const ru = language === 'ru';
  const category = ru ? `категория ${facts.category}` : `category ${facts.category}`;
  switch (tier) {
    case 'due':
    case 'overdueToday':
    case 'overdueEarlier': {
      const own = promiseWords(input, tier);
      if (takenOverFrom === null) return own;
      return ru ? `${own}; за коллегу: ${takenOverFrom}` : `${own}; for a colleague: ${takenOverFrom}`;
    }
    case 'hot':
      return `${ru ? 'горячий' : 'hot'}: ${stageName ?? ''}, ${category}, ${contactWords(input)}`;
    case 'customer':
      return `${ru ? 'клиент' : 'customer'}: ${category}, ${contactWords(input)}`;
    case 'early':
      return `${ru ? 'в работе' : 'early'}: ${stageName ?? ''}, ${category}, ${contactWords(input)}`;
    case 'cold': {
      const tries = ru ? `попыток ${facts.triesTotal}` : `${facts.triesTotal} tries`;
      const list = listName === null ? '' : ru ? `, список «${listName}»` : `, list “${listName}”`;
      return `${ru ? 'холодный' : 'cold'}${list}, ${tries}`;
    }
    default:
      return tier satisfies never;
  }
}
