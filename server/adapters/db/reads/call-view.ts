import { z } from 'zod';
import type { CallView } from '../../../contract/http/calls.ts';
import { announcementSchema, dispositionCodeSchema } from '../../../contract/http/calls.ts';
import { suggestedDisposition } from '../../../core/calls/suggested-disposition.ts';
import { partyOfWord, partyStates } from '../../../core/calls/call-party.ts';
import type { Transaction } from '../client.ts';
import { isoOf, isoOrNull } from './views.ts';

export const answeredBySchema = z.enum(['human', 'machine', 'unknown']).nullable();
export const announcementStateSchema = announcementSchema.nullable();
export const partyStateSchema = z.enum(partyStates).nullable();
const draftSchema = z.record(z.string(), z.unknown()).nullable();

/** A call as its rep's console follows it. @throws when there is none */
export async function callView(transaction: Transaction, callId: number): Promise<CallView> {
  const row = await transaction.call.findUniqueOrThrow({
    where: { id: callId },
    include: { rep: { select: { id: true, name: true } }, company: { select: { name: true } } },
  });
  const answeredBy = answeredBySchema.parse(row.answeredBy);
  return {
    id: row.id,
    state: row.state,
    endCause: row.endCause,
    direction: row.direction,
    ambiguous: row.ambiguous,
    rep: row.rep,
    companyId: row.companyId,
    companyName: row.company.name,
    leadId: row.leadId,
    contactId: row.contactId,
    phone: row.phoneE164,
    intentAt: isoOf(row.intentAt),
    waitsUntil: isoOrNull(row.waitsUntil),
    ringingAt: isoOrNull(row.ringingAt),
    answeredAt: isoOrNull(row.answeredAt),
    endedAt: isoOrNull(row.endedAt),
    talkSeconds: row.talkSeconds,
    held: row.held,
    muted: row.muted,
    party: await partyView(transaction, row),
    recordingPaused: row.recordingPaused,
    announcement: announcementStateSchema.parse(row.announcement),
    answeredBy,
    suggestedDisposition: row.state === 'ended' ? suggestedDisposition(row.endCause, answeredBy) : null,
    dispositionCode: row.dispositionCode === null ? null : dispositionCodeSchema.parse(row.dispositionCode),
    disposedAt: isoOrNull(row.disposedAt),
    draft: draftSchema.parse(row.draft),
  };
}

/** Who was asked in, by name as far as he has one here. */
async function partyView(transaction: Transaction, row: { party: string | null; partyState: string | null }): Promise<CallView['party']> {
  const state = partyStateSchema.parse(row.partyState);
  if (row.party === null || state === null) return null;
  const party = partyOfWord(row.party);
  if (party.kind === 'number') return { state, rep: null, phone: party.e164 };
  const rep = await transaction.user.findUniqueOrThrow({ where: { id: party.repId }, select: { id: true, name: true } });
  return { state, rep, phone: null };
}
