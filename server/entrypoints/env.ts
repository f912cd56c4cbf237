import { z } from 'zod';

// The one place that reads the environment. `.env.example` lists the same names with their meaning; a test holds them equal.

const text = z.string().trim().min(1);
const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).transform((url) => url.replace(/\/+$/, ''));
const whole = (from: number, to: number) => z.coerce.number(`must be a whole number from ${from} to ${to}`).int().min(from).max(to);
const iceUrls = (scheme: RegExp, message: string) =>
  text.transform((list) => list.split(',').map((url) => url.trim())).pipe(z.array(z.string().regex(scheme, message)));

const common = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
  PORT: whole(1, 65_535).default(3000),
  PUBLIC_URL: httpUrl.optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters'),
  DATA_DIR: text.default('./data'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of fatal, error, warn, info, debug, trace, silent')
    .default('info'),
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  DEMO: flag.default(true),
  TELEPHONY: z.enum(['sandbox', 'twilio', 'sip'], 'must be sandbox, twilio or sip').default('sandbox'),
  STORAGE: z.enum(['disk', 's3'], 'must be disk or s3').default('disk'),
  STUN_URLS: iceUrls(/^stuns?:/, 'must be stun: or stuns: addresses, divided by commas').default([]),
  TURN_URLS: iceUrls(/^turns?:/, 'must be turn: or turns: addresses, divided by commas').default([]),
  TURN_SECRET: text.optional(),
};

const sandbox = {
  SANDBOX_SEED: whole(0, 2_147_483_647).default(1),
  SANDBOX_SPEED: z.coerce.number('must be a number above 0').positive('must be a number above 0').max(1000).default(1),
};

const twilio = {
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/i, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: text,
  TWILIO_AUTH_TOKEN_NEXT: text.optional(),
  TWILIO_API_KEY_SID: z.string().regex(/^SK[0-9a-f]{32}$/i, 'must be SK and 32 hexadecimal digits'),
  TWILIO_API_KEY_SECRET: text,
  TWILIO_APP_SID: z.string().regex(/^AP[0-9a-f]{32}$/i, 'must be AP and 32 hexadecimal digits'),
  TWILIO_CALLER_IDS: text
    .transform((list) => list.split(',').map((number) => number.trim()))
    .pipe(z.array(z.string().regex(/^\+\d{7,15}$/, 'must be numbers like +74950000000, divided by commas'))),
  TWILIO_API_URL: httpUrl.default('https://api.twilio.com'),
  TWILIO_CALLS_PER_SECOND: z.coerce.number('must be a number above 0').positive('must be a number above 0').max(100).default(1),
  TWILIO_DELETE_RECORDINGS: flag.default(false),
  TWILIO_EDGE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be an edge of Twilio like frankfurt, or roaming')
    .default('roaming'),
};

const sip = {
  SIP_JANUS_URLS: text
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(z.url({ protocol: /^wss?$/, error: 'must be ws:// or wss:// addresses, divided by commas' }))),
  SIP_JANUS_SECRET: text.optional(),
  SIP_TRUNKS_FILE: text,
  SIP_SHARED_FOLDER: text.optional(),
};

const s3 = {
  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: text.default('us-east-1'),
  S3_BUCKET: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
};

/** Every name that `readEnv` understands, for the test that compares them with `.env.example`. */
export const settingNames = [common, sandbox, twilio, sip, s3].flatMap((group) => Object.keys(group));

