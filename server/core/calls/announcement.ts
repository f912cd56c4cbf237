import type { CarrierEvent } from './carrier-event.ts';

export const announcementStates = ['asked', 'playing', 'played', 'cutShort'] as const;
/**
 * `asked` for, and not begun · `playing`, nothing is recorded yet; an ended call that stays so was not recorded and should have been ·
 * `played`, recorded since · `cutShort`: the call ended with it, there was nothing to record.
 */
export type AnnouncementState = (typeof announcementStates)[number];

/** What a prospect hears while the department has recorded nothing of its own. */
export const announcementWords = 'Здравствуйте. Обращаем ваше внимание: этот разговор записывается.';

/** A call that ends so soon after its announcement leaves nothing to hear; carriers keep no recording of it. */
const nothingToHearSeconds = 1;
/** How much longer than it was said to take an announcement may take. */
const slackSeconds = 3;

/** How far the announcement came by a call's log in the carrier's order; null while none was begun. */
export function announcementOf(
  log: readonly Pick<CarrierEvent, 'at' | 'body'>[],
  endedAt: Date | null,
): Exclude<AnnouncementState, 'asked'> | null {
  const started = log.flatMap(({ at, body }) => (body.kind === 'announcementStarted' ? [{ at, seconds: body.seconds }] : []))[0];
  const heard = log.find(({ body }) => body.kind === 'announcementEnded');
  const endedBefore = (at: Date, seconds: number): boolean => endedAt !== null && endedAt.getTime() < at.getTime() + seconds * 1000;
  if (heard) return endedBefore(heard.at, nothingToHearSeconds) ? 'cutShort' : 'played';
  if (!started) return null;
  return endedBefore(started.at, started.seconds + slackSeconds) ? 'cutShort' : 'playing';
}

/** What a call's row says: one of several lines that ended before anybody was joined to it was to be announced, and nobody spoke in it. */
export function settledAnnouncement(
  known: AnnouncementState | null,
  folded: { state: string; announcement: Exclude<AnnouncementState, 'asked'> | null },
  wasJoined: boolean,
): AnnouncementState | null {
  if (folded.announcement !== null) return folded.announcement;
  return known === 'asked' && folded.state === 'ended' && !wasJoined ? 'cutShort' : known;
}
