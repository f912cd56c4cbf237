import { addDays } from '../../../server/core/hours/local-time.ts';
import { millisOf, officeZone, workingDayAfter } from '../calendar.ts';
import { sellerIds } from '../people.ts';
import { killReasons, meetingCards, promiseNotes, refusedReasons, returnReasons } from '../words/talk.ts';
import { decisionMakerOf, type CompanyState } from './company-state.ts';
import { loseDeal, moveDeal, officeMillisLater, winDeal, type Doing } from './deals.ts';
import { promiseExactly } from './promises.ts';
import type { CallRow, HandoffRow, PromiseRow } from './rows.ts';
import { addToAgenda, convenientMinute, dayLater, onDay, type AgendaItem, type World } from './world.ts';

/** Agrees the next contact and puts it on the rep's agenda; a storyline brings its own. */
function agreeNext(world: World, repId: number, state: CompanyState, call: CallRow, days: number, origin: PromiseRow['origin']): void {
  if (state.reserved) return;
  const { ledger, random } = world;
  const day = workingDayAfter(call.day, days);
  const minute = convenientMinute(random, state.company.place.timeZone, day);
  const wish = {
    repId,
    callId: call.id,
    contactId: decisionMakerOf(state.company)?.id ?? null,
    origin,
    madeMillis: call.disposedAt.getTime(),
    note: random.chance(0.4) ? random.pick(promiseNotes) : null,
  };
  const promise = promiseExactly(ledger, state, wish, millisOf(day, minute, officeZone));
  addToAgenda(world, repId, day, { state, minute, promise, forced: null });
}

function leaveAlone(state: CompanyState, until: string, reason: string): void {
  Object.assign(state, {
    status: 'notNow',
    notNowUntil: until,
    statusReason: reason,
    ownerId: state.customerSince === null ? null : state.ownerId,
  });
}

function holdMeeting(world: World, repId: number, state: CompanyState, call: CallRow): void {
  const { ledger, random } = world;
  const day = workingDayAfter(call.day, random.integer(2, 6));
  const startsMillis = millisOf(day, convenientMinute(random, state.company.place.timeZone, day), officeZone);
  const meeting = ledger.meetings.add({
    companyId: state.company.id,
    contactId: decisionMakerOf(state.company)?.id ?? null,
    dealId: state.deal?.id ?? null,
    ownerId: repId,
    setInCallId: call.id,
    startsAt: new Date(startsMillis),
    timeZone: state.company.place.timeZone,
    place: random.chance(0.6) ? state.company.address : 'видеозвонок',
    status: 'planned',
    card: null,
    closedAt: null,
  });
  ledger.tasks.add({
    kind: 'prepareMeeting',
    title: `Подготовить встречу: ${state.company.name}`,
    companyId: state.company.id,
    dealId: state.deal?.id ?? null,
    callId: call.id,
    assigneeId: repId,
    createdById: repId,
    dueAt: new Date(startsMillis - 3_600_000),
    doneAt: startsMillis < world.nowMillis ? new Date(startsMillis - 2 * 3_600_000) : null,
    createdAt: call.disposedAt,
    updatedAt: call.disposedAt,
  });
  const closedMillis = startsMillis + 3_600_000;
  onDay(world, closedMillis, () => {
    const held = state.reserved || random.chance(0.78);
    Object.assign(meeting, {
      status: held ? 'held' : 'failed',
      card: random.pick(held ? meetingCards.held : meetingCards.failed),
      closedAt: new Date(closedMillis),
    });
    ledger.attempt('holdMeeting', held, { state, userId: repId, millis: closedMillis, meetingId: meeting.id });
    if (!held || !state.deal) return;
    ledger.win('meetingHeld', `meeting ${meeting.id}`, { state, userId: repId, millis: closedMillis });
    moveDeal(ledger, random, state, Math.max(4, state.stage), { userId: repId, millis: closedMillis });
  });
}

function decideHandoff(world: World, state: CompanyState, handoff: HandoffRow, call: CallRow, atMillis: number): void {
  const { ledger, random } = world;
  const { deal } = state;
  if (!deal || deal.id !== handoff.dealId) return;
  handoff.decidedAt = new Date(atMillis);
  if (random.chance(0.28)) {
    Object.assign(handoff, { status: 'returned', returnReason: random.pick(returnReasons) });
    if (random.chance(0.5))
      loseDeal(ledger, random, state, { userId: handoff.sellerId, millis: atMillis }, handoff.returnReason ?? undefined);
    else addToAgenda(world, handoff.fromRepId, dayLater(atMillis, 2), { state, minute: 660, promise: null, forced: null });
    return;
  }
  handoff.status = 'accepted';
  Object.assign(deal, { ownerId: handoff.sellerId, handedById: handoff.fromRepId, updatedAt: handoff.decidedAt });
  state.ownerId = handoff.sellerId;
  ledger.win('handoffAccepted', `handoff ${handoff.id}`, { state, userId: handoff.fromRepId, millis: atMillis, callId: call.id });
  const seller = (millis: number): Doing => ({ userId: handoff.sellerId, millis });
  const talks = officeMillisLater(random, atMillis, random.integer(4, 12));
  onDay(world, talks, () => {
    moveDeal(ledger, random, state, Math.max(state.stage, 5), seller(talks));
  });
  const decided = officeMillisLater(random, talks, random.integer(8, 28));
  onDay(world, decided, () => {
    if (random.chance(0.45)) winDeal(ledger, random, state, seller(decided));
    else loseDeal(ledger, random, state, seller(decided));
  });
}