const commonSettings = z.object(common).refine((read) => read.TURN_URLS.length === 0 || read.TURN_SECRET !== undefined, {
  path: ['TURN_SECRET'],
  error: 'is needed with TURN_URLS',
});
const telephonySettings = {
  sandbox: z.object(sandbox).transform((read) => ({ kind: 'sandbox' as const, seed: read.SANDBOX_SEED, speed: read.SANDBOX_SPEED })),
  twilio: z.object(twilio).transform((read) => ({
    kind: 'twilio' as const,
    accountSid: read.TWILIO_ACCOUNT_SID,
    // Two tokens are accepted while the account's token is being rotated.
    authTokens: [read.TWILIO_AUTH_TOKEN, read.TWILIO_AUTH_TOKEN_NEXT].filter((token) => token !== undefined),
    apiKeySid: read.TWILIO_API_KEY_SID,
    apiKeySecret: read.TWILIO_API_KEY_SECRET,
    appSid: read.TWILIO_APP_SID,
    callerIds: read.TWILIO_CALLER_IDS,
    apiUrl: read.TWILIO_API_URL,
    callsPerSecond: read.TWILIO_CALLS_PER_SECOND,
    deleteFetched: read.TWILIO_DELETE_RECORDINGS,
    edge: read.TWILIO_EDGE,
  })),
  sip: z.object(sip).transform((read) => ({
    kind: 'sip' as const,
    janusUrls: read.SIP_JANUS_URLS,
    janusSecret: read.SIP_JANUS_SECRET,
    trunksFile: read.SIP_TRUNKS_FILE,
    sharedFolder: read.SIP_SHARED_FOLDER,
  })),
};
const storageSettings = {
  disk: z.object({}).transform(() => ({ kind: 'disk' as const })),
  s3: z.object(s3).transform((read) => ({
    kind: 's3' as const,
    endpoint: read.S3_ENDPOINT,
    region: read.S3_REGION,
    bucket: read.S3_BUCKET,
    accessKeyId: read.S3_ACCESS_KEY_ID,
    secretAccessKey: read.S3_SECRET_ACCESS_KEY,
  })),
};

export type TelephonyEnv = z.infer<(typeof telephonySettings)[keyof typeof telephonySettings]>;
export type StorageEnv = z.infer<(typeof storageSettings)[keyof typeof storageSettings]>;

/** The settings of one process, checked. */
export interface Env {
  databaseUrl: string;
  /** Absent on a single machine: jobs then live in PostgreSQL and sockets in this process. */
  redisUrl: string | undefined;
  port: number;
  /** How browsers and carriers reach us, without a slash at the end. */
  publicUrl: string;
  sessionSecret: string;
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  role: 'all' | 'api' | 'worker';
  /** Whether an empty base is filled with the demo department. */
  demo: boolean;
  telephony: TelephonyEnv;
  storage: StorageEnv;
  /** What headsets outside the office need to find a way to us. */
  turn: { stunUrls: readonly string[]; turnUrls: readonly string[]; secret: string | undefined };
}

/**
 * Reads and checks all settings.
 * @param source usually `process.env`; an empty value counts as not set
 * @throws Error naming each wrong setting in a sentence of its own
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const base = commonSettings.safeParse(given);
  // With an unknown kind its own settings cannot be judged; the sentence about the kind itself is enough.
  const telephony = telephonySettings[kindOf(common.TELEPHONY, given.TELEPHONY) ?? 'sandbox'].safeParse(given);
  const storage = storageSettings[kindOf(common.STORAGE, given.STORAGE) ?? 'disk'].safeParse(given);
  if (!base.success || !telephony.success || !storage.success) {
    throw new Error([base, telephony, storage].flatMap((part) => sentences(part.error, given)).join('\n'));
  }
  const read = base.data;
  return {
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    sessionSecret: read.SESSION_SECRET,
    dataDir: read.DATA_DIR,
    logLevel: read.LOG_LEVEL,
    role: read.ROLE,
    demo: read.DEMO,
    telephony: telephony.data,
    storage: storage.data,
    turn: { stunUrls: read.STUN_URLS, turnUrls: read.TURN_URLS, secret: read.TURN_SECRET },
  };
}

function kindOf<Kind>(schema: z.ZodType<Kind>, value: string | undefined): Kind | undefined {
  return schema.safeParse(value).data;
}

/** One sentence per wrong setting, without its value: it may be a secret. */
function sentences(error: z.ZodError | undefined, given: Record<string, string | undefined>): string[] {
  const issues = new Map(error?.issues.map((issue) => [String(issue.path[0]), issue.message]));
  return [...issues].map(([name, message]) =>
    given[name] === undefined ? `${name} is not set.` : `${name} ${message.startsWith('must') ? message : `is wrong (${message})`}.`,
  );
}
