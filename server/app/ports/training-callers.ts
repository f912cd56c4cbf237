/** Lets prospects of a carrier that is only a sandbox call us; a real carrier has none. */
export interface TrainingCallers {
  /** Our id of the call; null when it was not taken. Null as number hides it. */
  arrive(from: string | null): Promise<number | null>;
}
