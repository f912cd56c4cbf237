import type { TaskView } from '$contract/http/tasks.ts';
import { m } from '$lib/paraglide/messages.js';

const names: Record<TaskView['kind'], () => string> = {
  sendOffer: m.tasks_kind_sendOffer,
  holdMeeting: m.tasks_kind_holdMeeting,
  prepareMeeting: m.tasks_kind_prepareMeeting,
  acceptHandoff: m.tasks_kind_acceptHandoff,
  voicemail: m.tasks_kind_voicemail,
  other: m.tasks_kind_other,
};

export const kindName = (kind: TaskView['kind']): string => names[kind]();
