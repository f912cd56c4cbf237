let times = $state(0);

/** Ties what ends sessions to the list that shows them, both on the same page. */
export const sessionsChanged = {
  /** Grows with each change; reading it makes an effect follow. */
  get times(): number {
    return times;
  },
  tell(): void {
    times += 1;
  },
};
