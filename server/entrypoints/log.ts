import { pino, type Logger } from 'pino';
import type { Env } from './env.ts';

/** One JSON line per event on stdout. Ids and codes only: what could be a name, a phone or a note is censored even by mistake. */
export function createLogger(level: Env['logLevel']): Logger {
  const personal = ['name', 'phone', 'phoneE164', 'to', 'from', 'note', 'password', 'email'];
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: [...personal, ...personal.map((word) => `*.${word}`)], censor: '[hidden]' },
  });
}
