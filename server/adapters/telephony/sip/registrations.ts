import { nobodyListens, type HandleEvents, type JanusHandle } from './janus-node.ts';
import type { Jsep } from './janus-messages.ts';
import type { Line } from './line.ts';
import { sipWord, wordOf, type SipResult } from './sip-words.ts';
import type { Station } from './station.ts';
import { callerAt, signInOf, transportSuffix, type Trunk } from './trunks.ts';
import { transportOf } from './outgoing-leg.ts';

/** So many callers of one trunk may wait or speak at once, besides the first. */
const helpers = 5;
const retryMilliseconds = 15_000;

/** A call that reached one of our registrations. */
export interface ArrivingInvite {
  station: Station;
  trunk: Trunk;
  sip: JanusHandle;
  /** The registration itself must live on when its call ends. */
  keepSip: boolean;
  result: SipResult;
  offer: Jsep | undefined;
  /** Where further words of this call go; null when it is over. */
  listen: (events: Pick<HandleEvents, 'onWord' | 'onDown'> | null) => void;
}

/** One trunk's registration on one Janus: who is registered takes a call, its helpers take more beside it. */
export class Registration {
  readonly trunk: Trunk;
  readonly station: Station;
  readonly #line: Line;
  readonly #onInvite: (invite: ArrivingInvite) => void;
  #masterId: number | null = null;
  #state = 'not registered yet';
  #isRegistered = false;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(line: Line, station: Station, trunk: Trunk, onInvite: (invite: ArrivingInvite) => void) {
    this.#line = line;
    this.station = station;
    this.trunk = trunk;
    this.#onInvite = onInvite;
  }

  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  /** The registrar's last word. */
  get state(): string {
    return this.#state;
  }

  async start(): Promise<void> {
    const master = await this.#openEar(true);
    await this.#register(master);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
  }

  async #register(master: JanusHandle): Promise<void> {
    const { trunk } = this;
    await master.ask({
      request: 'register',
      username: accountAt(trunk),
      proxy: `sip:${trunk.host}${transportSuffix(trunk)}`,
      ...signInOf(trunk),
      ...transportOf(trunk),
    });
  }

  async #openEar(isMaster: boolean): Promise<JanusHandle> {
    let call: Pick<HandleEvents, 'onWord' | 'onDown'> | null = null;
    const listen = (events: typeof call): void => {
      call = events;
      if (events === null && !isMaster && !this.#isStopped) void this.#openHelper();
    };
    const ear = await this.station.attach('janus.plugin.sip', {
      ...nobodyListens,
      onDown: (reason) => call?.onDown(reason),
      onWord: (word) => {
        const parsed = sipWord.safeParse(word.data);
        const result = parsed.success ? parsed.data.result : null;
        if (result?.event === 'incomingcall' && call === null)
          this.#onInvite({ station: this.station, trunk: this.trunk, sip: ear, keepSip: isMaster, result, offer: word.jsep, listen });
        else if (isMaster && result && this.#takeRegistrar(ear, result)) return;
        else call?.onWord(word);
      },
    });
    const { url } = this.station;
    this.#line.memory.keep(({ ears }) => (ears[url] = [...(ears[url] ?? []), ear.id]));
    return ear;
  }

  /** Answers whether the word was the registrar's. */
  #takeRegistrar(master: JanusHandle, result: SipResult): boolean {
    switch (result.event) {
      case 'registering':
        return true;
      case 'registered':
        this.#state = 'registered';
        this.#isRegistered = true;
        if (this.#masterId === null && result.master_id !== undefined) {
          this.#masterId = result.master_id;
          for (let helper = 0; helper < helpers; helper += 1) void this.#openHelper();
        }
        return true;
      case 'registration_failed':
        this.#isRegistered = false;
        this.#state = wordOf(result);
        this.#line.log.error({ trunk: this.trunk.name, word: this.#state }, 'a trunk refuses our registration; it is asked again');
        this.#retry = setTimeout(() => {
          this.#register(master).catch((error: unknown) => {
            this.#line.log.error({ trunk: this.trunk.name, err: error }, 'a registration could not be asked for');
          });
        }, retryMilliseconds);
        return true;
      default:
        return false;
    }
  }

  async #openHelper(): Promise<void> {
    try {
      const ear = await this.#openEar(false);
      await ear.ask({ request: 'register', type: 'helper', username: accountAt(this.trunk), master_id: this.#masterId });
    } catch (error) {
      this.#line.log.error({ trunk: this.trunk.name, err: error }, 'a line for arriving calls could not be opened');
    }
  }
}

/** The account that is registered: the sign-in's user, or our number. */
export const accountAt = (trunk: Trunk): string =>
  trunk.user === undefined ? callerAt(trunk, null) : `sip:${trunk.user}@${trunk.host.replace(/:\d+$/, '')}`;
