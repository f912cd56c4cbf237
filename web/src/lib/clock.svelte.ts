import { createSubscriber } from 'svelte/reactivity';

function everyMilliseconds(period: number): () => void {
  return createSubscriber((update) => {
    const timer = setInterval(update, period);
    return () => clearInterval(timer);
  });
}

const eachSecond = everyMilliseconds(1000);
const eachTenSeconds = everyMilliseconds(10_000);

/** Milliseconds now, redrawn every second: for running calls. */
export function nowBySecond(): number {
  eachSecond();
  return Date.now();
}

/** Milliseconds now, redrawn every ten seconds: for clocks that show minutes. */
export function nowByMinute(): number {
  eachTenSeconds();
  return Date.now();
}
