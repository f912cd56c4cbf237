/** A word that somebody may wait for, for a while. */
export class Awaited<Word> {
  #onWord: ((word: Word) => void) | null = null;

  tell(word: Word): void {
    this.#onWord?.(word);
  }

  /** The next word, or null when none comes for so long. */
  async next(milliseconds: number): Promise<Word | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), milliseconds);
      this.#onWord = (word) => {
        clearTimeout(timer);
        resolve(word);
      };
    });
  }
}
