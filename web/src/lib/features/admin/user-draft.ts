import type { UserView } from '$contract/http/admin.ts';
import type { Locale } from '$contract/http/auth.ts';
import type { Role } from '$contract/http/endpoint.ts';
import type { Norms } from '$contract/http/kpi.ts';

export const normNames = [
  'dials',
  'connects',
  'talkMinutes',
  'reachDecisionMaker',
  'setMeeting',
  'holdMeeting',
  'close',
] as const satisfies readonly (keyof Norms)[];

/** A person's form as it is typed. */
export interface UserDraft {
  name: string;
  email: string;
  role: Role | null;
  teamId: number | null;
  channelId: number | null;
  timeZone: string;
  locale: Locale;
  absentFrom: string;
  absentUntil: string;
  skillIds: readonly number[];
  norms: Record<keyof Norms, string>;
}

export function draftOf(user: UserView | null): UserDraft {
  const norm = (name: keyof Norms): string => String(user?.norms[name] ?? '');
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? 'rep',
    teamId: user?.team?.id ?? null,
    channelId: user?.channelId ?? null,
    timeZone: user?.timeZone ?? 'Europe/Moscow',
    locale: user?.locale ?? 'ru',
    absentFrom: user?.absentFrom ?? '',
    absentUntil: user?.absentUntil ?? '',
    skillIds: user?.skillIds ?? [],
    norms: {
      dials: norm('dials'),
      connects: norm('connects'),
      talkMinutes: norm('talkMinutes'),
      reachDecisionMaker: norm('reachDecisionMaker'),
      setMeeting: norm('setMeeting'),
      holdMeeting: norm('holdMeeting'),
      close: norm('close'),
    },
  };
}

/** The own norms of a draft; an empty one is left to the common norm. */
export function normsOf(draft: UserDraft): Partial<Norms> {
  const given = normNames.filter((name) => draft.norms[name].trim() !== '');
  return Object.fromEntries(given.map((name) => [name, Number(draft.norms[name])]));
}

/** Fields that are another now, as the server takes them. */
export function changeOf(before: UserDraft, now: UserDraft): Record<string, unknown> {
  const body: Record<string, unknown> = {
    name: now.name,
    email: now.email,
    role: now.role,
    teamId: now.teamId,
    channelId: now.channelId,
    timeZone: now.timeZone,
    locale: now.locale,
    absentFrom: now.absentFrom || null,
    absentUntil: now.absentUntil || null,
    norms: normsOf(now),
    skillIds: now.skillIds,
  };
  const changed = (
    ['name', 'email', 'role', 'teamId', 'channelId', 'timeZone', 'locale', 'absentFrom', 'absentUntil', 'norms', 'skillIds'] as const
  ).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
  return Object.fromEntries(changed.map((field) => [field, body[field]]));
}
