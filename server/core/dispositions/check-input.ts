import { suggestedDisposition } from '../calls/suggested-disposition.ts';
import { localDay } from '../hours/local-time.ts';
import { faultOfPromise } from '../promises/promise-times.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { Requirement } from './codes.ts';
import { carrierCodes } from './codes.ts';
import type { DispositionFacts, OutcomeInput } from './facts.ts';

/** The input at fault, by the name of its field, and a stable code of what is wrong with it. */
export interface InputFault {
  field: string;
  code: string;
}

/** A machine that nobody detected and a silence that counts as no answer are the rep's to say; no other cause of the carrier is. */
const heardByRep = ['machine', 'noAnswer'];

/** What keeps an outcome from being taken: what it needs and does not have, or what does not fit the call. Null when nothing does. */
export function checkInput(entry: CatalogueEntry, facts: DispositionFacts, input: OutcomeInput): InputFault | null {
  const { call } = facts;
  const isCarriers = carrierCodes.some((code) => code === input.code);
  if (isCarriers && input.code !== suggestedDisposition(call.endCause, call.answeredBy) && !heardByRep.includes(input.code))
    return { field: 'code', code: 'notWhatTheCarrierSaid' };
  if (entry.needsTalk && !talked(facts)) return { field: 'code', code: 'needsTalk' };
  const missing = entry.requires.find((requirement) => !given(requirement, input));
  if (missing) return { field: missing, code: 'required' };
  if (input.promise && facts.company.doNotCall) return { field: 'promise', code: 'doNotCall' };
  return checkTimes(facts, input);
}

/** Whether there may have been a talk: an answer by a human, or an end that only a talk has whose answer the carrier lost. */
export const talked = ({ call }: DispositionFacts): boolean =>
  call.connected || (call.endCause === 'completed' && call.answeredBy !== 'machine') || call.answeredBy === 'human';

function checkTimes(facts: DispositionFacts, input: OutcomeInput): InputFault | null {
  const promiseFault = input.promise ? faultOfPromise(input.promise, facts.now) : null;
  if (promiseFault) return { field: 'promise', code: promiseFault };
  if (input.meeting && input.meeting.startsAt <= facts.now) return { field: 'meeting', code: 'inThePast' };
  if (input.notNowUntil !== null && input.notNowUntil <= localDay(facts.now, facts.company.timeZone))
    return { field: 'notNowUntil', code: 'inThePast' };
  return null;
}

function given(requirement: Requirement, input: OutcomeInput): boolean {
  switch (requirement) {
    case 'promise':
      return input.promise !== null;
    case 'meeting':
      return input.meeting !== null;
    case 'reason':
      return (input.reason ?? '') !== '';
    case 'notNowUntil':
      return input.notNowUntil !== null;
    case 'seller':
      return input.sellerId !== null;
    case 'contact':
      return input.contact !== null || input.newContact !== null;
    case 'note':
      return (input.note ?? '') !== '';
    default:
      return requirement satisfies never;
  }
}
