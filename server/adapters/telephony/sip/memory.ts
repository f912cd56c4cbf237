import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../../app/ports/log.ts';
import type { CallEnds } from './call-parts.ts';

const handleIds = z.array(z.number());
const endsAt = z.object({ sip: z.number(), bridge: z.number(), keepSip: z.boolean().optional() });
const linkEnd = z.object({ url: z.string(), room: z.string(), handle: z.number() });
const linkAt = z.tuple([linkEnd, linkEnd]);

/** What of a call is in Janus besides its own two ends. */
const rememberedCall = z.object({
  /** Where its far side is, whose dialogue is older than the call. */
  established: z.object({ room: z.string(), name: z.string() }).optional(),
  recordingRests: z.boolean().optional(),
  /** His rep put him on hold: whoever is found waiting otherwise was on his way to his rep. */
  isHeld: z.boolean().optional(),
  link: linkAt.optional(),
  /** Whoever was asked in: a number by his own ends, a colleague from another Janus by the link to him. `hasJoined` was told. */
  party: z.object({ url: z.string(), ends: endsAt.optional(), link: linkAt.optional(), hasJoined: z.boolean().optional() }).optional(),
});

/** How a call that is left to its two far sides stood: what they are called in rooms, the call's own far side first. */
const leavingCall = z.object({ names: z.tuple([z.string(), z.string()]), isHeld: z.boolean(), isRecorded: z.boolean() });

const remembered = z.object({
  /** Our session at each Janus, by its address. */
  sessions: z.record(z.string(), z.number()).default({}),
  /** The reps' browsers, by the rep's id. */
  lines: z.record(z.string(), z.object({ url: z.string(), handle: z.number() })).default({}),
  /** The handles that are registered at trunks, by Janus's address. */
  ears: z.record(z.string(), handleIds).default({}),
  /** What callers who wait offered, by the call's id: only with it can they be answered. */
  offers: z.record(z.string(), z.string()).default({}),
  /** By the call's id. */
  calls: z.record(z.string(), rememberedCall).default({}),
  /** Two far sides who go on together, by their room; written before they are brought there. */
  pairs: z.record(z.string(), z.object({ url: z.string(), pair: z.tuple([endsAt, endsAt]), leaving: leavingCall.optional() })).default({}),
  /** Far sides that hear our last words, by the call's id: whose voice died with us is hung up. */
  leaving: z.record(z.string(), z.object({ url: z.string(), ends: endsAt })).default({}),
  /** Far sides on their way from a call that is over, by its id, to a colleague. */
  handOvers: z
    .record(z.string(), z.object({ url: z.string(), ends: endsAt, trunk: z.string(), name: z.string(), toRepId: z.number() }))
    .default({}),
});

export type Remembered = z.infer<typeof remembered>;
export type RememberedCall = z.infer<typeof rememberedCall>;
export type RememberedPair = Remembered['pairs'][string];
export type LeavingCall = z.infer<typeof leavingCall>;
export type RememberedEnds = z.infer<typeof endsAt>;
export type RememberedLink = z.infer<typeof linkAt>;

/** How a call's two ends are named. */
export const idsOf = ({ sip, bridge, keepSip }: CallEnds): RememberedEnds => ({ sip: sip.id, bridge: bridge.id, keepSip });

export const nothingRemembered = remembered.parse({});

/** What of this process lives on in Janus when it dies, in a file for the next one. The calls themselves are in their legs' rows. */
export class Memory {
  readonly #filePath: string;
  readonly #log: Log;
  #writing: Promise<void> = Promise.resolve();
  #content: Remembered = structuredClone(nothingRemembered);

  constructor(filePath: string, log: Log) {
    this.#filePath = filePath;
    this.#log = log;
  }

  /** What an earlier process left; nothing when there was none. */
  async read(): Promise<Remembered> {
    try {
      this.#content = remembered.parse(JSON.parse(await readFile(this.#filePath, 'utf8')));
    } catch (error) {
      const isFirst = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isFirst) this.#log.error({ err: error, file: this.#filePath }, 'what an earlier process left cannot be read: its calls end');
    }
    return structuredClone(this.#content);
  }

  /** Changes what is remembered; it is on the disk soon after. */
  keep(change: (content: Remembered) => void): void {
    change(this.#content);
    const text = JSON.stringify(this.#content);
    this.#writing = this.#writing
      .then(() => this.#write(text))
      .catch((error: unknown) => this.#log.error({ err: error, file: this.#filePath }, 'what lives on in Janus could not be written down'));
  }

  /** Changes what is remembered of one call; it is on the disk when this resolves. */
  async ofCall(callId: number, change: (known: RememberedCall) => void): Promise<void> {
    this.keep(({ calls }) => {
      const known = new Map(Object.entries(calls)).get(String(callId)) ?? {};
      calls[callId] = known;
      change(known);
    });
    await this.settled();
  }

  /** The call is over and has given Janus back what it held there. */
  forgetCall(callId: number): void {
    this.keep(({ calls, offers, leaving }) => {
      for (const known of [calls, offers, leaving]) Reflect.deleteProperty(known, callId);
    });
  }

  /** That Janus has lost all that was ours. */
  forgetJanus(lost: string): void {
    this.keep((content) => {
      for (const known of [content.lines, content.pairs, content.leaving, content.handOvers])
        for (const [key, { url }] of Object.entries(known)) if (url === lost) Reflect.deleteProperty(known, key);
    });
  }

  settled(): Promise<void> {
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    await mkdir(path.dirname(this.#filePath), { recursive: true });
    await writeFile(`${this.#filePath}.new`, text);
    await rename(`${this.#filePath}.new`, this.#filePath);
  }
}
