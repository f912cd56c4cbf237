import type { Deliveries, Parameters } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import { fateOf } from './fates.ts';
import { progressEvents, type Leg } from './leg.ts';
import type { Recordings } from './recordings.ts';
import { newSid } from './refusal.ts';
import { playedSound } from './sound.ts';
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

  /** Fetches what a leg hears on hold; only what can be heard may stand in it. */
  async holdWith(leg: Leg, address: string, method: 'GET' | 'POST'): Promise<void> {
    const { deliveries, exchange, complain } = this.#parts;
    const reply = await deliveries.fetch(address, exchange.parametersOf(leg), method);
    if (reply === null) return;
    try {
      for (const verb of readTwiml(reply.text).children) {
        if (!['Play', 'Say', 'Pause', 'Redirect'].includes(verb.name))
          throw new Error(`12200 <${verb.name}> may not stand in music on hold`);
        if (verb.name === 'Play') await this.#fetchSound(new URL(verb.text.trim(), address).href);
      }
    } catch (error) {
      complain(String(error));
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
        return this.#gather(leg, verb, base);
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
      case 'Leave':
        return false;
      case 'Dial':
        return this.#dial(leg, verb, base);
      case 'Enqueue':
        await this.#enqueue(leg, verb, base);
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
    const bytes = await this.#fetchSound(new URL(verb.text.trim(), base).href);
    if (loop === '0') return this.#pause(leg, 3600);
    const sound = bytes ? playedSound(bytes, Date.now()) : null;
    leg.announced.set(Date.now(), sound);
    // Sound is never faster than life.
    await this.#pause(leg, (sound?.seconds ?? 0) * this.#parts.exchange.parts.speed);
    leg.announced.set(Date.now(), null);
  }

  async #record(leg: Leg, verb: Verb, base: string): Promise<void> {
    const { recordings } = this.#parts;
    const events = list(verb.attributes['recordingStatusCallbackEvent'] ?? 'completed');
    const recording = recordings.start(leg, { callback: verb.attributes['recordingStatusCallback'] ?? null, events }, 1);
    await this.#pause(leg, Math.min(10, Number(verb.attributes['maxLength'] ?? '3600')));
    recordings.stop(recording);
    // Without an action the carrier asks for the same document once more.
    await this.follow(leg, new URL(verb.attributes['action'] ?? '', base).href, { RecordingSid: recording.sid, RecordingDuration: '10' });
  }

  /** Digits go to the action, or to the same document; without any the next verb is obeyed. */
  async #gather(leg: Leg, verb: Verb, base: string): Promise<boolean> {
    for (const child of verb.children) await this.#play(leg, child, base);
    await this.#pause(leg, Number(verb.attributes['timeout'] ?? '5'));
    const digits = leg.digitsPressed
      .splice(0)
      .join('')
      .slice(0, Number(verb.attributes['numDigits'] ?? '100'));
    if (digits === '' || leg.isOver) return true;
    await this.follow(leg, new URL(verb.attributes['action'] ?? '', base).href, { Digits: digits });
    return false;
  }

  /** Waits in a queue to the sound of its document until other instructions come, or the end. */
  async #enqueue(leg: Leg, verb: Verb, base: string): Promise<void> {
    const { deliveries, exchange } = this.#parts;
    const queue = { QueueSid: newSid('QU'), QueuePosition: '1', QueueTime: '0' };
    const waitUrl = verb.attributes['waitUrl'];
    if (waitUrl !== undefined) {
      const address = new URL(waitUrl, base).href;
      const reply = await deliveries.fetch(address, { ...exchange.parametersOf(leg), ...queue });
      if (reply) for (const heard of readTwiml(reply.text).children) await this.#play(leg, heard, address);
    }
    await new Promise<void>((resolve) => leg.whenOver.push(resolve));
  }

  async #fetchSound(address: string): Promise<Uint8Array | null> {
    const reply = await this.#parts.deliveries.fetch(address, {}, 'GET');
    if (reply && !reply.contentType.startsWith('audio/')) this.#parts.complain(`12300 Play: ${reply.contentType} is no sound`);
    return reply?.bytes ?? null;
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
    const coach = attributes['coach'];
    if (coach !== undefined && !room.find(coach)) {
      this.#parts.complain(`16023 the call ${coach} to coach is not in the conference`);
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
