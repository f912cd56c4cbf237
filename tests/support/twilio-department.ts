import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { App } from '../../server/entrypoints/app.ts';
import { composeApp, composeWeb } from '../../server/entrypoints/compose.ts';
import { readEnv } from '../../server/entrypoints/env.ts';
import { createCarrier, telephonyListener } from '../../server/entrypoints/telephony.ts';
import { callingDepartment, type CallingDepartment } from './calling-department.ts';
import { freshDatabase } from './database.ts';
import { TwilioCarrier } from './twilio-carrier/carrier.ts';
import { sendOverHttp, type OutgoingRequest } from './twilio-carrier/deliveries.ts';
import { twilioSettings } from './twilio-carrier/settings.ts';

const clock = { now: () => new Date() };

export interface TwilioDepartment {
  app: App;
  database: Database;
  department: CallingDepartment;
  carrier: TwilioCarrier;
  /** What the carrier sent us, to send it again. */
  sent: OutgoingRequest[];
  actor: (index: number) => Actor;
  close: () => Promise<void>;
}

/** A department on a base of its own that calls over Twilio: the real webhooks on a port, the test carrier on another. */
export async function twilioDepartment({ speed, ...size }: { reps: number; companies: number; speed: number }): Promise<TwilioDepartment> {
  const base = await freshDatabase();
  const department = await callingDepartment(base.url, size);
  const database = openDatabase(base.url);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zagon-twilio-'));
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const sent: OutgoingRequest[] = [];
  const send = (request: OutgoingRequest) => {
    sent.push(request);
    return sendOverHttp(request);
  };
  const carrier = new TwilioCarrier({ publicUrl, speed, callsPerSecond: 100, withSound: true, send });
  const env = readEnv({
    DATABASE_URL: base.url,
    SESSION_SECRET: 'x'.repeat(32),
    DATA_DIR: dataDir,
    PUBLIC_URL: publicUrl,
    ...twilioSettings(await carrier.listen()),
    TWILIO_AUTH_TOKEN_NEXT: 'the token after it',
    TWILIO_CALLS_PER_SECOND: '50',
  });
  const logger = pino({ level: 'silent' });
  const { telephony, webhooks } = await createCarrier(env, '.', { log: logger, clock, database });
  const app = await composeApp({ env, logger, telephony, database, clock });
  const web = composeWeb({ env, logger, app, database, httpServer, console: null, carrierWebhooks: webhooks, isStopping: () => false });
  await telephony.start(telephonyListener(app, () => undefined).listener);
  return {
    app,
    database,
    department,
    carrier,
    sent,
    actor: (index) => {
      const rep = department.reps[index];
      if (!rep) throw new Error('there is no such rep');
      return { id: rep.id, name: `rep${index}`, role: 'rep', teamId: 1, timeZone: 'Europe/Moscow', locale: 'ru' };
    },
    close: async () => {
      await telephony.stop({ endCalls: true, graceSeconds: 0 });
      await carrier.close();
      await telephony.stop({ endCalls: false, graceSeconds: 0 });
      await web.close();
      httpServer.closeAllConnections();
      httpServer.close();
      await database.close();
      await department.close();
      await base.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
