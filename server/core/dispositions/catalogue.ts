import type { OutcomeCode, Requirement } from './codes.ts';
import { carrierCodes, repCodes } from './codes.ts';

export type Language = 'ru' | 'en';

/** One outcome as a rep sees it, before the department's own changes. */
export interface CatalogueEntry {
  code: OutcomeCode;
  label: Record<Language, string>;
  /** What it will make, in words. */
  does: Record<Language, string>;
  requires: readonly Requirement[];
  optional: readonly Requirement[];
  /** Whether such a talk was with a decision maker, or the rep has to say. */
  withDecisionMaker: 'yes' | 'no' | 'ask';
  /** False for outcomes that also fit a dial without a talk. */
  needsTalk: boolean;
}

/** What an admin changed about an outcome. */
export interface OutcomeOverride {
  enabled: boolean;
  label?: string | undefined;
  noteRequired: boolean;
  createsTask: boolean;
}

export const unchanged: OutcomeOverride = { enabled: true, noteRequired: false, createsTask: true };

const catalogue: Record<OutcomeCode, Omit<CatalogueEntry, 'code'>> = {
  callBack: {
    label: { ru: 'Перезвонить', en: 'Call back' },
    does: { ru: 'обещание на названное время', en: 'a promise at the time named' },
    requires: ['promise'],
    optional: ['contact', 'note'],
    withDecisionMaker: 'ask',
    needsTalk: false,
  },
  gatekeeper: {
    label: { ru: 'Только секретарь', en: 'Gatekeeper only' },
    does: { ru: 'повтор через несколько часов', en: 'another try in some hours' },
    requires: [],
    optional: ['promise', 'contact', 'note'],
    withDecisionMaker: 'no',
    needsTalk: true,
  },
  refused: {
    label: { ru: 'Отказ', en: 'Refused' },
    does: { ru: 'сделка закрыта, компания отдыхает', en: 'the deal is closed, the company rests' },
    requires: ['reason'],
    optional: ['contact', 'note'],
    withDecisionMaker: 'ask',
    needsTalk: true,
  },
  sendOffer: {
    label: { ru: 'Интересно, отправить КП', en: 'Interested, send the offer' },
    does: {
      ru: 'сделка на этапе КП, задача отправить, обещание перезвонить',
      en: 'deal at the offer stage, a task to send it, a promise to follow up',
    },
    requires: [],
    optional: ['promise', 'contact', 'note'],
    withDecisionMaker: 'ask',
    needsTalk: true,
  },
  meetingSet: {
    label: { ru: 'Встреча назначена', en: 'Meeting set' },
    does: { ru: 'встреча, задача провести её, обещание', en: 'the meeting, a task to hold it, a promise' },
    requires: ['meeting'],
    optional: ['promise', 'contact', 'note'],
    withDecisionMaker: 'yes',
    needsTalk: true,
  },
  notNow: {
    label: { ru: 'Не сейчас', en: 'Not now' },
    does: { ru: 'компания вернётся в названный день', en: 'the company returns on the day named' },
    requires: ['notNowUntil'],
    optional: ['reason', 'contact', 'note'],
    withDecisionMaker: 'ask',
    needsTalk: false,
  },
  wrongNumber: {
    label: { ru: 'Не тот человек или номер', en: 'Wrong person or number' },
    does: { ru: 'номер снят, следующий номер компании', en: 'the number is retired, the next one of the company is tried' },
    requires: [],
    optional: ['note'],
    withDecisionMaker: 'no',
    needsTalk: false,
  },
  handOver: {
    label: { ru: 'Передать продавцу', en: 'Hand over to a seller' },
    does: { ru: 'передача и задача продавцу принять её', en: 'a handoff and a task for the seller to accept it' },
    requires: [],
    optional: ['seller', 'contact', 'note'],
    withDecisionMaker: 'ask',
    needsTalk: true,
  },
  kill: {
    label: { ru: 'Расстрельный список', en: 'Kill list' },
    does: { ru: 'компании больше не звонят', en: 'the company is never dialled again' },
    requires: ['reason'],
    optional: ['note'],
    withDecisionMaker: 'ask',
    needsTalk: false,
  },
  busy: fromCarrier({ ru: 'Занято', en: 'Busy' }),
  noAnswer: fromCarrier({ ru: 'Не берут трубку', en: 'No answer' }),
  rejected: fromCarrier({ ru: 'Сбросили', en: 'Rejected' }),
  invalidNumber: {
    ...fromCarrier({ ru: 'Номер не существует', en: 'Invalid number' }),
    does: { ru: 'номер снят, следующий номер компании', en: 'the number is retired, the next one of the company is tried' },
  },
  machine: fromCarrier({ ru: 'Автоответчик', en: 'Machine' }),
  providerError: fromCarrier({ ru: 'Сбой связи', en: 'Provider error' }),
  canceled: fromCarrier({ ru: 'Отменён', en: 'Canceled' }),
};

function fromCarrier(label: Record<Language, string>): Omit<CatalogueEntry, 'code'> {
  return {
    label,
    does: { ru: 'повтор после паузы', en: 'another try after the pause' },
    requires: [],
    optional: ['note'],
    withDecisionMaker: 'no',
    needsTalk: false,
  };
}

/** One outcome with the department's changes applied; null when an admin switched it off. What the carrier chooses cannot be switched off. */
export function outcomeOf(code: OutcomeCode, override: OutcomeOverride = unchanged): CatalogueEntry | null {
  if (!override.enabled && hotkeyOf(code) !== null) return null;
  const entry = catalogue[code];
  const label = override.label === undefined ? entry.label : { ru: override.label, en: override.label };
  if (!override.noteRequired) return { ...entry, code, label };
  return { ...entry, code, label, requires: [...entry.requires, 'note'], optional: entry.optional.filter((item) => item !== 'note') };
}

/** Every outcome in the order of its key, those of the carrier last. */
export const allCodes: readonly OutcomeCode[] = [...repCodes, ...carrierCodes];

/** 1–9 after a talk; null when the carrier chooses it. */
export function hotkeyOf(code: OutcomeCode): string | null {
  const place = repCodes.findIndex((candidate) => candidate === code);
  return place < 0 ? null : String(place + 1);
}
