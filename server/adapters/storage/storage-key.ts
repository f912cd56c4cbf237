import { randomUUID } from 'node:crypto';
import { RecordingNotStored } from '../../app/ports/recording-storage.ts';

/** The only shape of a key that ever becomes a path or an object's name. */
const keyShape = /^(?:[0-9]{3}\/[0-9]+-|clips\/)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.(?:wav|ogg)$/;

/** A thousand folders: none grows too long for the tools that people use on it. */
export const shardOf = (callId: number): string => String(callId % 1000).padStart(3, '0');

/** What every key of a call begins with. */
export const keyPrefixOf = (callId: number): string => `${shardOf(callId)}/${callId}-`;

/** A key of its own for each copy of a call's recording, with the ending of the file; it says nothing of people. */
export const newStorageKey = (callId: number, filePath: string): string =>
  `${keyPrefixOf(callId)}${randomUUID()}${filePath.endsWith('.ogg') ? '.ogg' : '.wav'}`;

/** A key for a clip that we play; no call's key begins like it. */
export const newClipKey = (): string => `clips/${randomUUID()}.wav`;

/** Whether a storage of ours made this key. */
export const isStorageKey = (key: string): boolean => keyShape.test(key);

/** @throws RecordingNotStored for a key that no storage of ours made */
export function checkStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new RecordingNotStored('not a key of this storage');
}
