/** The time of the world; tests pass a fixed one. */
export interface Clock {
  now(): Date;
}
