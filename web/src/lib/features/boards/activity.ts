import type { BoardRow } from '$contract/http/kpi.ts';
import BellRing from '@lucide/svelte/icons/bell-ring';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Coffee from '@lucide/svelte/icons/coffee';
import FileText from '@lucide/svelte/icons/file-text';
import Moon from '@lucide/svelte/icons/moon';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import PhoneCall from '@lucide/svelte/icons/phone-call';
import PhoneIncoming from '@lucide/svelte/icons/phone-incoming';
import PhoneOutgoing from '@lucide/svelte/icons/phone-outgoing';
import type { Component } from 'svelte';
import { m } from '$lib/paraglide/messages.js';
import type { Tone } from '$lib/ui/index.ts';

export type Activity = BoardRow['activity'];

interface Look {
  icon: Component<{ size?: number | string }>;
  tone: Tone;
  name: () => string;
}

const looks: Record<Activity, Look> = {
  talking: { icon: PhoneCall, tone: 'live', name: m.boards_activity_talking },
  ringing: { icon: BellRing, tone: 'accent', name: m.boards_activity_ringing },
  incoming: { icon: PhoneIncoming, tone: 'soon', name: m.boards_activity_incoming },
  dialing: { icon: PhoneOutgoing, tone: 'accent', name: m.boards_activity_dialing },
  card: { icon: FileText, tone: 'plain', name: m.boards_activity_card },
  wrapUp: { icon: PencilLine, tone: 'plain', name: m.boards_activity_wrap_up },
  ready: { icon: CircleCheck, tone: 'plain', name: m.boards_activity_ready },
  break: { icon: Coffee, tone: 'plain', name: m.boards_activity_break },
  away: { icon: Moon, tone: 'plain', name: m.boards_activity_away },
};

/** How a state is drawn: picture, colour and word, so that no one of them carries it alone. */
export const lookOf = (activity: Activity): Look => looks[activity];
