import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import twilio from 'twilio';
import { Addresses } from '../addresses.ts';
import type { AccountToCheck, Asked, Outside } from './account-to-check.ts';
import { right, wrong, type Finding } from './finding.ts';

const answerMilliseconds = 15_000;

export const realOutside: Outside = {
  addressesOf: (host) => lookup(host, { all: true }),
  ask: async ({ method, url, headers, body }) => {
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(answerMilliseconds) });
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text: await response.text() };
  },
};

/** Addresses that mean something inside of a house only. */
const inside = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');
inside.addAddress('::1', 'ipv6');

/** Whether Twilio can reach us at PUBLIC_URL and is believed there: name, way, certificate, our own server, its signature check. */
export async function checkReach(given: AccountToCheck): Promise<Finding[]> {
  const url = new URL(given.publicUrl);
  if (url.protocol !== 'https:') return [wrong('PUBLIC_URL must be an https address that Twilio can reach.')];
  const name = await checkName(given.outside, url.hostname);
  if (!name.ok) return [name];
  const server = await checkServer(given, url);
  return server.ok ? [name, server, await checkWebhooks(given)] : [name, server];
}

async function checkName(outside: Outside, host: string): Promise<Finding> {
  let found: { address: string; family: number }[];
  try {
    found = await outside.addressesOf(host);
  } catch (error) {
    return wrong(`The name ${host} of PUBLIC_URL leads nowhere (${codeOf(error)}): make an A record for it in your domain.`);
  }
  const hidden = found.find(({ address, family }) => inside.check(address, family === 6 ? 'ipv6' : 'ipv4'));
  if (hidden)
    return wrong(`${host} leads to ${hidden.address}, which only your own network knows: Twilio needs a public address, or a tunnel.`);
  return right(`${host} leads to ${found.map(({ address }) => address).join(', ')}.`);
}

/** What went wrong on the way, by Node's own codes. */
const wayWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there: is the server started, and port 443 led to it?',
  ETIMEDOUT: 'nobody answers: is port 443 open in the firewall?',
  EHOSTUNREACH: 'there is no way to that address.',
  ECONNRESET: 'the connection was broken off.',
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed: Twilio wants one of a public authority (Let’s Encrypt is enough).',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is of an authority that nobody else knows.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes without the intermediate ones: serve the full chain.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes without the intermediate ones: serve the full chain.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name.',
};

async function checkServer({ outside, publicUrl }: AccountToCheck, { host }: URL): Promise<Finding> {
  let answer: Asked;
  try {
    answer = await outside.ask({ method: 'GET', url: `${publicUrl}/healthz`, headers: {}, body: null });
  } catch (error) {
    const code = codeOf(error);
    return wrong(`PUBLIC_URL does not answer (${code}): ${wayWords[code] ?? 'the server must run, and be reachable by https.'}`);
  }
  if (answer.status >= 300 && answer.status < 400)
    return wrong('PUBLIC_URL leads on to another address: put that one into PUBLIC_URL, Twilio’s signature is made over it.');
  if (answer.status !== 200 || !answer.text.includes('"ok":true'))
    return wrong(`What answers at ${host} is not this server (${answer.status}): look at the proxy before it.`);
  return right(
    'This server answers at PUBLIC_URL, with a certificate that is believed. Asked from this machine: a firewall may still keep Twilio out.',
  );
}

/** The document of the music on hold tells nothing of anybody and changes nothing: signed it must come, unsigned it must not. */
async function checkWebhooks({ outside, publicUrl, account }: AccountToCheck): Promise<Finding> {
  const url = new Addresses(publicUrl).holdMusic();
  const words = { AccountSid: account.accountSid };
  const ask = (headers: Record<string, string>): Promise<Asked> =>
    outside.ask({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(words).toString(),
    });
  const [token = ''] = account.authTokens;
  const signed = await ask({ 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, words) });
  if (signed.status === 404)
    return wrong('The server at PUBLIC_URL does not run with TELEPHONY=twilio: start it again with these settings.');
  if (signed.status === 403)
    return wrong(
      'The server at PUBLIC_URL does not believe a request signed as Twilio signs: it runs with another PUBLIC_URL or TWILIO_AUTH_TOKEN, or the proxy before it changes path or body.',
    );
  if (signed.status !== 200 || !signed.contentType.includes('xml'))
    return wrong(`The webhooks at PUBLIC_URL answer ${signed.status}: look at the server's log.`);
  const unsigned = await ask({});
  return unsigned.status === 403
    ? right('Webhooks are answered when they are signed, and refused when they are not.')
    : wrong(
        `A request without a signature is answered ${unsigned.status} instead of 403: whoever stands before this server signs for strangers.`,
      );
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'ETIMEDOUT';
  if (error.cause instanceof Error) return codeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
