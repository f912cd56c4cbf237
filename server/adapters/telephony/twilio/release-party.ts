import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { partyOfWord } from '../../../core/calls/call-party.ts';
import { unlessGone } from './answered-leg.ts';
import type { Line } from './line.ts';
import { sendHome } from './rep-legs.ts';

/** Sends whoever was asked in back to where he came from. */
export async function releaseParty(line: Line, leg: Pick<CarrierLeg, 'callId' | 'party' | 'partySid'>): Promise<void> {
  if (leg.party === null) return;
  const party = partyOfWord(leg.party);
  await line.legs.change(leg.callId, ['placed', 'ended'], { party: null, partySid: null });
  if (leg.partySid === null) return;
  if (party.kind === 'rep') await sendHome(line, party.repId, leg.partySid);
  else await unlessGone(line.client.calls(leg.partySid).update({ status: 'completed' }));
}
