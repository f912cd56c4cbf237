import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const hostPort = z.string().regex(/^[^\s@/:]+(:\d{1,5})?$/, 'must be a host or host:port');
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number like +74950000000');

const trunkSchema = z.strictObject({
  /** How logs and checks call it. */
  name: z.string().trim().min(1).max(40),
  /** Where calls go: host or host:port of the carrier or PBX. */
  host: hostPort,
  /** Sign-in by digest; absent when the trunk knows us by our address. */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  /** The sign-in's own name where it differs from the user. */
  authUser: z.string().min(1).optional(),
  /** Keeps us registered there, which is how calls reach us. */
  register: z.boolean().default(false),
  transport: z.enum(['udp', 'tcp', 'tls']).default('udp'),
  srtp: z.enum(['off', 'optional', 'mandatory']).default('off'),
  /** In the order in which they are tried. */
  codecs: z
    .array(z.enum(['pcma', 'pcmu']))
    .min(1)
    .default(['pcma', 'pcmu']),
  /** The number shown when the call names none. */
  callerId: e164,
  /** How the trunk wants numbers: +7495…, 7495… or 8495… (others abroad with 8 10). */
  numbers: z.enum(['e164', 'withoutPlus', 'russian8']).default('e164'),
  /** Keypad digits as sound, or as SIP INFO. */
  digits: z.enum(['inband', 'info']).default('inband'),
  /** The country whose national numbers callers are shown with. */
  country: z.string().length(2).default('RU'),
});

export type Trunk = z.infer<typeof trunkSchema>;
const trunksSchema = z.array(trunkSchema).min(1);

/** The trunks in the order in which they are tried. @throws Error that names the file and each wrong entry */
export async function readTrunks(filePath: string): Promise<Trunk[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(filePath, 'utf8'));
  } catch (error) {
    throw new Error(`SIP_TRUNKS_FILE ${filePath} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const read = trunksSchema.safeParse(content);
  if (!read.success)
    throw new Error(read.error.issues.map((issue) => `SIP_TRUNKS_FILE ${filePath}: ${issue.path.join('.')} ${issue.message}`).join('\n'));
  return read.data;
}

/** The address of a number at a trunk. Janus takes no `sips:`; the transport says what is meant. */
export function addressAt(trunk: Trunk, number: string): string {
  return `sip:${spelledFor(trunk, number)}@${trunk.host}${transportSuffix(trunk)}`;
}

/** How an address says by what it is reached. */
export const transportSuffix = ({ transport }: Trunk): string => (transport === 'udp' ? '' : `;transport=${transport}`);

/** Who calls, as the trunk sees it. */
export function callerAt(trunk: Trunk, number: string | null): string {
  const host = trunk.host.replace(/:\d+$/, '');
  return `sip:${spelledFor(trunk, number ?? trunk.callerId)}@${host}`;
}

function spelledFor(trunk: Trunk, number: string): string {
  switch (trunk.numbers) {
    case 'e164':
      return number;
    case 'withoutPlus':
      return number.slice(1);
    case 'russian8':
      return number.startsWith('+7') ? `8${number.slice(2)}` : `810${number.slice(1)}`;
    default:
      return trunk.numbers satisfies never;
  }
}

/** What the plugin must be told to sign in, also for calls alone. */
export function signInOf(trunk: Trunk): Record<string, string> {
  if (trunk.password === undefined) return {};
  const authUser = trunk.authUser ?? trunk.user;
  return { secret: trunk.password, ...(authUser === undefined ? {} : { authuser: authUser }) };
}
