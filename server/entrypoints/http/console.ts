import type { RequestHandler } from 'express';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The built console. Behind plain http SvelteKit would take every address for https; the header tells it otherwise. */
export async function builtConsole(root: string): Promise<RequestHandler | null> {
  const file = path.join(root, 'build/web/handler.js');
  if (!existsSync(file)) return null;
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  const built = (await import(pathToFileURL(file).href)) as { handler: RequestHandler };
  return (request, response, next) => {
    request.headers['x-forwarded-proto'] ??= request.protocol;
    built.handler(request, response, next);
  };
}
