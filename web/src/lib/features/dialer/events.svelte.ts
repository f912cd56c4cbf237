import { untrack } from 'svelte';
import type { ServerEvents } from '$contract/sockets/index.ts';
import { onConnected, useEvent } from '$lib/realtime/index.ts';
import type { Day } from '$lib/features/schedule/day.svelte.ts';
import type { Dialer } from './dialer.svelte.ts';
import type { Pace } from './pace.svelte.ts';

interface Parts {
  repId: number;
  dialer: Dialer;
  pace: Pace;
  day: Day;
  ondue: (due: ServerEvents['promise:due']) => void;
}

/** Feeds the rep's screen by what the server tells; call it while the component is set up. */
export function useWorkEvents({ repId, dialer, pace, day, ondue }: Parts): void {
  const askAll = (): void => {
    void dialer.refresh();
    void pace.refresh();
    void day.refresh();
  };
  // At once, also without a live connection; and after each connection, for what was missed. Not after each change of what asking looks at:
  // a refused outcome would be asked about for ever.
  $effect(() => {
    untrack(askAll);
  });
  $effect(() => untrack(() => onConnected(askAll)));
  useEvent('call:state', (call) => {
    dialer.hear(call);
    if (call.rep.id === repId && (call.state === 'answered' || call.state === 'ended')) void day.refresh();
  });
  useEvent('volley:state', (volley) => dialer.hearLines(volley));
  useEvent('kpi:update', (update) => {
    if (update.repId !== repId) return;
    pace.hear(update.figures);
    void pace.refresh();
    void day.refresh();
  });
  useEvent('queue:claim', (claim) => {
    if (claim.why === 'expired' || claim.why === 'answeredByColleague') dialer.hearClaimGone(claim.leadId);
  });
  useEvent('promise:due', (due) => {
    ondue(due);
    void pace.refresh();
  });
}
