import { DateTime } from 'luxon';
import type { ExclusionCode, ExclusionFact } from './eligibility.ts';
import type { Language } from './explain.ts';

/** What somebody can do so that a lead comes into the queue; `wait` when it comes by itself. */
export type Fix =
  | 'wait'
  | 'handOut'
  | 'resumeList'
  | 'bringBack'
  | 'allowCalls'
  | 'addPhone'
  | 'returnExhausted'
  | 'handOver'
  | 'changeHours'
  | 'changeLimits'
  | 'movePromise'
  | 'askConsent';

interface Words {
  ru: string;
  en: string;
}

const exclusionWords: Record<ExclusionCode, Words> = {
  held: { ru: 'её сейчас держит другой сотрудник', en: 'a colleague holds it now' },
  ownedByAnother: { ru: 'закреплена за другим сотрудником', en: 'it belongs to a colleague' },
  closedHours: { ru: 'там сейчас нерабочее время', en: 'outside its calling hours' },
  doNotCall: { ru: 'стоит запрет звонить', en: 'it must not be called' },
  killed: { ru: 'в расстрельном списке', en: 'on the kill list' },
  notNow: { ru: 'в списке «не сейчас»', en: 'on the not-now list' },
  retryPause: { ru: 'пауза после прошлого набора', en: 'a pause after the last dial' },
  companyPause: { ru: 'пауза между звонками в одну компанию', en: 'a pause between two calls to one company' },
  promiseLater: { ru: 'обещано на более позднее время', en: 'promised for later' },
  attemptsToday: { ru: 'попытки на сегодня исчерпаны', en: "today's tries are used up" },
  exhausted: { ru: 'все попытки исчерпаны, решает руководитель', en: 'all tries are used up; the head decides' },
  notInList: { ru: 'нет ни в одном выданном списке', en: 'in no list handed to the rep' },
  listPaused: { ru: 'её список остановлен', en: 'its list is paused' },
  noPhone: { ru: 'нет действующего телефона', en: 'no phone in use' },
  noConsent: { ru: 'нет согласия на звонки', en: 'no consent to be called' },
};

const fixes: Record<ExclusionCode, Fix> = {
  held: 'wait',
  ownedByAnother: 'handOver',
  closedHours: 'changeHours',
  doNotCall: 'allowCalls',
  killed: 'bringBack',
  notNow: 'bringBack',
  retryPause: 'wait',
  companyPause: 'wait',
  promiseLater: 'movePromise',
  attemptsToday: 'changeLimits',
  exhausted: 'returnExhausted',
  notInList: 'handOut',
  listPaused: 'resumeList',
  noPhone: 'addPhone',
  noConsent: 'askConsent',
};

const fixWords: Record<Fix, Words> = {
  wait: { ru: 'ничего делать не нужно, вернётся сама', en: 'nothing to do, it comes back by itself' },
  handOut: { ru: 'выдать сотруднику список, в котором она есть', en: 'hand out a list that has it to the rep' },
  resumeList: { ru: 'возобновить список', en: 'resume the list' },
  bringBack: { ru: 'вернуть компанию в работу', en: 'bring the company back' },
  allowCalls: { ru: 'снять запрет звонить, если он больше не нужен', en: 'allow calls, if the ban holds no more' },
  addPhone: { ru: 'добавить телефон', en: 'add a number' },
  returnExhausted: { ru: 'вернуть из исчерпанных', en: 'return it from the exhausted ones' },
  handOver: { ru: 'передать компанию или обещание этому сотруднику', en: 'give the company or its promise to this rep' },
  changeHours: { ru: 'дождаться открытия или поправить часы компании', en: "wait for it to open, or correct the company's hours" },
  changeLimits: { ru: 'дождаться завтра или поднять число попыток в день', en: 'wait for tomorrow, or raise the tries per day' },
  movePromise: { ru: 'дождаться времени или перенести обещание', en: 'wait for its time, or move the promise' },
  askConsent: { ru: 'получить согласие и отметить его в карточке', en: 'get consent and note it on the card' },
};

/** Why a lead is not in the queue, in words, with when that passes. */
export function explainExclusion(exclusion: ExclusionFact, timeZone: string, language: Language): string {
  const words = exclusionWords[exclusion.code][language];
  if (exclusion.until === null) return words;
  const until = DateTime.fromJSDate(exclusion.until, { zone: timeZone }).toFormat('dd.MM HH:mm');
  return language === 'ru' ? `${words}, до ${until}` : `${words}, until ${until}`;
}

/** What can be done about it: the deed, and the same in words. */
export function fixOf(code: ExclusionCode, language: Language): { fix: Fix; text: string } {
  const fix = fixes[code];
  return { fix, text: fixWords[fix][language] };
}
