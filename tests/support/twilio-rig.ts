import express from 'express';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../../server/app/ports/log.ts';
import type { TelephonyListener } from '../../server/app/ports/telephony.ts';
import { TwilioTelephony, type TwilioOptions } from '../../server/adapters/telephony/twilio/twilio-telephony.ts';
import { problemMiddleware } from '../../server/entrypoints/http/kit/problems.ts';
import { twilioWebhookRoutes } from '../../server/entrypoints/http/twilio-webhooks.ts';
import { MemoryLegs, noPace } from './memory-legs.ts';
import { testAccount, TwilioCarrier, type TestCarrierOptions } from './twilio-carrier/carrier.ts';

const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The adapter, its real webhooks on a port, and the test carrier on another: the two speak over HTTP as in life. */
export async function twilioRig(
  listener: TelephonyListener,
  options: Partial<TestCarrierOptions> = {},
  more: Partial<Pick<TwilioOptions, 'now' | 'log' | 'deleteFetched' | 'publicUrl'>> = {},
) {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'tel-twilio-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const localUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publicUrl = more.publicUrl ?? localUrl;
  const carrier = new TwilioCarrier({ publicUrl, callsPerSecond: 1000, ...options });
  const legs = new MemoryLegs();
  const { accountSid, apiKeySid, apiKeySecret, appSid, numbers, authToken } = testAccount;
  const telephony = new TwilioTelephony({
    account: {
      accountSid,
      apiKeySid,
      apiKeySecret,
      appSid,
      apiUrl: await carrier.listen(),
      callerIds: numbers,
      authTokens: [authToken, 'the next token'],
    },
    publicUrl,
    dataFolder,
    legs,
    pace: noPace,
    callsPerSecond: 1000,
    deleteFetched: false,
    edge: 'roaming',
    log: silentLog,
    ...more,
  });
  /** What is served as our clips, by id. */
  const clips = new Map<number, Uint8Array>();
  const app = express();
  app.use(
    '/telephony/twilio',
    twilioWebhookRoutes(telephony.webhooks, (clipId) => Promise.resolve(clips.get(clipId) ?? null)),
  );
  app.use(problemMiddleware);
  server.on('request', app);
  await telephony.start(listener);
  return {
    telephony,
    carrier,
    legs,
    clips,
    publicUrl,
    localUrl,
    connectBrowser: async (repId: number, parameters: Record<string, string> = {}) => {
      const access = await telephony.headsetAccess(repId);
      if (access.kind !== 'twilio') throw new Error('Twilio gives tokens');
      return carrier.connectBrowser(access.token, parameters);
    },
    close: async () => {
      await telephony.stop({ endCalls: true, graceSeconds: 0 });
      await carrier.close();
      // Its last callbacks may have set a recording's fetch going.
      await telephony.stop({ endCalls: false, graceSeconds: 0 });
      server.closeAllConnections();
      server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
