import { localTimeText, officeZone, wallAt } from '../calendar.ts';
import { callNotes } from '../words/talk.ts';
import { decisionMakerOf, openPhone, type CompanyState } from './company-state.ts';
import { afterTalk } from './follow-up.ts';
import { causeOf, drawOutcome, drawRingSeconds, drawTalkSeconds, withDecisionMaker, type Outcome } from './outcomes.ts';
import { closePromise, dialPromise } from './promises.ts';
import type { CallRow } from './rows.ts';
import { addToAgenda, dayLater, type AgendaItem, type World } from './world.ts';

const maxTriesInAll = 8;

function tierOf(state: CompanyState, promised: boolean): string {
  if (promised) return 'due';
  if (state.stage >= 4) return 'hot';
  if (state.customerSince !== null) return 'customer';
  return state.stage > 0 ? 'early' : 'cold';
}

function noteOf(world: World, state: CompanyState, outcome: Outcome): string | null {
  if (!(outcome in callNotes) || !world.random.chance(0.75)) return null;
  // `in` has just shown that the outcome is one of the keys.
  const text = world.random.pick<string>(callNotes[outcome as keyof typeof callNotes]);
  const person = decisionMakerOf(state.company)?.name.split(' ').slice(1).join(' ');
  return text.replace('{name}', person ?? 'Директор').replace('готова', person?.endsWith('ич') ? 'готов' : 'готова');
}

function countTry(state: CompanyState, outcome: Outcome, millis: number): void {
  const wall = wallAt(millis, state.company.place.timeZone);
  state.triesToday = state.triesOn === wall.day ? state.triesToday + 1 : 1;
  state.triesOn = wall.day;
  state.tries += 1;
  if (wall.minute < 13 * 60) state.triedMorning += 1;
  else state.triedAfternoon += 1;
  state.lastTriedMillis = millis;
  state.lastCause = causeOf(outcome);
}

function writeCall(
  world: World,
  repId: number,
  state: CompanyState,
  millis: number,
  outcome: Outcome,
  item: AgendaItem | null,
): CallRow | null {
  const phone = openPhone(state.company);
  if (!phone) return null;
  const { ledger, random } = world;
  const ringSeconds = drawRingSeconds(random, outcome);
  const talkSeconds = drawTalkSeconds(random, outcome);
  const talked = talkSeconds > 0;
  const pickedUp = millis + 1_000 + ringSeconds * 1_000;
  const endedMillis = pickedUp + talkSeconds * 1_000;
  const reached = outcome !== 'providerError' && outcome !== 'invalidNumber' && outcome !== 'busy';
  const contact =
    outcome === 'gatekeeper' ? state.company.contacts.find((one) => one.role === 'gatekeeper') : decisionMakerOf(state.company);
  return ledger.calls.add({
    ...ledger.dimensions(state, repId, millis),
    direction: 'outbound',
    companyId: state.company.id,
    leadId: state.company.id,
    contactId: talked ? (contact?.id ?? null) : null,
    phoneId: phone.id,
    phoneE164: phone.e164,
    carrier: 'sandbox',
    carrierCallId: `demo-${ledger.calls.rows.length + 1}`,
    state: 'ended',
    endCause: causeOf(outcome),
    intentAt: new Date(millis),
    dialedAt: outcome === 'providerError' ? null : new Date(millis + 300),
    ringingAt: reached ? new Date(millis + 1_000) : null,
    answeredAt: talked || outcome === 'machine' ? new Date(pickedUp) : null,
    endedAt: new Date(endedMillis),
    talkSeconds,
    answeredBy: talked ? 'human' : outcome === 'machine' ? 'machine' : null,
    tier: tierOf(state, Boolean(item?.promise)),
    promiseId: item?.promise?.id ?? null,
    companyDay: localTimeText(millis, state.company.place.timeZone).slice(0, 10),
    dispositionCode: outcome,
    disposedAt: new Date(endedMillis + (talked ? random.integer(8, 40) : 2) * 1_000),
    note: talked ? noteOf(world, state, outcome) : null,
  });
}

/** A dial that reached nobody: the promise stays owed, a cold company waits for its next turn. */
function afterFailure(world: World, repId: number, state: CompanyState, call: CallRow, item: AgendaItem | null): void {
  const { random } = world;
  const millis = call.intentAt.getTime();
  if (call.dispositionCode === 'invalidNumber' || call.dispositionCode === 'wrongNumber') {
    const phone = state.company.phones.find((one) => one.id === call.phoneId);
    if (phone) Object.assign(phone, { retiredAt: call.disposedAt, retiredReason: call.dispositionCode });
  }
  if (state.reserved) return;
  if (item?.promise || state.deal) {
    const minute = wallAt(millis, officeZone).minute + (call.endCause === 'busy' ? 15 : 120);
    const today = state.triesToday < 3 && minute < 17 * 60 + 30;
    addToAgenda(world, repId, today ? call.day : dayLater(millis, 1), {
      state,
      minute: today ? minute : random.integer(560, 1_020),
      promise: item?.promise ?? null,
      forced: null,
    });
    return;
  }
  if (state.tries >= maxTriesInAll) state.exhaustedMillis = millis;
  state.restUntilMillis = millis + random.integer(20, 140) * 3_600_000;
}

/** One dial with all that follows from it. */
export function dial(world: World, repId: number, state: CompanyState, millis: number, item: AgendaItem | null): void {
  const { ledger, random } = world;
  const outcome =
    item?.forced?.outcome ?? drawOutcome(random, { stage: state.stage, agreed: item !== null, customer: state.customerSince !== null });
  const call = writeCall(world, repId, state, millis, outcome, item);
  if (!call) return;
  const counted = outcome !== 'providerError';
  if (counted) countTry(state, outcome, millis);
  if (counted && item?.promise) dialPromise(item.promise, millis);
  const talked = call.talkSeconds > 0;
  const reached = talked && withDecisionMaker(random, outcome);
  if (counted && state.reachedOn !== call.companyDay)
    ledger.attempt('reachDecisionMaker', reached, { state, userId: repId, millis, callId: call.id });
  if (reached) {
    state.reachedOn = call.companyDay;
    if (state.stage < 4 && state.customerSince === null)
      ledger.attempt('setMeeting', outcome === 'meetingSet', { state, userId: repId, millis, callId: call.id });
    if (!state.decisionMakerKnown) {
      state.decisionMakerKnown = true;
      ledger.win('newDecisionMaker', `call ${call.id}`, { state, userId: repId, millis, callId: call.id });
    }
  }
  if (!talked || outcome === 'wrongNumber') {
    afterFailure(world, repId, state, call, item);
    return;
  }
  state.lastContactMillis = call.answeredAt?.getTime() ?? millis;
  state.lastCallId = call.id;
  if (outcome !== 'gatekeeper') Object.assign(state, { tries: 0, triedMorning: 0, triedAfternoon: 0, exhaustedMillis: null });
  if (item?.promise && outcome !== 'gatekeeper') closePromise(item.promise, call);
  if (outcome === 'gatekeeper') afterFailure(world, repId, state, call, item);
  else afterTalk(world, repId, state, call, reached, item?.forced ?? null);
}
