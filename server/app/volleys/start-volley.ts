import type { z } from 'zod';
import type { startVolley as startVolleyEndpoint } from '../../contract/http/volleys.ts';
import type { Settings } from '../../contract/settings.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { paceOf } from '../../core/pacing/pace.ts';
import type { Actor } from '../actor.ts';
import { dialWritten, heldToDial, phoneToDial, startCall, writeCall, type StartInput } from '../calls/start-call.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord, DialTarget } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { ClaimRecord, SeenLead } from '../ports/stores/queue.ts';
import type { ListPaceFacts } from '../ports/stores/volleys.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { Telephony } from '../ports/telephony.ts';
import { conflict } from '../problem.ts';
import { explainLead } from '../queue/explain-candidates.ts';
import { guarded } from '../queue/promise-guard.ts';
import { sightOf, type QueueSight } from '../queue/rules.ts';
import { settleVolley } from './settle-volley.ts';

type Dialling = AppContext & { telephony: Telephony; recordingStorage: RecordingStorage };
type Started = z.infer<typeof startVolleyEndpoint.reply>;
type OneLine = Extract<Started, { kind: 'single' }>['limitedBy'];

/** What was decided in the transaction: lines that are written and wait for their dial, lines of an earlier press, or one line only. */
type Written =
  | { kind: 'new'; volleyId: number; calls: CallRecord[] }
  | { kind: 'same'; volleyId: number }
  | { kind: 'single'; limitedBy: OneLine };

interface Pressed extends StartInput {
  settings: Settings;
  now: Date;
}

/**
 * Dials the cold company that the rep holds and the next ones of its list at once, as many as the pace allows. All claims and intents are
 * committed before the carrier hears of any. Obligations, and whatever is not cold, are dialled one at a time: so is this one then.
 * @throws Refused as `startCall`
 */
export async function startVolley(app: Dialling, actor: Actor, input: StartInput): Promise<Started> {
  const settings = await app.settings.read();
  const pressed = { ...input, settings, now: app.clock.now() };
  const written = await app.unitOfWork.run((stores) => writeVolley(app, stores, actor, pressed));
  if (written.kind === 'single') return { ...written, call: await startCall(app, actor, input) };
  if (written.kind === 'new') {
    await Promise.all(written.calls.map((call) => dialWritten(app, call, settings, 'held')));
    await settleVolley(app, written.volleyId);
  }
  return { kind: 'volley', volley: await app.unitOfWork.run((stores) => stores.volleys.view(written.volleyId)) };
}

async function writeVolley(app: Dialling, stores: Stores, actor: Actor, pressed: Pressed): Promise<Written> {
  const { idempotencyKey, now } = pressed;
  // As with one call: two windows of one rep wait for each other before they look for their key.
  await stores.queue.lockRep(actor.id);
  const same = await stores.volleys.withKey(actor.id, idempotencyKey);
  if (same !== null) return { kind: 'same', volleyId: same };
  if (await stores.calls.withKey(actor.id, idempotencyKey)) return { kind: 'single', limitedBy: 'queue' };
  const { target, claim, phone } = await heldToDial(stores, actor, pressed);
  if (claim.reason?.tier !== 'cold') return { kind: 'single', limitedBy: 'tier' };
  const { listId } = target;
  const pace = listId === null ? null : await stores.volleys.lockPace(listId, now);
  if (listId === null || pace?.mode !== 'parallel') return { kind: 'single', limitedBy: 'list' };
  const sight = await sightNow(stores, actor, pressed);
  const allowed = await linesAllowed(stores, sight, { listId, pace });
  if (allowed.limitedBy !== null && allowed.lines < 2) return { kind: 'single', limitedBy: allowed.limitedBy };
  return writeLines(app, stores, actor, { ...pressed, listId, target, phone, claim, sight, lines: allowed.lines });
}

/** What the rep may see of the queue now, without the lists whose calls would run into a promise. */
async function sightNow(stores: Stores, actor: Actor, { settings, now }: Pressed): Promise<QueueSight> {
  const desk = await stores.queue.desk(actor.id, localDay(now, actor.timeZone), now);
  const sight = sightOf(desk, settings, actor, now);
  return { ...sight, question: guarded(desk, settings, sight.question) };
}

async function linesAllowed(
  stores: Stores,
  { question }: QueueSight,
  { listId, pace }: { listId: number; pace: ListPaceFacts },
): Promise<{ lines: number; limitedBy: OneLine | null }> {
  const [head] = await stores.queue.candidates(question, 1);
  if (head && head.tier !== 'cold') return { lines: 1, limitedBy: 'promise' };
  const [other] = await stores.queue.candidates({ ...question, funnelPools: [listId] }, 1);
  if (!other) return { lines: 1, limitedBy: 'queue' };
  const isHeldBack = !question.funnelPools.includes(listId);
  return paceOf(pace, isHeldBack);
}

interface Lines extends Pressed {
  listId: number;
  target: DialTarget;
  phone: DialTarget['phones'][number];
  claim: ClaimRecord;
  sight: QueueSight;
  lines: number;
}

async function writeLines(app: Dialling, stores: Stores, actor: Actor, wanted: Lines): Promise<Written> {
  const { idempotencyKey, listId, settings, now, claim, sight, lines } = wanted;
  const leaseUntil = new Date(now.getTime() + settings.queue.claimLeaseSeconds * 1000);
  const volleyId = await stores.volleys.create({ repId: actor.id, listId, idempotencyKey, startedAt: now });
  if (volleyId === null) throw conflict('callLive', 'a call is still live');
  const others = await stores.volleys.takeLines(volleyId, sight.question, { listId, count: lines - 1, leaseUntil });
  await stores.volleys.takeCard(volleyId, claim.leadId);
  const carrier = app.telephony.name;
  const first = { ...wanted, reason: claim.reason, carrier, volleyId, idempotencyKey: `${idempotencyKey} 1` };
  const calls = [await writeCall(stores, actor, first)];
  for (const [place, lead] of others.entries()) {
    const key = `${idempotencyKey} ${place + 2}`;
    calls.push(await writeLine(stores, actor, lead, { sight, carrier, volleyId, idempotencyKey: key, settings, now }));
  }
  const written = calls.filter((call) => call !== null);
  if (written.length < calls.length) throw conflict('companyBusy', 'one of these companies is in a call already');
  await stores.outbox.announce({ event: 'volley:state', audience: { user: actor.id }, payload: await stores.volleys.view(volleyId) });
  await announceBoardRows(stores, [actor.id]);
  return { kind: 'new', volleyId, calls: written };
}

interface Line {
  sight: QueueSight;
  carrier: string;
  volleyId: number;
  idempotencyKey: string;
  settings: Settings;
  now: Date;
}

/** One more line: why it is called is kept with its claim, as with any card. */
async function writeLine(stores: Stores, actor: Actor, lead: SeenLead, line: Line): Promise<CallRecord | null> {
  const { leadId } = lead.facts;
  const reader = { repId: actor.id, timeZone: actor.timeZone, language: actor.locale };
  const { reason } = explainLead(lead, 'cold', reader, line.now);
  await stores.queue.setReason(leadId, reason);
  const target = await stores.calls.dialTarget(leadId);
  if (!target) throw new Error(`lead ${leadId} vanished inside its own transaction`);
  return writeCall(stores, actor, { ...line, leadId, target, phone: phoneToDial(target, undefined, line.settings), reason });
}
