import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { CallNotLive, type CoachedPart } from '../../../app/ports/telephony.ts';
import { supervisionModes, type SupervisionMode } from '../../../core/supervision/mode.ts';
import { inRoom, talkingLeg, unlessGone, whileLive } from './answered-leg.ts';
import { failureOf } from './api.ts';
import { enterRoom, turnAway } from './documents.ts';
import type { Line } from './line.ts';
import { labelOfSupervisor, repOfIdentity, roomOf, supervisionOfLabel } from './names.ts';
import { repLegsIn } from './rep-legs.ts';

/** Long enough for a browser to connect, too short to be of use to anybody else. */
const ticketSeconds = 60;

const ticketSchema = z.object({
  supervisionId: z.int(),
  callId: z.int(),
  supervisorId: z.int(),
  mode: z.enum(supervisionModes),
  expiresAt: z.int(),
});

/** What a supervisor's headset call shows to be let into a room: signed, so that any node can read it and nobody else make one. */
export function ticketFor(line: Line, part: CoachedPart & { supervisorId: number }): string {
  const expiresAt = line.now().getTime() + ticketSeconds * 1000;
  const body = Buffer.from(JSON.stringify({ ...part, expiresAt })).toString('base64url');
  return `${body}.${signatureOf(line, body)}`;
}

const signatureOf = (line: Line, body: string): string =>
  createHmac('sha256', line.account.apiKeySecret).update(`supervision:${body}`).digest('base64url');

/** The part that a genuine ticket of this very person is for; null for any other. */
function readTicket(line: Line, ticket: string, identity: string): z.infer<typeof ticketSchema> | null {
  const [body = '', signature = ''] = ticket.split('.');
  const expected = Buffer.from(signatureOf(line, body));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const part = ticketSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return part.expiresAt > line.now().getTime() && part.supervisorId === repOfIdentity(identity) ? part : null;
}

/** Listening is a muted coach, whispering one who may speak, barging in no coach at all. */
const settingsOf = (mode: SupervisionMode): { coaching: boolean; muted: boolean } => ({
  coaching: mode !== 'barge',
  muted: mode === 'listen',
});

/** The document for a supervisor's headset call: into the rep's room as his coach, or away when there is nothing to hear. */
export async function letSupervisorIn(line: Line, word: { ticket: string; identity: string; callSid: string }): Promise<string> {
  const part = readTicket(line, word.ticket, word.identity);
  if (!part) {
    line.log.warn({}, 'a headset call came with a ticket for supervision that is not genuine, expired or of somebody else');
    return turnAway();
  }
  const leg = await line.legs.find(part.callId);
  if (leg?.phase !== 'placed' || leg.repId === null || !leg.roomSid) return turnAway();
  const [rep] = await repLegsIn(line, leg.repId, leg.roomSid);
  if (!rep) return turnAway();
  const { coaching, muted } = settingsOf(part.mode);
  return enterRoom({
    name: roomOf(leg.repId),
    label: labelOfSupervisor(part.supervisionId, word.callSid),
    muted,
    callback: line.addresses.room(leg.repId),
    ...(coaching ? { coach: rep.callSid } : {}),
  });
}

/** Changes how a supervisor in the room is heard; Twilio's answer is told as what is so. @throws CallNotLive */
export async function changeCoaching(line: Line, { supervisionId, callId, mode }: CoachedPart): Promise<void> {
  const leg = inRoom(await talkingLeg(line, callId));
  const [rep] = await repLegsIn(line, leg.repId, leg.roomSid);
  const [supervisor] = await supervisorsIn(line, leg.roomSid, supervisionId);
  if (!rep || !supervisor) throw new CallNotLive(callId);
  const settings = settingsOf(mode);
  const coached = settings.coaching ? { callSidToCoach: rep.callSid } : {};
  const participant = line.client.conferences(leg.roomSid).participants(supervisor.callSid);
  await tellHeard(line, supervisionId, await whileLive(callId, participant.update({ ...settings, ...coached })));
}

/** Ends a supervisor's headset call. */
export async function leaveCoaching(line: Line, { supervisionId, callId }: Pick<CoachedPart, 'supervisionId' | 'callId'>): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg?.roomSid) return;
  for (const { callSid } of await supervisorsIn(line, leg.roomSid, supervisionId)) await hangUpLeg(line, callSid);
}

/** The room outlives the call: whoever was in it for the call's sake goes with it. */
export async function releaseSupervisors(line: Line, leg: CarrierLeg): Promise<void> {
  if (leg.roomSid === null) return;
  for (const { callSid } of await supervisorsIn(line, leg.roomSid, null)) await hangUpLeg(line, callSid);
}

const hangUpLeg = (line: Line, callSid: string): Promise<void> => unlessGone(line.client.calls(callSid).update({ status: 'completed' }));

/** A word of the room about a supervisor: what is so now is asked of Twilio, whatever order its words come in. */
export async function takeSupervisorWord(line: Line, supervisionId: number, roomSid: string): Promise<void> {
  const [supervisor] = await supervisorsIn(line, roomSid, supervisionId);
  if (supervisor) await tellHeard(line, supervisionId, supervisor);
  else await line.tell.supervision({ supervisionId, heard: 'left' });
}

async function tellHeard(line: Line, supervisionId: number, { coaching, muted }: { coaching: boolean; muted: boolean }): Promise<void> {
  await line.tell.supervision({ supervisionId, heard: muted ? 'listen' : coaching ? 'whisper' : 'barge' });
}

/** The legs of supervisors in a conference, of one supervision or of all; none when that is over. */
async function supervisorsIn(line: Line, roomSid: string, supervisionId: number | null) {
  try {
    const participants = await line.client.conferences(roomSid).participants.list({ limit: 50 });
    return participants.filter(({ label }) => {
      const found = supervisionOfLabel(label);
      return found !== null && (supervisionId === null || found === supervisionId);
    });
  } catch (error) {
    if (failureOf(error).kind === 'gone') return [];
    throw error;
  }
}
