import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { janusMessage, JanusUnreachable, refusalIn, type JanusMessage } from './janus-messages.ts';

const answerMilliseconds = 10_000;
/** A node that answers no ping for two rounds is taken for lost although its connection still stands. */
const pingMilliseconds = 1000;
const missedPings = 3;

/** How an answer is waited for. */
export interface Asking {
  /** Plugins answer twice: "ack" at once and an event later. */
  wantsEvent?: boolean;
  patienceMilliseconds?: number;
}

interface Waiting {
  wantsEvent: boolean;
  resolve: (message: JanusMessage) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export interface ConnectionEvents {
  /** What is no answer to a request of ours. */
  onMessage: (message: JanusMessage) => void;
  onClosed: () => void;
  /** A message that is not Janus's. */
  onUnreadable: (text: string) => void;
}

/** One WebSocket to one Janus: requests with their answers, and what Janus says by itself. */
export class JanusConnection {
  readonly #socket: WebSocket;
  readonly #secret: string | undefined;
  readonly #events: ConnectionEvents;
  readonly #waiting = new Map<string, Waiting>();
  #unansweredPings = 0;
  #pinging: NodeJS.Timeout | undefined;

  private constructor(socket: WebSocket, secret: string | undefined, events: ConnectionEvents) {
    this.#socket = socket;
    this.#secret = secret;
    this.#events = events;
    socket.on('message', (data: Buffer) => this.#take(data.toString('utf8')));
    socket.on('pong', () => (this.#unansweredPings = 0));
    socket.on('close', () => this.#closed());
    this.#pinging = setInterval(() => this.#ping(), pingMilliseconds);
  }

  /** @throws Error when nobody listens there */
  static async open(url: string, secret: string | undefined, events: ConnectionEvents): Promise<JanusConnection> {
    const socket = new WebSocket(url, 'janus-protocol', { handshakeTimeout: 3000 });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    // After the opening an error is always followed by `close`, which is what is acted upon.
    socket.on('error', () => undefined);
    return new JanusConnection(socket, secret, events);
  }

  /**
   * Asks and resolves with the answer.
   * @throws JanusRefused when Janus or the plugin says no, JanusUnreachable when no answer comes
   */
  async request(
    body: Record<string, unknown>,
    { wantsEvent = false, patienceMilliseconds = answerMilliseconds }: Asking = {},
  ): Promise<JanusMessage> {
    const transaction = randomUUID();
    const answered = new Promise<JanusMessage>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(transaction);
        reject(new JanusUnreachable('Janus did not answer in time'));
      }, patienceMilliseconds);
      this.#waiting.set(transaction, { wantsEvent, resolve, reject, timer });
    });
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ ...body, transaction, ...(this.#secret === undefined ? {} : { apisecret: this.#secret }) }));
    else this.#settle(transaction, (waiting) => waiting.reject(new JanusUnreachable('the connection to Janus is down')));
    const answer = await answered;
    const refusal = refusalIn(answer);
    if (refusal) throw refusal;
    return answer;
  }

  close(): void {
    this.#socket.terminate();
  }

  #take(text: string): void {
    let message: JanusMessage;
    try {
      message = janusMessage.parse(JSON.parse(text));
    } catch {
      this.#events.onUnreadable(text.slice(0, 200));
      return;
    }
    const waiting = message.transaction === undefined ? undefined : this.#waiting.get(message.transaction);
    if (message.transaction === undefined || !waiting) {
      if (message.janus !== 'ack') this.#events.onMessage(message);
      return;
    }
    if (message.janus === 'ack' && waiting.wantsEvent) return;
    this.#settle(message.transaction, () => waiting.resolve(message));
  }

  #settle(transaction: string, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(transaction);
    if (!waiting) return;
    this.#waiting.delete(transaction);
    clearTimeout(waiting.timer);
    how(waiting);
  }

  #ping(): void {
    if (this.#unansweredPings >= missedPings) {
      this.#socket.terminate();
      return;
    }
    this.#unansweredPings += 1;
    this.#socket.ping();
  }

  #closed(): void {
    clearInterval(this.#pinging);
    this.#pinging = undefined;
    for (const transaction of [...this.#waiting.keys()])
      this.#settle(transaction, (waiting) => waiting.reject(new JanusUnreachable('the connection to Janus broke off')));
    this.#events.onClosed();
  }
}
