import { expect } from 'vitest';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { testAccount } from '../support/twilio-carrier/carrier.ts';
import { twilioRig } from '../support/twilio-rig.ts';
import { announcedConformance } from './announced-suite.ts';
import { inboundConformance } from './inbound-suite.ts';
import { partyConformance } from './party-suite.ts';
import { parallelConformance } from './parallel-suite.ts';
import { spokenConformance } from './spoken-suite.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { telephonyConformance } from './telephony-suite.ts';

async function twilio(): Promise<CarrierUnderTest> {
  const notebook = new CarrierNotebook();
  const rig = await twilioRig(notebook, { speed: 4 });
  return {
    telephony: rig.telephony,
    notebook,
    numbers: {
      talks: '+79000000001',
      silent: '+79000000400',
      machine: '+79000000300',
      busy: '+79000000486',
      noAnswer: '+79000000480',
      rejected: '+79000000603',
      invalid: '+79000000404',
      providerError: '+79000000503',
      strangeWord: '+79000000999',
    },
    async connectHeadset(repId) {
      const browser = await rig.connectBrowser(repId);
      return {
        speak: () => browser.speak([{ frequenciesHertz: [repToneHertz], milliseconds: 1000 }]),
        fallSilent: () => browser.fallSilent(),
        takeHeard: () => browser.takeHeard(),
        get heardSeconds() {
          return browser.heardSeconds;
        },
        close: () => {
          browser.disconnect();
          return Promise.resolve();
        },
      };
    },
    async letCall(from) {
      const seen = notebook.arrivals.length;
      const leg = await rig.carrier.callIn(from ?? '+266696687', testAccount.numbers[0] ?? '');
      await expect.poll(() => notebook.arrivals.length, patience).toBeGreaterThan(seen);
      const callId = notebook.nextArrivalId;
      if (callId === null) throw new Error('the call was not taken');
      await expect.poll(() => rig.legs.all.get(callId)?.sid, patience).toBe(leg.sid);
      return callId;
    },
    // The browser's sound goes to Twilio, never through us: the test carrier computes what Twilio would have heard and recorded.
    serveClip: ({ id, wav }) => void rig.clips.set(id, wav),
    media: 'computed',
    headsetCheck: 'inBrowser',
    clockGrainSeconds: 1,
    async close() {
      await rig.close();
      expect(rig.carrier.complaints).toEqual([]);
    },
  };
}

telephonyConformance('twilio, with the test carrier', twilio);
inboundConformance('twilio, with the test carrier', twilio);
partyConformance('twilio, with the test carrier', twilio);
parallelConformance('twilio, with the test carrier', twilio);
spokenConformance('twilio, with the test carrier', twilio);
announcedConformance('twilio, with the test carrier', twilio);
