import type { Log } from '../../../app/ports/log.ts';
import { JanusConnection, type Asking } from './janus-connection.ts';
import { isGone, JanusUnreachable, type JanusMessage, type Jsep, type PluginWord } from './janus-messages.ts';

const keepaliveMilliseconds = 20_000;
const retryMilliseconds = 250;
/** A Janus that cannot be reached for so long has lost its calls: the prospects heard nothing for as long. */
const lostAfterMilliseconds = 750;

/** A dialogue is being changed for so long at most. */
const busyMilliseconds = 400;
const busyTries = 8;

export type Plugin = 'janus.plugin.sip' | 'janus.plugin.audiobridge';

/** What is told of one handle. */
export interface HandleEvents {
  onWord: (word: PluginWord) => void;
  /** The peer connection stands. */
  onUp: () => void;
  /** The peer connection is gone; the handle may go on. */
  onDown: (reason: string) => void;
  /** For a second no sound came in, or it comes again. */
  onMedia: (receiving: boolean) => void;
}

/** For a handle of which only the answers matter. */
export const nobodyListens: HandleEvents = {
  onWord: () => undefined,
  onUp: () => undefined,
  onDown: () => undefined,
  onMedia: () => undefined,
};

export interface NodeEvents {
  /** Connected, with the session that we had, and all that is in it, or a new one. */
  onUp: (isSameSession: boolean) => Promise<void>;
  /** Everything that this node carried is over. */
  onLost: () => void;
}

export interface NodeOptions {
  url: string;
  secret: string | undefined;
  /** The session that an earlier process left here. */
  earlierSession: number | undefined;
  log: Log;
  events: NodeEvents;
}

/** One handle of a plugin, which is one leg of sound. */
export class JanusHandle {
  readonly id: number;
  readonly #node: JanusNode;

  constructor(node: JanusNode, id: number) {
    this.#node = node;
    this.id = id;
  }

  /** Asks the plugin and resolves with its answer. @throws JanusRefused, JanusUnreachable */
  async ask(body: Record<string, unknown>, jsep?: Jsep): Promise<PluginWord> {
    const request = { janus: 'message', handle_id: this.id, body, ...(jsep ? { jsep } : {}) };
    const { plugindata, jsep: answered } = await this.#node.request(request, { wantsEvent: true });
    return { data: plugindata?.data ?? {}, jsep: answered };
  }

  /**
   * Asks for what the SIP plugin passes over in silence while its dialogue is being changed, until it is heard.
   * @throws JanusRefused, JanusUnreachable
   */
  async askUntilHeard(body: Record<string, unknown>): Promise<void> {
    const request = { janus: 'message', handle_id: this.id, body };
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#node.request(request, { wantsEvent: true, patienceMilliseconds: busyMilliseconds });
        return;
      } catch (error) {
        if (!(error instanceof JanusUnreachable) || attempt === busyTries) throw error;
      }
    }
  }

  /** Asks for what the plugin may pass over in silence when the call's state is another by now; what comes of it is a word of its own. */
  async command(body: Record<string, unknown>): Promise<void> {
    await this.#node.request({ janus: 'message', handle_id: this.id, body });
  }

  async trickle(candidate: Record<string, unknown>): Promise<void> {
    await this.#node.request({ janus: 'trickle', handle_id: this.id, candidate });
  }

  /** Tells all the ways at once, and that these are all. */
  async trickleAll(candidates: readonly Record<string, unknown>[]): Promise<void> {
    await this.#node.request({ janus: 'trickle', handle_id: this.id, candidates: [...candidates, { completed: true }] });
  }

  /** Ends the handle; one that is gone is ended already. */
  async detach(): Promise<void> {
    this.#node.forget(this.id);
    try {
      await this.#node.request({ janus: 'detach', handle_id: this.id });
    } catch (error) {
      if (!isGone(error) && !(error instanceof JanusUnreachable)) throw error;
    }
  }
}

/** One Janus: a connection that comes back by itself and one session that outlives it, and us. */
export class JanusNode {
  readonly url: string;
  readonly #options: NodeOptions;
  readonly #handles = new Map<number, HandleEvents>();
  #connection: JanusConnection | null = null;
  #session: number | undefined;
  #keepalive: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #downSince: number | null = null;
  #isStopped = false;
  /** Its calls were told to be over: they must not go on in silence. */
  #abandoned: number | undefined;

  constructor(options: NodeOptions) {
    this.url = options.url;
    this.#options = options;
    this.#session = options.earlierSession;
  }

  get isUp(): boolean {
    return this.#connection !== null;
  }

  get session(): number | undefined {
    return this.#session;
  }

