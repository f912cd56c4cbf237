import type { RequestHandler, Response } from 'express';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { TelephonyEnv } from '../env.ts';

/** Where the reps' browsers may connect besides our own address: what the carrier in use needs and nothing else. */
export function carrierConnections(telephony: TelephonyEnv): string[] {
  if (telephony.kind !== 'twilio') return [];
  // Whoever asks for the nearest edge is told which it was, and comes back to that one by its own name.
  return [telephony.edge === 'roaming' ? 'wss://*.twilio.com' : `wss://voice-js.${telephony.edge}.twilio.com`];
}

/** Adds to the policy that the console was built with what only the running server's settings know. */
function widenConnections(response: Response, connections: readonly string[]): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === 'content-security-policy' && typeof value === 'string'
      ? setHeader(name, value.replace("connect-src 'self'", ["connect-src 'self'", ...connections].join(' ')))
      : setHeader(name, value);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * The file of the console that an address names, or null when it names none. The built handler knows its files by heart and dies with the
 * whole server of one that is gone, as after a new build into the same folder.
 */
function fileAskedFor(client: string, address: string): string | null {
  if (path.posix.extname(address) === '') return null;
  try {
    return path.join(client, decodeURIComponent(address));
  } catch {
    // No address of a file of ours; the console answers that there is no such page.
    return null;
  }
}

/** The built console. Behind plain http SvelteKit would take every address for https; the header tells it otherwise. */
export async function builtConsole(root: string, connections: readonly string[]): Promise<RequestHandler | null> {
  const file = path.join(root, 'build/web/handler.js');
  if (!existsSync(file)) return null;
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  const built = (await import(pathToFileURL(file).href)) as { handler: RequestHandler };
  return async (request, response, next) => {
    const wanted = fileAskedFor(path.join(root, 'build/web/client'), request.path);
    const isThere = wanted === null || (await exists(wanted));
    if (!isThere) {
      response.status(404).end();
      return;
    }
    widenConnections(response, connections);
    request.headers['x-forwarded-proto'] ??= request.protocol;
    await built.handler(request, response, next);
  };
}
