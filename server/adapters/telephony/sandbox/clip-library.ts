import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeMuLaw } from '../../../core/audio/mu-law.ts';
import { readWavLayout } from '../../../core/audio/wav.ts';
import { sampleRate } from './audio-frame.ts';

const manifestSchema = z.object({
  clips: z.array(
    z.object({
      id: z.string(),
      persona: z.string(),
      role: z.string(),
      language: z.enum(['ru', 'en']),
      text: z.string(),
      file: z.string().regex(/^[a-zA-Z0-9-]+\.wav$/),
    }),
  ),
});

export type ClipDescription = z.infer<typeof manifestSchema>['clips'][number];

export interface Clip extends ClipDescription {
  samples: Int16Array;
}

/** The spoken phrases of the sandbox, decoded and in memory (about 2 MB). */
export class ClipLibrary {
  readonly #clips: ReadonlyMap<string, Clip>;

  constructor(clips: readonly Clip[]) {
    this.#clips = new Map(clips.map((clip) => [clip.id, clip]));
  }

  /** Throws RangeError for a phrase that the manifest does not list. */
  get(id: string): Clip {
    const clip = this.#clips.get(id);
    if (!clip) throw new RangeError(`no clip ${id}`);
    return clip;
  }

  /** All phrases of a persona, or those in one role, in the manifest's order. */
  of(persona: string, role?: string): Clip[] {
    return [...this.#clips.values()].filter((clip) => clip.persona === persona && (role === undefined || clip.role === role));
  }
}

/**
 * Reads manifest.json and its clips (8 kHz mono mu-law WAV).
 * Throws when a file is missing or in another format: the sandbox must not start half mute.
 */
export async function loadClipLibrary(audioFolder: string): Promise<ClipLibrary> {
  const text = await readFile(join(audioFolder, 'manifest.json'), 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));
  const clips = await Promise.all(
    manifest.clips.map(async (description) => {
      const file = await readFile(join(audioFolder, description.file));
      const layout = readWavLayout(file);
      if (layout.encoding !== 'muLaw' || layout.channels !== 1 || layout.sampleRate !== sampleRate) {
        throw new Error(`${description.file} is not 8 kHz mono mu-law`);
      }
      const samples = decodeMuLaw(file.subarray(layout.dataOffset, layout.dataOffset + layout.dataBytes));
      return { ...description, samples };
    }),
  );
  return new ClipLibrary(clips);
}