  /** Tries once; a node that is not there now is tried again until it is. */
  async start(): Promise<void> {
    await this.#connect();
  }

  /** Leaves the session to who claims it next, or ends it with all that it carries. */
  async stop(how: { keepSession: boolean }): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#keepalive);
    if (!how.keepSession && this.#connection) await this.request({ janus: 'destroy' }).catch(() => undefined);
    this.#connection?.close();
    this.#connection = null;
  }

  async attach(plugin: Plugin, events: HandleEvents): Promise<JanusHandle> {
    const answer = await this.request({ janus: 'attach', plugin });
    const id = answer.data?.id;
    if (id === undefined) throw new Error('Janus attached a handle without an id');
    return this.adopt(id, events);
  }

  /** Listens to a handle that is there already. */
  adopt(id: number, events: HandleEvents): JanusHandle {
    this.#handles.set(id, events);
    return new JanusHandle(this, id);
  }

  forget(id: number): void {
    this.#handles.delete(id);
  }

  /** A request inside our session. */
  request(body: Record<string, unknown>, asking: Asking = {}): Promise<JanusMessage> {
    if (!this.#connection) return Promise.reject(new JanusUnreachable(`the Janus at ${this.url} is out of reach`));
    return this.#connection.request({ session_id: this.#session, ...body }, asking);
  }

  async #connect(): Promise<void> {
    try {
      const connection = await JanusConnection.open(this.url, this.#options.secret, {
        onMessage: (message) => this.#take(message),
        onClosed: () => this.#closed(),
        onUnreadable: (text) => this.#options.log.warn({ url: this.url, text }, 'Janus said what is not its protocol'),
      });
      const isSame = await this.#openSession(connection);
      if (!isSame) this.#tellLost();
      this.#connection = connection;
      this.#downSince = null;
      clearInterval(this.#keepalive);
      this.#keepalive = setInterval(() => this.#keepAlive(), keepaliveMilliseconds);
      this.#options.log.info({ url: this.url, sameSession: isSame }, 'connected to Janus');
      await this.#options.events.onUp(isSame);
    } catch (error) {
      this.#options.log.warn({ url: this.url, err: error }, 'Janus is out of reach');
      this.#tryAgain();
    }
  }

  /** Claims the session that we had; answers whether it was still there. */
  async #openSession(connection: JanusConnection): Promise<boolean> {
    await this.#endAbandoned(connection);
    if (this.#session !== undefined) {
      try {
        await connection.request({ janus: 'claim', session_id: this.#session });
        return true;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    const { data } = await connection.request({ janus: 'create' });
    this.#session = data?.id;
    return false;
  }

  async #endAbandoned(connection: JanusConnection): Promise<void> {
    if (this.#abandoned === undefined) return;
    try {
      await connection.request({ janus: 'claim', session_id: this.#abandoned });
      await connection.request({ janus: 'destroy', session_id: this.#abandoned });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    this.#abandoned = undefined;
  }

  #take(message: JanusMessage): void {
    const events = message.sender === undefined ? undefined : this.#handles.get(message.sender);
    if (!events) return;
    switch (message.janus) {
      case 'event':
        events.onWord({ data: message.plugindata?.data ?? {}, jsep: message.jsep });
        break;
      case 'webrtcup':
        events.onUp();
        break;
      case 'hangup':
      case 'detached':
        events.onDown(message.reason ?? message.janus);
        break;
      case 'media':
        events.onMedia(message.receiving ?? true);
        break;
      case 'slowlink':
      case 'trickle':
        break;
      default:
        this.#options.log.warn({ url: this.url, word: message.janus }, 'Janus said a word that no table knows');
    }
  }

  #keepAlive(): void {
    this.request({ janus: 'keepalive' }).catch((error: unknown) => {
      this.#options.log.warn({ url: this.url, err: error }, 'a sign of life was not taken by Janus');
    });
  }

  #closed(): void {
    if (this.#connection === null || this.#isStopped) return;
    this.#connection = null;
    clearInterval(this.#keepalive);
    this.#options.log.error({ url: this.url }, 'the connection to Janus is lost');
    this.#tryAgain();
  }

  #tryAgain(): void {
    if (this.#isStopped) return;
    this.#downSince ??= Date.now();
    if (Date.now() - this.#downSince >= lostAfterMilliseconds) this.#giveUpSession();
    this.#retry = setTimeout(() => void this.#connect(), retryMilliseconds);
  }

  #giveUpSession(): void {
    this.#abandoned ??= this.#session;
    this.#session = undefined;
    this.#tellLost();
  }

  #tellLost(): void {
    if (this.#handles.size === 0) return;
    this.#handles.clear();
    this.#options.events.onLost();
  }
}
