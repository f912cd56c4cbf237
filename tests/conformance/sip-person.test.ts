import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Trunk } from '../../server/adapters/telephony/sip/trunks.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { hasSip, startJanus, type TestJanus } from '../support/sip/janus.ts';
import { hasPhone, startPerson, type TestPerson } from '../support/sip/person.ts';
import { sipRig, trunkTo } from '../support/sip/rig.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';

const number = '+79000000777';
const personHertz = 440;
const repHertz = 1000;

describe.skipIf(!hasSip || !hasPhone)('a person at the far end', () => {
  let janus: TestJanus;
  beforeAll(async () => {
    janus = await startJanus();
  });
  afterAll(() => janus.stop());
  let person: TestPerson;
  afterEach(() => person.stop());

  const ways: [string, Partial<Trunk>][] = [
    ['by UDP', {}],
    ['by TLS, with the sound encrypted', { transport: 'tls', srtp: 'mandatory' }],
  ];
  it.each(ways)('%s: he hears the rep, the rep hears him, and each is on his channel', async (_, settings) => {
    const secure = settings.transport === 'tls';
    person = await startPerson({ e164: number, hertz: personHertz, secure });
    const notebook = new CarrierNotebook();
    const rig = await sipRig(notebook, { janusUrls: [janus.url], trunks: [trunkTo(person.host, settings)] });
    const headset = new WeriftHeadset(repHertz);
    await headset.connect(rig.telephony, 1);
    headset.speak();
    await rig.telephony.dial({ callId: 1, repId: 1, to: number, from: null, ringTimeoutSeconds: 15, record: true });
    await expect.poll(() => notebook.kinds(1), patience).toContain('answered');
    headset.takeHeard();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(2);
    expect(toneSeconds(headset.takeHeard(), personHertz, 8000)).toBeGreaterThan(0.2);
    await rig.telephony.hangup(1);
    await expect.poll(() => notebook.recordingOf(1), patience).toMatchObject({ kind: 'ready', partial: false });
    const recording = notebook.recordingOf(1);
    if (recording?.kind !== 'ready') throw new Error('the recording is missing');
    const { left, right, sampleRate } = await readStereo(recording.filePath);
    expect(toneSeconds(left, repHertz, sampleRate)).toBeGreaterThan(0.2);
    expect(toneSeconds(right, personHertz, sampleRate)).toBeGreaterThan(0.2);
    expect(toneSeconds(await person.heard(), repHertz, 8000)).toBeGreaterThan(0.2);
    expect(person.log.some((line) => line.includes('SRTP is Enabled'))).toBe(secure);
    await headset.close();
    await rig.close();
  });
});
