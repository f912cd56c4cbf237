import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toneShare } from '../../server/core/audio/level.ts';
import type { SupervisionMode } from '../../server/contract/sockets/supervision.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { twilioRig } from '../support/twilio-rig.ts';
import { heard, sampleRate } from '../support/twilio-carrier/sound.ts';

const repId = 7;
const leadId = 8;
const callId = 71;
const supervisionId = 5;
const prospect = '+79000000400';
const leadHertz = 700;

let notebook: CarrierNotebook;
let rig: Awaited<ReturnType<typeof twilioRig>>;
let rep: Awaited<ReturnType<typeof rig.connectBrowser>>;

beforeEach(async () => {
  notebook = new CarrierNotebook();
  rig = await twilioRig(notebook, { speed: 8 });
  rep = await rig.connectBrowser(repId);
  await rig.telephony.dial({ callId, repId, to: prospect, from: null, ringTimeoutSeconds: 30, record: true });
  await expect.poll(() => notebook.has(callId, 'answered'), patience).toBe(true);
});
afterEach(async () => {
  await rig.close();
  expect(rig.carrier.complaints).toEqual([]);
});

const ticketFor = (mode: SupervisionMode) => rig.telephony.coaching.ticket({ supervisionId, callId, supervisorId: leadId, mode });
async function enter(mode: SupervisionMode) {
  const browser = await rig.connectBrowser(leadId, { supervision: ticketFor(mode) });
  browser.speak([{ frequenciesHertz: [leadHertz], milliseconds: 1000 }]);
  return browser;
}
const isNow = (word: SupervisionMode | 'left') =>
  expect.poll(() => notebook.supervision.at(-1), patience).toEqual({ supervisionId, heard: word });
const prospectLeg = () => {
  const found = [...rig.carrier.exchange.legs.values()].find((leg) => leg.options.to === prospect);
  if (!found) throw new Error('nobody was dialled');
  return found;
};
/** The lead's share of what each hears in the last moments. */
const shares = () => {
  const to = Date.now() - 20;
  const of = (leg: Parameters<typeof heard>[0]): number => toneShare(heard(leg, to - 100, to), leadHertz, sampleRate);
  return { rep: of(rep.leg), prospect: of(prospectLeg()) };
};
const hearing = () => expect.poll(shares, patience);

describe('a supervisor in a call at Twilio', () => {
  it('listens unheard, whispers to the rep alone, barges in to both: each by the carrier’s word', async () => {
    await enter('listen');
    await isNow('listen');
    await hearing().toEqual({ rep: 0, prospect: 0 });

    await rig.telephony.coaching.change({ supervisionId, callId, mode: 'whisper' });
    await isNow('whisper');
    await hearing().toEqual({ rep: expect.closeTo(1, 1), prospect: 0 });

    await rig.telephony.coaching.change({ supervisionId, callId, mode: 'barge' });
    await isNow('barge');
    await hearing().toEqual({ rep: expect.closeTo(1, 1), prospect: expect.closeTo(1, 1) });

    await rig.telephony.coaching.change({ supervisionId, callId, mode: 'whisper' });
    await hearing().toEqual({ rep: expect.closeTo(1, 1), prospect: 0 });
  });

  it('comes in as was wanted from the first', async () => {
    await enter('whisper');
    await isNow('whisper');
    await hearing().toEqual({ rep: expect.closeTo(1, 1), prospect: 0 });
  });

  it('goes without the others noticing, and goes with the call: the rep’s room outlives it', async () => {
    const first = await enter('whisper');
    await isNow('whisper');
    first.disconnect();
    await isNow('left');
    expect([rep.leg.isOver, prospectLeg().isOver]).toEqual([false, false]);

    const second = await enter('listen');
    await isNow('listen');
    await rig.telephony.hangup(callId);
    await isNow('left');
    expect([second.leg.isOver, rep.leg.isOver]).toEqual([true, false]);
  });

  it('is let in by his own ticket alone', async () => {
    const refused = async (identity: number, ticket: string): Promise<boolean> => {
      const browser = await rig.connectBrowser(identity, { supervision: ticket });
      return browser.leg.isOver;
    };
    const ticket = ticketFor('listen');
    expect(await refused(repId, ticket)).toBe(true);
    expect(await refused(leadId, `${ticket.slice(0, -4)}AAAA`)).toBe(true);
    expect(await refused(leadId, 'made up')).toBe(true);
    await rig.telephony.hangup(callId);
    await expect.poll(() => notebook.has(callId, 'ended'), patience).toBe(true);
    expect(await refused(leadId, ticketFor('listen'))).toBe(true);
    expect(notebook.supervision).toEqual([]);
  });
});
