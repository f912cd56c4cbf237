/**
 * How long a test waits for what must come, wherever it waits: long enough for a machine that does three other things at once, so that
 * only what does not come at all fails. No test says by it how fast something is.
 */
export const patience = { timeout: 60_000, interval: 50 };
