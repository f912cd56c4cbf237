import { firstFree } from './dialling.ts';

const isStaffed = <Rep>(reps: readonly Rep[]): reps is readonly [Rep, ...Rep[]] => reps.length > 0;

/** Lets whoever is free first have his turn, until everybody's time is over: the clock of every simulation. */
export function play<Rep extends { freeAt: Date }>(
  reps: readonly Rep[],
  endOf: (rep: Rep) => Date,
  turn: (rep: Rep, now: Date) => void,
): void {
  for (let active = reps; ;) {
    active = active.filter((rep) => rep.freeAt < endOf(rep));
    if (!isStaffed(active)) return;
    const rep = firstFree(active);
    turn(rep, rep.freeAt);
  }
}
