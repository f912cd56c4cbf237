import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { RTCDtlsTransport } from 'werift';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { BrowserSound } from './browser-sound.ts';
import { silentBrowser, untilInRoom, type Grant } from './devices.ts';
import type { Exchange } from './exchange.ts';
import type { Instructions } from './instructions.ts';
import type { Leg } from './leg.ts';

/** The kit takes a socket for dead that was silent for 15 s. */
const heartbeatMilliseconds = 5_000;
const heartbeat = '\n';

const incoming = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listen'), payload: z.object({ token: z.string(), reconnectTimeout: z.number() }) }),
  z.object({ type: z.literal('invite'), payload: z.object({ callsid: z.string(), sdp: z.string(), reconnect: z.string().optional() }) }),
  z.object({ type: z.literal('hangup'), payload: z.object({ callsid: z.string() }) }),
]);
type Incoming = z.infer<typeof incoming>;

interface BrowserCall {
  leg: Leg;
  sound: BrowserSound;
  /** Who shows it may go on with the call over another socket. */
  reconnectToken: string;
  session: Session | null;
}

interface Session {
  socket: WebSocket;
  grant: Grant | null;
  /** How long a call outlives its socket. */
  reconnectSeconds: number;
}

export interface GatewayParts {
  exchange: Exchange;
  instructions: Instructions;
  voiceUrl: () => string;
  readToken: (token: string) => Grant;
  complain: (complaint: string) => void;
}

/**
 * Where browsers with the carrier's kit sign in and place their calls: the messages of its `pstream`, over a WebSocket with a
 * certificate made here, and the sound over WebRTC.
 */
export class SignallingGateway {
  readonly #parts: GatewayParts;
  readonly #calls = new Map<string, BrowserCall>();
  readonly #sessions = new Set<Session>();
  /** Tokens that browsers have shown, in order. */
  readonly tokens: string[] = [];
  /** Calls that went on over another socket. */
  reconnections = 0;
  /** What browsers are told of how long their token lives; the token's own life when null. */
  tokenSeconds: number | null = null;
  #server: Server | null = null;
  #beating: NodeJS.Timeout | undefined;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** Listens on a free port and answers it. */
  async listen(): Promise<number> {
    const { certPem, privateKey } = await RTCDtlsTransport.SetupCertificate();
    const server = createServer({ cert: certPem, key: privateKey });
    new WebSocketServer({ server, path: '/signal' }).on('connection', (socket) => this.#open(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.#beating = setInterval(() => {
      for (const { socket } of this.#sessions) socket.send(heartbeat);
    }, heartbeatMilliseconds);
    this.#beating.unref();
    return (server.address() as AddressInfo).port;
  }

  /** Calls of browsers that live, the oldest first. */
  get legs(): Leg[] {
    return [...this.#calls.values()].map(({ leg }) => leg).filter((leg) => !leg.isOver);
  }

  /** The network between browsers and us is cut: no goodbye on either side. */
  cut(): void {
    for (const { socket } of this.#sessions) socket.terminate();
  }

  async close(): Promise<void> {
    clearInterval(this.#beating);
    this.cut();
    await Promise.all([...this.#calls.values()].map(({ sound }) => sound.close()));
    if (this.#server) await new Promise((resolve) => this.#server?.close(resolve));
  }

  #open(socket: WebSocket): void {
    const session: Session = { socket, grant: null, reconnectSeconds: 0 };
    this.#sessions.add(session);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === heartbeat) return;
      const read = incoming.safeParse(JSON.parse(text));
      if (read.success)
        this.#take(session, read.data).catch((error: unknown) => this.#parts.complain(`the gateway could not obey: ${String(error)}`));
      else this.#parts.complain(`31000 the gateway does not know ${text.slice(0, 200)}`);
    });
    socket.on('close', () => this.#gone(session));
  }

  async #take(session: Session, message: Incoming): Promise<void> {
    switch (message.type) {
      case 'listen':
        this.#listenFor(session, message.payload);
        break;
      case 'invite':
        if (message.payload.reconnect === undefined) await this.#invite(session, message.payload);
        else this.#goOn(session, message.payload.callsid, message.payload.reconnect);
        break;
      case 'hangup': {
        const call = this.#calls.get(message.payload.callsid);
        if (call) this.#parts.exchange.end(call.leg, 'completed');
        break;
      }
      default:
        message satisfies never;
    }
  }

  #listenFor(session: Session, { token, reconnectTimeout }: { token: string; reconnectTimeout: number }): void {
    this.tokens.push(token);
    session.reconnectSeconds = reconnectTimeout;
    try {
      session.grant = this.#parts.readToken(token);
    } catch (error) {
      const code = String(error).includes('20104') ? 31_205 : 31_204;
      this.#parts.complain(`${code} ${String(error)}`);
      tell(session, 'error', { error: { code, message: String(error) } });
      return;
    }
    const { identity, expiresAt } = session.grant;
    const ttl = this.tokenSeconds ?? Math.round((expiresAt.getTime() - Date.now()) / 1000);
    tell(session, 'connected', { region: 'us1', edge: 'ashburn', home: 'us1', token: { identity, ttl } });
  }

  /** A new call: its document says where it goes, and it is answered when it is there. */
  async #invite(session: Session, { sdp, callsid }: { sdp: string; callsid: string }): Promise<void> {
    const { exchange, instructions, voiceUrl } = this.#parts;
    if (!session.grant) {
      tell(session, 'error', { callsid, error: { code: 31_201, message: 'Authentication failed' } });
      return;
    }
    const leg = exchange.arrive(silentBrowser(session.grant.identity));
    const sound = new BrowserSound(leg);
    const call: BrowserCall = { leg, sound, reconnectToken: randomUUID(), session };
    this.#calls.set(leg.sid, call);
    leg.voice.set(Date.now(), sound);
    leg.whenOver.push(() => this.#over(call));
    const answer = await sound.answer(sdp);
    void instructions.follow(leg, voiceUrl());
    await untilInRoom(leg);
    if (leg.isOver) tell(session, 'hangup', { callsid });
    else tell(session, 'answer', { callsid: leg.sid, sdp: answer, reconnect: call.reconnectToken });
  }

  /** The same call over another socket, or over the same one with another token. */
  #goOn(session: Session, callsid: string, reconnectToken: string): void {
    const call = this.#calls.get(callsid);
    if (!call || call.leg.isOver || call.reconnectToken !== reconnectToken) {
      tell(session, 'hangup', { callsid, error: { code: 31_002, message: 'the call is over' } });
      return;
    }
    if (call.session !== session) this.reconnections += 1;
    call.session = session;
    tell(session, 'answer', { callsid, reconnect: reconnectToken });
  }

  #over(call: BrowserCall): void {
    void call.sound.close();
    if (call.session) tell(call.session, 'hangup', { callsid: call.leg.sid });
  }

  /** A call outlives its socket for as long as the browser asked for. */
  #gone(session: Session): void {
    this.#sessions.delete(session);
    for (const call of this.#calls.values()) {
      if (call.session !== session) continue;
      call.session = null;
      this.#parts.exchange.later(call.leg, session.reconnectSeconds, () => {
        if (call.session === null) this.#parts.exchange.end(call.leg, 'completed');
      });
    }
  }
}

function tell({ socket }: Session, type: string, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type, payload, version: '1.6' }));
}
