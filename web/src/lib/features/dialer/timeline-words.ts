import type { TimelineItem } from '$contract/http/company-card.ts';
import { dispositionCodeSchema } from '$contract/http/calls.ts';
import { formatDateTime, formatDurationWords } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { dispositionLabel } from './dispositions.svelte.ts';

interface TimelineWords {
  title: string;
  detail: string;
  note: string;
}

/** One line of a company's history in words. */
export function timelineWords(item: TimelineItem, timeZone: string): TimelineWords {
  switch (item.kind) {
    case 'call':
      return {
        title:
          outcomeOf(item.dispositionCode ?? item.endCause) ?? (item.direction === 'inbound' ? m.dialer_call_inbound() : m.dialer_call()),
        detail: [item.contactName, item.rep.name, item.talkSeconds > 0 ? formatDurationWords(item.talkSeconds) : null]
          .filter(Boolean)
          .join(' · '),
        note: item.note ?? '',
      };
    case 'promise':
      return {
        title: m.dialer_promised_for({ when: formatDateTime(item.promise.promisedAt, timeZone) }),
        detail: [item.promise.rep.name, item.promise.overCapacity ? m.promises_full_time() : null].filter(Boolean).join(' · '),
        note: item.promise.note ?? '',
      };
    case 'deal':
      return { title: item.status === 'won' ? m.dialer_deal_won() : m.dialer_deal_lost(), detail: item.reason ?? '', note: '' };
    case 'task':
      return { title: item.done ? m.dialer_task_done() : m.dialer_task(), detail: item.assignee.name, note: item.title };
    case 'win':
      return { title: m.dialer_win(), detail: item.rep.name, note: '' };
    case 'note':
      return { title: m.dialer_note(), detail: item.author?.name ?? '', note: item.text };
    case 'stage':
      return { title: item.to, detail: item.back ? m.dialer_stage_back() : (item.from ?? ''), note: '' };
    case 'meeting':
      return { title: meetingWords(item.status), detail: item.place ?? '', note: '' };
    case 'visit':
      return { title: m.dialer_visit(), detail: item.result ?? '', note: item.note ?? '' };
    case 'handoff':
      return { title: m.dialer_handoff({ name: item.seller.name }), detail: handoffWords(item.status), note: '' };
    default:
      return item satisfies never;
  }
}

function outcomeOf(code: string | null): string | null {
  const known = dispositionCodeSchema.safeParse(code);
  return known.success ? dispositionLabel(known.data) : null;
}

function meetingWords(status: 'planned' | 'held' | 'failed'): string {
  const words = { planned: m.dialer_meeting_planned, held: m.dialer_meeting_held, failed: m.dialer_meeting_failed };
  return words[status]();
}

function handoffWords(status: 'pending' | 'accepted' | 'returned'): string {
  const words = { pending: m.dialer_handoff_pending, accepted: m.dialer_handoff_accepted, returned: m.dialer_handoff_returned };
  return words[status]();
}
