import { expect, it, vi } from 'vitest';
import { endEvent } from '../../server/app/calls/start-call.ts';
import { foldCall } from '../../server/core/calls/fold-call.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import type { OutgoingRequest } from '../support/twilio-carrier/deliveries.ts';
import { twilioInside } from '../support/twilio-inside.ts';

const callId = 1;
const dial = { callId, repId: 1, to: '+79000000300', from: null, ringTimeoutSeconds: 20, record: true };

/** Every order of these. */
function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, place) => orders(items.filter((_, other) => other !== place)).map((rest) => [first, ...rest]));
}

it('makes the same call of its callbacks in every order, each one lost, each one doubled', async () => {
  const heard = new CarrierNotebook();
  const rig = await twilioInside(heard);
  const intentAt = new Date(Date.now() - 1000);
  await rig.telephony.dial(dial);
  await vi.waitFor(() => expect(heard.kinds(callId)).toContain('answeredBy'), patience);
  await rig.telephony.hangup(callId);
  await rig.carrier.deliveries.settled();
  const words = rig.sent.filter(({ url }) => /\/calls\/1\/(status|machine)/.test(url));
  expect(words).toHaveLength(5);
  const asItWas = foldCall(heard.of(callId), intentAt);
  const [placed] = rig.legs.all.values();
  if (!placed) throw new Error('nothing was dialled');

  /** A process that knows of the dial only hears these words, and asks after the call when they are all. */
  const hear = async (requests: readonly OutgoingRequest[]): Promise<void> => {
    const notebook = new CarrierNotebook();
    const { telephony, legs, take } = rig.another();
    await telephony.start(notebook);
    await legs.open({ ...dial, from: placed.from, openedAt: placed.openedAt, sid: placed.sid, phase: 'placed' });
    for (const request of requests) expect((await take(request)).status).toBe(204);
    const found = await telephony.lookUp(callId);
    if (found.kind !== 'ended') throw new Error(`the call is ${found.kind}`);
    await notebook.onCarrierEvent(endEvent(callId, 'lookUp:ended', found.cause, found.carrierWord, found.endedAt));
    await telephony.stop({ endCalls: false, graceSeconds: 0 });
    const folded = foldCall(notebook.of(callId), intentAt);
    // A detection that was lost is read from the call's own record only where its end was lost too.
    const isDetected = requests.length === 0 || requests.some(({ url }) => url.includes('machine'));
    expect([folded.state, folded.answeredAt !== null, folded.answeredBy]).toEqual(['ended', true, isDetected ? asItWas.answeredBy : null]);
    const keys = notebook.of(callId).map(({ eventKey }) => eventKey);
    expect(new Set(keys).size, keys.join()).toBe(keys.length);
  };

  for (const order of orders(words)) {
    await hear(order);
    await hear(order.flatMap((word) => [word, word]));
  }
  for (const lost of words) for (const order of orders(words.filter((word) => word !== lost))) await hear(order);
  await hear([]);
  expect(rig.carrier.complaints).toEqual([]);
  await rig.close();
});
