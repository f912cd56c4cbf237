import type { Settings } from '../../contract/settings.ts';
import { decideVolley, fateOf, type VolleyLine, type VolleyStep } from '../../core/dialing/volley.ts';
import { steeredBy } from '../../core/pacing/pace.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { VolleyRecord } from '../ports/stores/volleys.ts';
import { CallNotLive, LineInUse, type Telephony } from '../ports/telephony.ts';
import { closeLine, oweAbandoned } from './close-line.ts';

type Calling = AppContext & { telephony: Telephony };

/** The rep's line is still being freed of a machine: whoever waits is joined as soon as it is. */
const joinAgainMilliseconds = 150;

/** What the carrier is told after the commit. All commands may be repeated, so that a killed process loses none. */
interface Commands {
  join: { callId: number; repId: number } | null;
  apologise: number[];
  hangUp: number[];
  lookAgainAt: Date | null;
}

/**
 * Decides the volley anew and does what follows, whatever has changed and however often it is asked: the winner is joined to the rep, the
 * others are taken back, what became of them is written. All of one decision is one transaction under the volley's lock.
 * @returns when to decide again though nothing else has changed, or null
 */
export const settleVolley = (app: Calling, volleyId: number): Promise<Date | null> => settle(app, volleyId, new Set());

/** @param told who was taken back by this settling already */
async function settle(app: Calling, volleyId: number, told: ReadonlySet<number>): Promise<Date | null> {
  const settings = await app.settings.read();
  const commands = await app.unitOfWork.run((stores) => decide(stores, volleyId, { now: app.clock.now(), settings }));
  if (!commands) return null;
  const { telephony } = app;
  const untold = (callIds: readonly number[]): number[] => callIds.filter((callId) => !told.has(callId));
  const [afterJoin] = await Promise.all([
    join(app, volleyId, commands),
    ...untold(commands.apologise).map((callId) => telephony.apologise(callId)),
    ...untold(commands.hangUp).map((callId) => telephony.hangup(callId)),
  ]);
  return afterJoin ? afterJoin.lookAgainAt : commands.lookAgainAt;
}

/** Brings the winner to his rep; once he is there, the others are decided anew. Null when nothing follows from it. */
async function join(
  app: Calling,
  volleyId: number,
  { join: wanted, apologise, hangUp }: Commands,
): Promise<{ lookAgainAt: Date | null } | null> {
  if (!wanted) return null;
  const { telephony, clock, unitOfWork } = app;
  try {
    await telephony.connectToRep(wanted.callId, wanted.repId);
  } catch (error) {
    // His end follows as an event, and with it the next decision.
    if (error instanceof CallNotLive) return null;
    if (error instanceof LineInUse) return { lookAgainAt: new Date(clock.now().getTime() + joinAgainMilliseconds) };
    throw error;
  }
  await unitOfWork.run((stores) => stores.volleys.saveJoined(wanted.callId, clock.now()));
  return { lookAgainAt: await settle(app, volleyId, new Set([...apologise, ...hangUp])) };
}

interface Moment {
  now: Date;
  settings: Settings;
}

async function decide(stores: Stores, volleyId: number, moment: Moment): Promise<Commands | null> {
  const found = await stores.volleys.lock(volleyId);
  if (!found) return null;
  const { volley, rep, lines } = found;
  const step = decideVolley(lines, volley, moment.now);
  const isChanged = await writeStep(stores, found, step, moment);
  if (isChanged) {
    await stores.outbox.announce({ event: 'volley:state', audience: { user: rep.id }, payload: await stores.volleys.view(volleyId) });
    await announceBoardRows(stores, [rep.id]);
  }
  const winner = lines.find(({ callId, state, joinedAt }) => callId === step.winnerId && state === 'answered' && joinedAt === null);
  const join = winner ? { callId: winner.callId, repId: rep.id } : null;
  return { join, apologise: step.apologise, hangUp: step.hangUp, lookAgainAt: step.lookAgainAt };
}

type Found = NonNullable<Awaited<ReturnType<Stores['volleys']['lock']>>>;

/** Answers whether anything is otherwise now. */
async function writeStep(stores: Stores, found: Found, step: VolleyStep, moment: Moment): Promise<boolean> {
  const { volley, rep, lines } = found;
  const { winnerId } = step;
  const changesWinner = winnerId !== volley.winnerId;
  if (changesWinner) await changeWinner(stores, volley, winnerId);
  for (const callId of step.abandon) await oweAbandoned(stores, callId, moment);
  for (const callId of step.close) await closeLine(stores, callId, rep, moment);
  const settlesNow = step.isSettled && volley.settledAt === null;
  const wins = settlesNow && lines.some((line) => line.callId === winnerId && fateOf(line) === 'abandoned');
  await learn(stores, volley.listId, { met: wins ? 1 : 0, abandoned: step.abandon.length }, moment.now);
  const endsNow = step.isOver && volley.endedAt === null;
  await stores.volleys.save(volley.id, {
    winnerId,
    ...(settlesNow ? { settledAt: moment.now } : {}),
    ...(endsNow ? { endedAt: moment.now } : {}),
  });
  return changesWinner || settlesNow || endsNow || step.abandon.length + step.close.length > 0;
}

/** The machine goes back among the lines before another takes its place: the base lets one live call a rep be his. */
async function changeWinner(
  stores: Stores,
  { winnerId: before, repId }: VolleyRecord,
  winnerId: VolleyLine['callId'] | null,
): Promise<void> {
  if (before !== null) await stores.volleys.makeLine(before);
  if (winnerId === null) return;
  if (!(await stores.volleys.makeOwn(winnerId))) throw new Error(`call ${winnerId} won beside another of its rep or company`);
  await stores.outbox.announce({ event: 'call:state', audience: { user: repId }, payload: await stores.calls.view(winnerId) });
}

/** Each human answer moves the list's threshold, so that in the long run the abandoned share is the cap. */
async function learn(stores: Stores, listId: number, answers: { met: number; abandoned: number }, now: Date): Promise<void> {
  if (answers.met + answers.abandoned === 0) return;
  const pace = await stores.volleys.lockPace(listId, now);
  if (pace) await stores.volleys.saveThreshold(listId, steeredBy(pace.threshold, answers, pace.ledger.capPercent));
}