function handOver(world: World, repId: number, state: CompanyState, call: CallRow): void {
  const { ledger, random } = world;
  moveDeal(ledger, random, state, Math.max(2, state.stage), { userId: repId, millis: call.disposedAt.getTime(), callId: call.id });
  if (!state.deal) return;
  const sellerId = random.pick(sellerIds);
  const handoff = ledger.handoffs.add({
    companyId: state.company.id,
    dealId: state.deal.id,
    fromRepId: repId,
    sellerId,
    callId: call.id,
    status: 'pending',
    note: call.note,
    returnReason: null,
    openedAt: call.disposedAt,
    decidedAt: null,
  });
  const decidedMillis = officeMillisLater(random, call.disposedAt.getTime(), random.integer(1, 2));
  ledger.tasks.add({
    kind: 'acceptHandoff',
    title: `Принять передачу: ${state.company.name}`,
    companyId: state.company.id,
    dealId: state.deal.id,
    callId: call.id,
    assigneeId: sellerId,
    createdById: repId,
    dueAt: new Date(call.disposedAt.getTime() + 24 * 3_600_000),
    doneAt: decidedMillis <= world.nowMillis ? new Date(decidedMillis) : null,
    createdAt: call.disposedAt,
    updatedAt: call.disposedAt,
  });
  onDay(world, decidedMillis, () => {
    decideHandoff(world, state, handoff, call, decidedMillis);
  });
}

function sendOfferTask(world: World, repId: number, state: CompanyState, call: CallRow): void {
  const dueMillis = call.disposedAt.getTime() + 4 * 3_600_000;
  const doneMillis = call.disposedAt.getTime() + world.random.integer(20, 260) * 60_000;
  const forgotten = world.nowMillis - dueMillis < 5 * 86_400_000 && world.random.chance(0.15);
  world.ledger.tasks.add({
    kind: 'sendOffer',
    title: `Отправить предложение: ${state.company.name}`,
    companyId: state.company.id,
    dealId: state.deal?.id ?? null,
    callId: call.id,
    assigneeId: repId,
    createdById: repId,
    dueAt: new Date(dueMillis),
    doneAt: doneMillis <= world.nowMillis && !forgotten ? new Date(doneMillis) : null,
    createdAt: call.disposedAt,
    updatedAt: call.disposedAt,
  });
}

/** A hot talk moves things: to terms, to the contract, to the first delivery, or nowhere yet. */
function advanceHot(world: World, repId: number, state: CompanyState, call: CallRow): void {
  const { ledger, random } = world;
  const by = { userId: repId, millis: call.disposedAt.getTime(), callId: call.id };
  if (state.stage === 6 && random.chance(0.4)) winDeal(ledger, random, state, by);
  else if (state.stage < 6 && random.chance(0.3)) moveDeal(ledger, random, state, state.stage + 1, by);
  else if (random.chance(0.25)) loseDeal(ledger, random, state, by);
  if (state.deal) agreeNext(world, repId, state, call, random.integer(2, 8), 'callback');
  else if (state.customerSince === null) leaveAlone(state, addDays(call.day, 90), 'Сделка не состоялась');
}

/** What follows from a talk, by its outcome. */
export function afterTalk(
  world: World,
  repId: number,
  state: CompanyState,
  call: CallRow,
  reached: boolean,
  forced: AgendaItem['forced'],
): void {
  const { ledger, random } = world;
  const by: Doing = { userId: repId, millis: call.disposedAt.getTime(), callId: call.id };
  const toStage = (position: number): void => {
    moveDeal(ledger, random, state, Math.max(position, state.stage), by);
  };
  const wasOpen = state.deal !== null;
  switch (call.dispositionCode) {
    case 'refused':
    case 'kill': {
      const reason = random.pick(call.dispositionCode === 'kill' ? killReasons : refusedReasons);
      loseDeal(ledger, random, state, by, reason);
      leaveAlone(state, addDays(call.companyDay, 90), reason);
      if (call.dispositionCode === 'kill') Object.assign(state, { status: 'killed', notNowUntil: null });
      return;
    }
    case 'notNow':
      if (wasOpen) loseDeal(ledger, random, state, by, 'Проект отложен');
      leaveAlone(state, addDays(call.companyDay, random.integer(30, 150)), 'Просили вернуться позже');
      return;
    case 'sendOffer':
      state.ownerId = repId;
      toStage(3);
      sendOfferTask(world, repId, state, call);
      agreeNext(world, repId, state, call, random.integer(2, 4), 'offer');
      return;
    case 'meetingSet':
      state.ownerId = repId;
      toStage(2);
      holdMeeting(world, repId, state, call);
      agreeNext(world, repId, state, call, random.integer(7, 10), 'meeting');
      return;
    case 'handOver':
      state.ownerId = repId;
      handOver(world, repId, state, call);
      return;
    default:
      state.ownerId = repId;
      if (forced?.toStage === 7) winDeal(ledger, random, state, by);
      else if (forced?.toStage) toStage(forced.toStage);
      else if (state.stage >= 4 && !state.reserved) {
        advanceHot(world, repId, state, call);
        return;
      } else if (reached && state.customerSince === null && !state.reserved) toStage(1);
      agreeNext(world, repId, state, call, state.customerSince === null ? random.integer(1, 7) : random.integer(25, 60), 'callback');
  }
}
