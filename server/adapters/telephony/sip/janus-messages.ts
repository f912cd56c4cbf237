import { z } from 'zod';

/** Anything that Janus says over its WebSocket; what we do not read is left in place. */
export const janusMessage = z.object({
  janus: z.string(),
  transaction: z.string().optional(),
  session_id: z.number().optional(),
  /** The handle that speaks. */
  sender: z.number().optional(),
  data: z.object({ id: z.number().optional() }).optional(),
  plugindata: z.object({ plugin: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
  jsep: z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() }).optional(),
  error: z.object({ code: z.number(), reason: z.string() }).optional(),
  reason: z.string().optional(),
  /** Of a peer connection: whether sound comes in. */
  receiving: z.boolean().optional(),
});

export type JanusMessage = z.infer<typeof janusMessage>;
export type Jsep = NonNullable<JanusMessage['jsep']>;

/** What a plugin answered to a request, or said by itself. */
export interface PluginWord {
  data: Record<string, unknown>;
  jsep: Jsep | undefined;
}

/** Janus took the request and refused it; the code is Janus's own or its plugin's. */
export class JanusRefused extends Error {
  override name = 'JanusRefused';
  readonly code: number;
  constructor(code: number, reason: string) {
    super(`Janus refused (${code}): ${reason}`);
    this.code = code;
  }
}

/** No answer came, or the connection is down: nobody knows whether it was done. */
export class JanusUnreachable extends Error {
  override name = 'JanusUnreachable';
}

/** Codes of the core and of the plugins for what is not there (any more). */
const goneCodes: ReadonlySet<number> = new Set([458, 459]);

/** Whether a session or handle that we spoke of is gone. */
export const isGone = (error: unknown): boolean => error instanceof JanusRefused && goneCodes.has(error.code);

/** The refusal that a reply carries, in the core's own form or in a plugin's. */
export function refusalIn(message: JanusMessage): JanusRefused | null {
  if (message.janus === 'error') return new JanusRefused(message.error?.code ?? 0, message.error?.reason ?? 'no reason given');
  const { error, error_code: code } = message.plugindata?.data ?? {};
  if (typeof code !== 'number') return null;
  return new JanusRefused(code, typeof error === 'string' ? error : 'no reason given');
}
