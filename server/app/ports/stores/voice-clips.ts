/** A clip as rules need to know it. */
export interface VoiceClip {
  id: number;
  name: string;
  /** Null for the department's. */
  ownerId: number | null;
  createdBy: { id: number; name: string };
  storageKey: string;
  durationSeconds: number;
  isDefault: boolean;
  /** The department's, heard by prospects before they are recorded; never left on a machine. */
  announces: boolean;
  createdAt: Date;
}

export type NewVoiceClip = Pick<VoiceClip, 'name' | 'ownerId' | 'announces' | 'storageKey' | 'durationSeconds' | 'createdAt'> & {
  createdById: number;
};

/** Spoken clips that are played into calls. */
export interface VoiceClipStore {
  /** A rep's own and the department's, own first, by name. */
  of(userId: number): Promise<VoiceClip[]>;
  /** The one that announces recordings. */
  announcing(): Promise<VoiceClip | null>;
  find(id: number): Promise<VoiceClip | null>;
  /** The first of its owner, and of those that announce, is the default. */
  add(clip: NewVoiceClip): Promise<number>;
  rename(id: number, name: string): Promise<void>;
  /** Its owner's other clips of its kind are no default any more. */
  makeDefault(clip: Pick<VoiceClip, 'id' | 'ownerId' | 'announces'>): Promise<void>;
  remove(id: number): Promise<void>;
}
