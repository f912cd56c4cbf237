import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SipTelephony } from '../../../server/adapters/telephony/sip/sip-telephony.ts';
import type { Trunk } from '../../../server/adapters/telephony/sip/trunks.ts';
import type { TelephonyListener } from '../../../server/app/ports/telephony.ts';
import { MemoryLegs } from '../memory-legs.ts';
import { startCarrier, type TestCarrier } from './carrier.ts';
import { janusSecret, startJanus, type TestJanus } from './janus.ts';

/** Janus and the carrier, which several tests may use one after the other. */
export interface SipNetwork {
  janus: TestJanus;
  carrier: TestCarrier;
  stop(): Promise<void>;
}

export async function sipNetwork(): Promise<SipNetwork> {
  const [janus, carrier] = await Promise.all([startJanus(), startCarrier()]);
  return {
    janus,
    carrier,
    stop: async () => {
      await Promise.all([janus.stop(), carrier.stop()]);
    },
  };
}

export const trunkTo = (host: string, more: Partial<Trunk> = {}): Trunk => ({
  name: 'test carrier',
  host,
  register: false,
  transport: 'udp',
  srtp: 'off',
  codecs: ['pcmu', 'pcma'],
  callerId: '+74950000000',
  numbers: 'e164',
  digits: 'inband',
  country: 'RU',
  ...more,
});

export interface SipRig {
  readonly telephony: SipTelephony;
  legs: MemoryLegs;
  folder: string;
  /** Another process on the same rows and folder, when what happens meanwhile has happened; the calls are in Janus. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Our adapter on that network, without a base. */
export async function sipRig(
  listener: TelephonyListener,
  how: { janusUrls: readonly string[]; trunks: readonly Trunk[]; legs?: MemoryLegs; folder?: string },
): Promise<SipRig> {
  const folder = how.folder ?? (await mkdtemp(path.join(tmpdir(), 'zagon-sip-')));
  const legs = how.legs ?? new MemoryLegs();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const create = async (): Promise<SipTelephony> => {
    const created = new SipTelephony({
      janus: { urls: how.janusUrls, secret: janusSecret },
      trunks: how.trunks,
      legs,
      sharedFolder: folder,
      memoryFile: path.join(folder, 'in-janus.json'),
      soundsFolder: 'server/adapters/telephony/sip/sounds',
      log: process.env.SIP_LOG ? { info: console.log, warn: console.warn, error: console.error } : quiet,
    });
    await created.start(listener);
    return created;
  };
  let telephony = await create();
  return {
    get telephony() {
      return telephony;
    },
    legs,
    folder,
    restart: async (meanwhile = () => Promise.resolve()) => {
      await telephony.stop({ endCalls: false, graceSeconds: 0 });
      await meanwhile();
      telephony = await create();
    },
    close: async () => {
      await telephony.stop({ endCalls: true, graceSeconds: 0 });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
