import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxTelephony } from '../../server/adapters/telephony/sandbox/sandbox-telephony.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';
import { announcedConformance } from './announced-suite.ts';
import { inboundConformance } from './inbound-suite.ts';
import { partyConformance } from './party-suite.ts';
import { parallelConformance } from './parallel-suite.ts';
import { spokenConformance } from './spoken-suite.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { telephonyConformance } from './telephony-suite.ts';

async function sandbox(): Promise<CarrierUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tel-conformance-'));
  const telephony = new SandboxTelephony({
    dataFolder,
    audioFolder: 'server/adapters/telephony/sandbox/audio',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    // Rings in a tenth of a second and still stays ten seconds when silent.
    speed: 4,
  });
  const notebook = new CarrierNotebook();
  await telephony.start(notebook);
  return {
    telephony,
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
      const headset = new WeriftHeadset(repToneHertz);
      await headset.connect(telephony, repId);
      return headset;
    },
    async letCall(from) {
      const callId = await telephony.arrive(from);
      if (callId === null) throw new Error('the call was not taken');
      return callId;
    },
    serveClip: () => undefined,
    media: 'carried',
    headsetCheck: 'here',
    clockGrainSeconds: 0,
    async close() {
      await telephony.stop({ endCalls: true, graceSeconds: 0 });
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

telephonyConformance('sandbox', sandbox);
inboundConformance('sandbox', sandbox);
partyConformance('sandbox', sandbox);
parallelConformance('sandbox', sandbox);
spokenConformance('sandbox', sandbox);
announcedConformance('sandbox', sandbox);
