import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

export const account = { user: 'zagon', password: 'a password of tests' };

export interface TestRegistrar {
  host: string;
  /** Where calls for the account go, once it is registered; null before. */
  readonly contact: { host: string; uri: string } | null;
  /** How many registrations it took. */
  readonly taken: number;
  /** How many registrations it refused for their password. */
  readonly refused: number;
  stop(): void;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A registrar that asks for a digest and remembers where the account is, as trunks and PBXs do (RFC 3261, RFC 2617). */
export async function startRegistrar(): Promise<TestRegistrar> {
  const socket = createSocket('udp4');
  const nonce = randomBytes(8).toString('hex');
  const realm = 'trunk.test';
  let contact: TestRegistrar['contact'] = null;
  let taken = 0;
  let refused = 0;
  const isRight = (authorization: string): boolean => {
    const field = (name: string): string => new RegExp(`${name}="?([^",]+)"?`, 'i').exec(authorization)?.[1] ?? '';
    const secret = md5(`${account.user}:${realm}:${account.password}`);
    const request = md5(`REGISTER:${field('uri')}`);
    const middle = field('qop') === '' ? field('nonce') : [field('nonce'), field('nc'), field('cnonce'), field('qop')].join(':');
    return field('username') === account.user && field('response') === md5(`${secret}:${middle}:${request}`);
  };
  const answer = (request: string, status: string, more: string, to: RemoteInfo): void => {
    const kept = request.split('\r\n').filter((line) => /^(via|from|call-id|cseq):/i.test(line));
    const called = /^to:.*$/im.exec(request)?.[0] ?? '';
    const reply = [`SIP/2.0 ${status}`, ...kept, `${called};tag=registrar`, more, 'Content-Length: 0', '', ''].filter(
      (line, index) => line !== '' || index > 4,
    );
    socket.send(reply.join('\r\n'), to.port, to.address);
  };
  socket.on('message', (data, from) => {
    const request = data.toString('utf8');
    if (!request.startsWith('REGISTER ')) return;
    const authorization = /^authorization: digest (.*)$/im.exec(request)?.[1];
    if (authorization === undefined || !isRight(authorization)) {
      if (authorization !== undefined) refused += 1;
      answer(request, '401 Unauthorized', `WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}", algorithm=MD5`, from);
      return;
    }
    const registered = /^contact:\s*(<sip:(?:[^@>]+@)?([^;>]+)[^>]*>).*$/im.exec(request);
    if (registered?.[1] !== undefined && registered[2] !== undefined) contact = { host: registered[2], uri: registered[1].slice(1, -1) };
    taken += 1;
    answer(request, '200 OK', `${/^contact:.*$/im.exec(request)?.[0] ?? ''};expires=3600`, from);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    host: `127.0.0.1:${socket.address().port}`,
    get contact() {
      return contact;
    },
    get taken() {
      return taken;
    },
    get refused() {
      return refused;
    },
    stop: () => socket.close(),
  };
}
