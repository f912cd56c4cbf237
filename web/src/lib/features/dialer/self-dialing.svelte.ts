import { untrack } from 'svelte';
import { isTypingTarget } from '$lib/keyboard/focus.ts';
import { session } from '$lib/session.svelte.ts';
import { Countdown } from './countdown.svelte.ts';
import type { Hold } from './countdown.svelte.ts';
import type { Dialer } from './dialer.svelte.ts';
import type { Shift } from './shift.svelte.ts';

/** Long enough to read what the call made. */
const secondsOnSaved = 4;

function holdOf(shift: Shift): Hold | null {
  if (isTypingTarget(document.activeElement)) return 'typing';
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return 'dialog';
  if (shift.presence !== 'ready') return 'presence';
  return shift.headset.snapshot.state === 'connected' ? null : 'headset';
}

/**
 * Lists that dial by themselves: the open card dials after its countdown, and after the outcome the next card opens by itself
 * for who wants it so. Call it while the component is set up.
 */
export function useSelfDialing(dialer: Dialer, shift: Shift): Countdown {
  const countdown = new Countdown();
  const heldBy = (): Hold | null => holdOf(shift);
  const mayWork = $derived(shift.mayWork);
  const dialing = $derived(dialer.phase === 'card' ? dialer.claim?.dialing : dialer.company?.list?.dialing);
  const dialsItself = $derived(mayWork && dialing?.mode === 'progressive');
  // Plain values, so that a card told again neither restarts its countdown nor revives one that was stopped.
  const countedLead = $derived(dialsItself && dialer.phase === 'card' ? (dialer.claim?.lead.id ?? null) : null);
  const goesOn = $derived(dialsItself && dialer.phase === 'saved' && session.me.continuesByItself);
  const seconds = $derived(dialing?.countdownSeconds ?? 0);

  $effect(() => {
    if (countedLead === null) return;
    return untrack(() => countdown.run({ seconds, heldBy, onzero: () => void dialer.dial() }));
  });
  $effect(() => {
    if (!goesOn) return;
    return untrack(() => countdown.run({ seconds: secondsOnSaved, heldBy, onzero: () => void dialer.next() }));
  });
  return countdown;
}
