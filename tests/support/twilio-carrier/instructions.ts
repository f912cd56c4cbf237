import type { Deliveries, Parameters } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import { fateOf } from './fates.ts';
import { progressEvents, type Leg } from './leg.ts';
import type { Recordings } from './recordings.ts';
import { readTwiml, type Verb } from './twiml.ts';

/** How long one character of a spoken text takes. */
const secondsPerLetter = 0.06;
/** The sound of a spoken text. */
const spoken = [{ frequenciesHertz: [330], milliseconds: 500 }];

export interface InstructionParts {
  exchange: Exchange;
  deliveries: Deliveries;
  recordings: Recordings;
  /** Browsers that are registered, by identity; `<Client>` rings them. */
  ringClient: (identity: string, caller: Leg) => Leg | null;
  complain: (complaint: string) => void;
}

const list = (value: string | undefined): string[] => value?.split(/\s+/).filter((word) => word !== '') ?? [];

/** Obeys the documents that we answer: one verb after the other, until the leg ends or gets other instructions. */
export class Instructions {
  readonly #parts: InstructionParts;

  constructor(parts: InstructionParts) {
    this.#parts = parts;
  }

  /** Fetches a document and obeys it. */
  async follow(leg: Leg, address: string, more: Parameters = {}): Promise<void> {
    const generation = (leg.generation += 1);
    const reply = await this.#parts.deliveries.fetch(address, { ...this.#parts.exchange.parametersOf(leg), ...more });
    if (leg.generation !== generation || leg.isOver) return;
    if (reply === null) {
      this.#parts.exchange.end(leg, 'failed');
      return;
    }
    if (!/xml/.test(reply.contentType)) this.#parts.complain(`12300 ${address} answered ${reply.contentType}, not XML`);
    await this.obey(leg, reply.text, address);
  }

  async obey(leg: Leg, document: string, base: string): Promise<void> {
    const generation = (leg.generation += 1);
    try {
      for (const verb of readTwiml(document).children) {
        const goesOn = await this.#do(leg, verb, base);
        if (leg.generation !== generation || leg.isOver || !goesOn) return;
      }
    } catch (error) {
      this.#parts.complain(String(error));
    }
    if (leg.generation === generation) this.#parts.exchange.end(leg, 'completed');
  }

  /** Plays an announcement to one member of a room. Answers whether it could. */
  async announce(leg: Leg, address: string, method: 'GET' | 'POST'): Promise<boolean> {
    const reply = await this.#parts.deliveries.fetch(address, this.#parts.exchange.parametersOf(leg), method);
    if (reply === null) return false;
    try {
      for (const verb of readTwiml(reply.text).children) {
        if (!['Play', 'Say', 'Pause'].includes(verb.name)) throw new Error(`12200 <${verb.name}> may not stand in an announcement`);
        await this.#play(leg, verb, address);
      }
      return true;
    } catch (error) {
      this.#parts.complain(String(error));
      return false;
    }
  }

