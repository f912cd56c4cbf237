/** The dials of this process that wait for their turn, so that one that is taken back is let go at once. */
export class WaitingDials {
  readonly #wake = new Map<number, () => void>();

  /** Resolves when the time is over or `letGo` is called for this dial. */
  async until(callId: number, over: Promise<void>): Promise<void> {
    await Promise.race([over, new Promise<void>((resolve) => this.#wake.set(callId, resolve))]);
    this.#wake.delete(callId);
  }

  letGo(callId: number): void {
    this.#wake.get(callId)?.();
  }
}
