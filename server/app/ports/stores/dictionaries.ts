import type { DictionaryEntry, DictionaryKind } from '../../../contract/http/department.ts';

export interface DictionaryStore {
  /** Null when the name is taken; `absent` when the channel of a subchannel is not there. */
  add(entry: DictionaryEntry): Promise<number | 'nameTaken' | 'absent'>;
  change(id: number, entry: DictionaryEntry): Promise<'done' | 'absent' | 'nameTaken'>;
  remove(kind: DictionaryKind, id: number): Promise<'done' | 'absent' | 'inUse'>;
}
