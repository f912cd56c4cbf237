import path from 'node:path';
import type { RequestHandler } from 'express';
import type { Database } from '../adapters/db/client.ts';
import { carrierLegs, carrierPace } from '../adapters/db/stores/carrier-legs.ts';
import { SandboxTelephony } from '../adapters/telephony/sandbox/sandbox-telephony.ts';
import { machineScheduler } from '../adapters/telephony/sandbox/scheduler.ts';
import { lineKeeper } from '../app/calls/line-dropped.ts';
import { ringKeeper } from '../app/inbound/ring-keeper.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { Log } from '../app/ports/log.ts';
import type { Telephony, TelephonyListener } from '../app/ports/telephony.ts';
import { takeRecording } from '../app/recordings/take-recording.ts';
import { takeSupervisionWord } from '../app/supervision/take-supervision-word.ts';
import { volleyKeeper } from '../app/volleys/volley-keeper.ts';
import type { App } from './app.ts';
import type { Env } from './env.ts';
import type { ReadClip } from './http/twilio-webhooks.ts';

export interface Carrier {
  telephony: Telephony;
  /** Where a carrier outside of this machine tells us things. */
  webhooks: { path: string; routes: (readClip: ReadClip) => RequestHandler } | null;
}

/** The carrier that the settings name; the others' libraries are not read. */
export async function createCarrier(env: Env, root: string, parts: { log: Log; clock: Clock; database: Database }): Promise<Carrier> {
  const { log, clock, database } = parts;
  const { telephony } = env;
  switch (telephony.kind) {
    case 'sandbox': {
      const sandbox = new SandboxTelephony({
        dataFolder: env.dataDir,
        audioFolder: path.join(root, 'server/adapters/telephony/sandbox/audio'),
        log,
        scheduler: { ...machineScheduler, now: () => clock.now() },
        seed: telephony.seed,
        speed: telephony.speed,
      });
      return { telephony: sandbox, webhooks: null };
    }
    case 'twilio': {
      const { TwilioTelephony } = await import('../adapters/telephony/twilio/twilio-telephony.ts');
      const { twilioWebhookRoutes } = await import('./http/twilio-webhooks.ts');
      const twilio = new TwilioTelephony({
        account: telephony,
        publicUrl: env.publicUrl,
        dataFolder: env.dataDir,
        legs: carrierLegs(database.prisma),
        pace: carrierPace(database.prisma, 'twilio'),
        callsPerSecond: telephony.callsPerSecond,
        deleteFetched: telephony.deleteFetched,
        edge: telephony.edge,
        log,
        now: () => clock.now(),
      });
      const routes = (readClip: ReadClip): RequestHandler => twilioWebhookRoutes(twilio.webhooks, readClip);
      return { telephony: twilio, webhooks: { path: '/telephony/twilio', routes } };
    }
    case 'sip': {
      const { SipTelephony } = await import('../adapters/telephony/sip/sip-telephony.ts');
      const { readTrunks } = await import('../adapters/telephony/sip/trunks.ts');
      const sip = new SipTelephony({
        janus: { urls: telephony.janusUrls, secret: telephony.janusSecret },
        trunks: await readTrunks(telephony.trunksFile),
        legs: carrierLegs(database.prisma),
        sharedFolder: telephony.sharedFolder ?? path.join(env.dataDir, 'sip'),
        soundsFolder: path.join(root, 'server/adapters/telephony/sip/sounds'),
        memoryFile: path.join(env.dataDir, 'sip', 'in-janus.json'),
        log,
        now: () => clock.now(),
      });
      return { telephony: sip, webhooks: null };
    }
    default:
      return telephony satisfies never;
  }
}

type RingKeeper = ReturnType<typeof ringKeeper>;
type VolleyKeeper = ReturnType<typeof volleyKeeper>;

/** What the carrier says goes to the use cases; what a use case cannot take is told, and the look-up of silent calls catches it. */
export function telephonyListener(
  app: App,
  tellLine: (repId: number, state: 'connecting' | 'connected' | 'interrupted' | 'closed') => void,
): { listener: TelephonyListener; rings: RingKeeper; volleys: VolleyKeeper } {
  const lines = lineKeeper(app, machineScheduler);
  const rings = ringKeeper(app, machineScheduler);
  const volleys = volleyKeeper(app, machineScheduler);
  const listener: TelephonyListener = {
    onArrivingCall: (arriving) => rings.onArriving(arriving),
    onCarrierEvent: (event) => volleys.onEvent(event),
    onRecording: (recording) => takeRecording(app, recording),
    onSupervision: (word) => takeSupervisionWord(app, word),
    onHeadsetLine: (repId, line) => {
      tellLine(repId, line.state);
      lines.onLine(repId, line).catch((error: unknown) => {
        app.log.error({ err: error, repId }, 'a change of a headset line was not taken');
      });
    },
  };
  return { listener, rings, volleys };
}
