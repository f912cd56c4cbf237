import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Line } from './line.ts';

/** Twilio fetches the clip at once; time is for its retries. */
const ticketSeconds = 300;

const signatureOf = (line: Line, clipId: number, expiresAt: string): string =>
  createHmac('sha256', line.account.apiKeySecret).update(`clip:${clipId}:${expiresAt}`).digest('base64url');

/** What an address of a clip must carry to be answered; any node reads it and nobody else makes one. */
export function ticketFor(line: Line, clipId: number): string {
  const expiresAt = String(line.now().getTime() + ticketSeconds * 1000);
  return `${expiresAt}.${signatureOf(line, clipId, expiresAt)}`;
}

export function isClipTicket(line: Line, clipId: number, ticket: string): boolean {
  const [expiresAt = '', signature = ''] = ticket.split('.');
  const expected = Buffer.from(signatureOf(line, clipId, expiresAt));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) && Number(expiresAt) > line.now().getTime();
}
