/** Whether this tab works or only looks: one tab of a rep owns headset, claim and call. */
export type Ownership = 'asking' | 'owner' | 'watching';

/** Holds the rep's work in one tab by a lock of the browser, which is let go by itself when the tab is closed. */
export class TabOwner {
  state: Ownership = $state('asking');
  readonly #name: string;
  #letGo: (() => void) | null = null;
  #waiting = new AbortController();

  constructor(userId: number) {
    this.#name = `zagon.work.${userId}`;
  }

  /** Owns the work if no other tab does, else looks on and takes over when that tab is closed. */
  async join(): Promise<void> {
    // Without https the browser has no locks; then a second tab cannot be told from the first.
    if (!('locks' in navigator)) {
      this.state = 'owner';
      return;
    }
    const isFree = await navigator.locks.query().then((all) => !all.held?.some((lock) => lock.name === this.#name));
    if (!isFree) this.state = 'watching';
    void this.#hold({ signal: this.#waiting.signal });
  }

  /** Takes the work from the other tab, which then only looks. Resolves when it is here. */
  takeOver(): Promise<void> {
    this.#waiting.abort();
    this.#waiting = new AbortController();
    return new Promise((resolve) => void this.#hold({ steal: true }, resolve));
  }

  /** Lets the work go: sign-out. */
  leave(): void {
    this.#waiting.abort();
    this.#letGo?.();
    this.#letGo = null;
  }

  async #hold(options: LockOptions, onGranted?: () => void): Promise<void> {
    const lock = { isGranted: false };
    try {
      await navigator.locks.request(this.#name, options, () => {
        lock.isGranted = true;
        this.state = 'owner';
        onGranted?.();
        return new Promise<void>((resolve) => (this.#letGo = resolve));
      });
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
      // Granted and then stolen by another tab; otherwise our own wait was given up.
      if (lock.isGranted) this.#lost();
    }
  }

  #lost(): void {
    this.#letGo = null;
    this.state = 'watching';
    this.#waiting = new AbortController();
    void this.#hold({ signal: this.#waiting.signal });
  }
}
