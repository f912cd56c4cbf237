import twilio from 'twilio';
import { identityOf } from './names.ts';

/** Long enough for a meeting without a break, short enough for a laptop that was left on a train. */
const lifeSeconds = 3600;

/** What a rep's browser signs in with: calls through our app, into his room. Nobody calls the browser. */
export function accessTokenFor(
  repId: number,
  account: { accountSid: string; apiKeySid: string; apiKeySecret: string; appSid: string },
  now: Date,
): { token: string; identity: string; expiresAt: Date } {
  const { AccessToken } = twilio.jwt;
  const identity = identityOf(repId);
  const token = new AccessToken(account.accountSid, account.apiKeySid, account.apiKeySecret, { identity, ttl: lifeSeconds });
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: account.appSid, incomingAllow: false }));
  return { token: token.toJwt(), identity, expiresAt: new Date(now.getTime() + lifeSeconds * 1000) };
}