  async #do(leg: Leg, verb: Verb, base: string): Promise<boolean> {
    const { exchange, recordings, complain } = this.#parts;
    switch (verb.name) {
      case 'Say':
      case 'Play':
      case 'Pause':
        await this.#play(leg, verb, base);
        return true;
      case 'Gather':
        for (const child of verb.children) await this.#play(leg, child, base);
        await this.#pause(leg, Number(verb.attributes['timeout'] ?? '5'));
        return true;
      case 'Hangup':
        exchange.end(leg, 'completed');
        return false;
      case 'Reject':
        exchange.end(leg, verb.attributes['reason'] === 'busy' ? 'busy' : 'no-answer');
        return false;
      case 'Redirect':
        await this.follow(leg, new URL(verb.text.trim(), base).href);
        return false;
      case 'Start':
        for (const { attributes } of verb.children)
          recordings.start(
            leg,
            {
              callback: attributes['recordingStatusCallback'] ?? null,
              events: list(attributes['recordingStatusCallbackEvent'] ?? 'completed'),
            },
            attributes['channels'] === 'dual' ? 2 : 1,
          );
        return true;
      case 'Record':
        await this.#record(leg, verb, base);
        return false;
      case 'Dial':
        return this.#dial(leg, verb, base);
      case 'Enqueue':
        await new Promise<void>((resolve) => leg.whenOver.push(resolve));
        return false;
      default:
        complain(`${verb.name} is not obeyed here`);
        return true;
    }
  }

  async #play(leg: Leg, verb: Verb, base: string): Promise<void> {
    if (verb.name === 'Pause') return this.#pause(leg, Number(verb.attributes['length'] ?? '1'));
    if (verb.name === 'Say') {
      leg.announced.set(Date.now(), spoken);
      await this.#pause(leg, verb.text.length * secondsPerLetter);
      leg.announced.set(Date.now(), null);
      return;
    }
    const { digits, loop } = verb.attributes;
    if (digits !== undefined) {
      if (!/^[0-9*#wW]+$/.test(digits)) this.#parts.complain(`13233 Play: digits "${digits}"`);
      leg.digitsHeard.push(digits);
      return this.#pause(leg, digits.length * 0.2);
    }
    const reply = await this.#parts.deliveries.fetch(new URL(verb.text.trim(), base).href, {}, 'GET');
    if (reply && !reply.contentType.startsWith('audio/')) this.#parts.complain(`12300 Play: ${reply.contentType} is no sound`);
    await this.#pause(leg, loop === '0' ? 3600 : 1);
  }

  async #record(leg: Leg, verb: Verb, base: string): Promise<void> {
    const { recordings } = this.#parts;
    const events = list(verb.attributes['recordingStatusCallbackEvent'] ?? 'completed');
    const recording = recordings.start(leg, { callback: verb.attributes['recordingStatusCallback'] ?? null, events }, 1);
    await this.#pause(leg, Math.min(10, Number(verb.attributes['maxLength'] ?? '3600')));
    recordings.stop(recording);
    const after = verb.attributes['action'];
    if (after !== undefined) await this.follow(leg, new URL(after, base).href, { RecordingSid: recording.sid, RecordingDuration: '10' });
  }

  async #dial(leg: Leg, verb: Verb, base: string): Promise<boolean> {
    const conference = verb.children.find(({ name }) => name === 'Conference');
    const status = conference ? await this.#enterRoom(leg, conference) : await this.#ringAll(leg, verb);
    const after = verb.attributes['action'];
    if (leg.isOver || after === undefined) return !leg.isOver;
    await this.follow(leg, new URL(after, base).href, { DialCallStatus: status });
    return false;
  }

  async #enterRoom(leg: Leg, { attributes, text }: Verb): Promise<string> {
    const { exchange } = this.#parts;
    const events = list(attributes['statusCallbackEvent']);
    const url = attributes['statusCallback'];
    const room = exchange.openRoom(text.trim(), url === undefined ? null : { url, events });
    const label = attributes['participantLabel'] ?? null;
    if (label !== null && room.find(label)) {
      this.#parts.complain(`16025 the label ${label} is taken: the call goes past the conference`);
      return 'failed';
    }
    if (attributes['muted'] === 'true') leg.muted.set(Date.now(), true);
    exchange.join(leg, room, {
      label,
      endConferenceOnExit: attributes['endConferenceOnExit'] === 'true',
      coaching: attributes['coach'] !== undefined,
      callSidToCoach: attributes['coach'] ?? null,
    });
    await this.#untilOutOf(leg, room);
    return 'completed';
  }

  async #untilOutOf(leg: Leg, room: { members(): Iterable<Leg> }): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (!leg.isOver && leg.currentRoom === room) return;
        clearInterval(look);
        resolve();
      }, 10);
      look.unref();
    });
  }

  async #ringAll(leg: Leg, verb: Verb): Promise<string> {
    const legs = verb.children.flatMap((noun) => this.#ring(leg, noun, verb) ?? []);
    await new Promise<void>((resolve) => {
      for (const child of legs) child.whenOver.push(() => legs.every((one) => one.isOver) && resolve());
      leg.whenOver.push(() => {
        for (const child of legs) this.#parts.exchange.end(child, child.answeredAt ? 'completed' : 'canceled');
        resolve();
      });
      if (legs.length === 0) resolve();
    });
    return legs.find((child) => child.answeredAt)?.status ?? legs[0]?.status ?? 'failed';
  }

  #ring(parent: Leg, noun: Verb, dial: Verb): Leg | null {
    const to = noun.text.trim();
    if (noun.name === 'Client') return this.#parts.ringClient(to, parent);
    const url = noun.attributes['statusCallback'];
    const events = progressEvents.filter((event) => list(noun.attributes['statusCallbackEvent']).includes(event));
    return this.#parts.exchange.place(
      {
        to,
        from: dial.attributes['callerId'] ?? parent.options.from,
        direction: 'outbound-dial',
        fate: fateOf(to),
        callback: url === undefined ? null : { url, events },
        timeoutSeconds: Number(dial.attributes['timeout'] ?? '30'),
        parentSid: parent.sid,
      },
      () => undefined,
    );
  }

  async #pause(leg: Leg, seconds: number): Promise<void> {
    const generation = leg.generation;
    await new Promise<void>((resolve) => {
      leg.whenOver.push(resolve);
      setTimeout(resolve, Math.min(2_000_000_000, (seconds * 1000) / this.#parts.exchange.parts.speed)).unref();
    });
    if (leg.generation !== generation) return;
  }
}
