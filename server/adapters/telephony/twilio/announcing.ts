import type { CarrierLeg, LegChange } from '../../../app/ports/carrier-legs.ts';
import type { Announcement } from '../../../app/ports/telephony.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { failureOf } from './api.ts';
import { ticketFor } from './clip-tickets.ts';
import { letIn, type HeardFirst } from './documents.ts';
import { roomFor } from './into-room.ts';
import type { Line } from './line.ts';
import { wholeSecond } from './whole-second.ts';

/** How long a synthesised voice takes for our own words. */
const ownWordsSeconds = 6;
/** An announcement of which nothing was heard so long after its time is looked after. */
const lateMilliseconds = 20_000;

/** What a leg remembers of what its prospect is to hear. */
export function announcementColumns(
  announcement: Announcement | null | undefined,
  begun: 'due' | 'playing',
): Pick<LegChange, 'announcement' | 'announcementClipId' | 'announcementSeconds'> {
  if (!announcement) return {};
  if (announcement === 'ownWords') return { announcement: begun, announcementSeconds: ownWordsSeconds };
  const { durationSeconds } = readClip(announcement.wav);
  return { announcement: begun, announcementClipId: announcement.id, announcementSeconds: durationSeconds };
}

type Announced = Pick<CarrierLeg, 'announcement' | 'announcementClipId' | 'announcementSeconds'>;

/** Whether nothing is recorded yet because the prospect is only being told. */
export const isUntold = ({ announcement }: Pick<CarrierLeg, 'announcement'>): boolean =>
  announcement === 'due' || announcement === 'playing';

/** As a document says it. */
export const heardFirst = (line: Line, { announcementClipId: clipId }: Pick<Announced, 'announcementClipId'>): HeardFirst =>
  clipId === null ? 'ownWords' : { clipUrl: line.addresses.clip(clipId, ticketFor(line, clipId)) };

/**
 * The prospect has answered: of all callbacks that say so, one sends him to hear the announcement. A single document does the rest at
 * Twilio itself: it is played to him alone, then the recording begins, then he is in the room again. Whoever dies meanwhile, none of it is lost.
 */
export async function announceOnce(line: Line, callId: number): Promise<void> {
  const leg = await line.legs.find(callId);
  // A held line hears it when it is joined to a rep.
  if (leg?.announcement !== 'due' || leg.repId === null || leg.sid === null) return;
  if (await line.legs.beginAnnouncement(callId)) await announce(line, { ...leg, repId: leg.repId, sid: leg.sid });
}

async function announce(line: Line, leg: CarrierLeg & { repId: number; sid: string }): Promise<void> {
  const { callId, repId, sid } = leg;
  const document = letIn({
    ...roomFor(line, callId, repId, true),
    heardFirst: heardFirst(line, leg),
    recordingCallback: line.addresses.recording(callId),
  });
  try {
    await line.client.calls(sid).update({ twiml: document });
  } catch (error) {
    const failure = failureOf(error);
    // He has hung up.
    if (failure.kind === 'gone') return;
    if (failure.kind !== 'ambiguous') {
      await line.legs.change(callId, ['placed'], { announcement: 'due' });
      throw error;
    }
    line.log.warn({ callId, err: error }, 'Twilio may not have taken the announcement of a recording; the sweep looks whether it did');
  }
  await tellAnnouncing(line, { callId, sid, seconds: leg.announcementSeconds });
}

export async function tellAnnouncing(line: Line, said: { callId: number; sid: string; seconds: number }): Promise<void> {
  const { callId, sid, seconds } = said;
  await line.tell.event({
    callId,
    eventKey: `${sid}:announcement-started`,
    at: wholeSecond(line.now()),
    carrierWord: 'redirected',
    body: { kind: 'announcementStarted', seconds },
  });
}

/** He has heard it and is recorded; told by whichever word of Twilio's comes first. */
export async function takeAnnounced(line: Line, callId: number, word: { carrierWord: string; at: Date }): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg || !isUntold(leg) || leg.sid === null) return;
  await line.tell.event({ callId, eventKey: `${leg.sid}:announcement-ended`, ...word, body: { kind: 'announcementEnded' } });
  await line.legs.change(callId, ['placed', 'ended'], { announcement: 'played' });
}

/** Whether a call whose announcement should be over is being recorded, though no callback said so. */
export async function wasHeard(line: Line, leg: CarrierLeg): Promise<boolean> {
  if (leg.sid === null || leg.answeredAt === null) return false;
  if (line.now().getTime() - leg.answeredAt.getTime() < leg.announcementSeconds * 1000) return false;
  const since = leg.answeredAt.getTime();
  const recordings = await line.client.calls(leg.sid).recordings.list({ limit: 20 });
  const running = recordings.find(({ status, startTime }) => ['in-progress', 'paused'].includes(status) && startTime.getTime() >= since);
  if (!running) return false;
  await takeAnnounced(line, leg.callId, { carrierWord: running.status, at: running.startTime });
  return true;
}

/** What killed processes and lost callbacks left unannounced, and so unrecorded, is announced after all. */
export async function settleAnnouncements(line: Line): Promise<void> {
  for (const leg of await line.legs.live()) {
    const { answeredAt, repId, sid } = leg;
    if (!isUntold(leg) || answeredAt === null || repId === null || sid === null) continue;
    if (line.now().getTime() - answeredAt.getTime() < leg.announcementSeconds * 1000 + lateMilliseconds) continue;
    try {
      if (!(await wasHeard(line, leg))) await announce(line, { ...leg, repId, sid });
    } catch (error) {
      line.log.error(
        { err: error, callId: leg.callId },
        'an answered call is not recorded: its announcement could not be made; the next sweep tries again',
      );
    }
  }
}
