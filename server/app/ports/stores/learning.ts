/** What is learned from calls that were made: their lengths, and the hours at which segments answer. */
export interface LearningStore {
  /** Null before the first time; waits for another node that is learning now. */
  lastLearnedAt(): Promise<Date | null>;
  /** Replaces all that was learned by what the calls since an instant say. */
  learn(since: Date, now: Date): Promise<void>;
}
