import type { Consultation } from '../../contract/http/call-parties.ts';
import { partyOfWord } from '../../core/calls/call-party.ts';
import type { FoldedCall } from '../../core/calls/fold-call.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';

/** A rep who is in a colleague's call neither dials nor answers. @throws Refused 409 `inConsultation` */
export async function mustNotConsult(stores: Stores, repId: number): Promise<void> {
  const asked = await stores.calls.askedInto(repId);
  if (asked.some(({ partyState }) => partyState !== 'asked')) throw conflict('inConsultation', "you are in a colleague's call");
}

/** Tells a colleague that he is asked into a call, is in it, or no more. */
export async function announceParty(stores: Stores, before: CallRecord, { party }: Pick<FoldedCall, 'party'>): Promise<void> {
  if (before.party === (party?.word ?? null) && before.partyState === (party?.state ?? null)) return;
  const reps = [before.party, party?.word].flatMap((word) => repOf(word ?? null));
  for (const repId of new Set(reps)) {
    const consultation = (await seenBy(stores, repId)).find(({ callId }) => callId === before.id) ?? null;
    await stores.outbox.announce({ event: 'call:consult', audience: { user: repId }, payload: { callId: before.id, consultation } });
  }
}

const repOf = (word: string | null): number[] => {
  const party = word === null ? null : partyOfWord(word);
  return party?.kind === 'rep' ? [party.repId] : [];
};

async function seenBy(stores: Stores, repId: number): Promise<Consultation[]> {
  const seen: Consultation[] = [];
  for (const { id, partyState } of await stores.calls.askedInto(repId)) {
    const { rep, companyId, companyName } = await stores.calls.view(id);
    if (partyState) seen.push({ callId: id, state: partyState, by: rep, company: { id: companyId, name: companyName } });
  }
  return seen;
}

/** Colleagues' calls that the actor was asked into. */
export const consultationsOf = (app: AppContext, actor: Actor): Promise<Consultation[]> =>
  app.unitOfWork.run((stores) => seenBy(stores, actor.id));
