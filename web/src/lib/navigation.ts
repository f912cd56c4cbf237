import type { Role } from '$contract/http/endpoint.ts';
import BuildingComplex from '@lucide/svelte/icons/building-complex';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import Handshake from '@lucide/svelte/icons/handshake';
import Headset from '@lucide/svelte/icons/headset';
import Import from '@lucide/svelte/icons/import';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Phone from '@lucide/svelte/icons/phone';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import Settings from '@lucide/svelte/icons/settings';
import SquareCheckBig from '@lucide/svelte/icons/square-check-big';
import Sun from '@lucide/svelte/icons/sun';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import { m } from '$lib/paraglide/messages.js';

/** One section of the console: where it is, who sees it, what it is called. */
export interface Section {
  path: string;
  label: () => string;
  icon: Component<{ size?: number | string }>;
  roles: readonly Role[];
  /** Other paths that belong to the section. */
  under?: string;
}

/** The order is the order on the rail; on a phone the first four have their own place. */
const sections: readonly Section[] = [
  { path: '/work', label: m.shell_nav_work, icon: Headset, roles: ['rep'] },
  { path: '/day', label: m.shell_nav_day, icon: CalendarDays, roles: ['rep', 'lead', 'head'] },
  { path: '/morning', label: m.shell_nav_morning, icon: Sun, roles: ['head', 'lead'] },
  { path: '/team', label: m.shell_nav_team, icon: Users, roles: ['lead', 'head', 'admin'] },
  { path: '/handoffs', label: m.shell_nav_handoffs, icon: Repeat2, roles: ['seller', 'lead', 'head', 'lineManager'] },
  { path: '/tasks', label: m.shell_nav_tasks, icon: SquareCheckBig, roles: ['rep', 'lead', 'head', 'seller', 'admin'] },
  { path: '/calls', label: m.shell_nav_calls, icon: Phone, roles: ['rep', 'lead', 'head', 'admin'] },
  { path: '/companies', label: m.shell_nav_companies, icon: BuildingComplex, roles: ['lead', 'head', 'seller', 'admin'] },
  { path: '/matrix', label: m.shell_nav_matrix, icon: Grid3x3, roles: ['lead', 'head', 'lineManager', 'admin'] },
  { path: '/deals', label: m.shell_nav_deals, icon: Handshake, roles: ['rep', 'lead', 'head', 'seller', 'admin'] },
  { path: '/lists', label: m.shell_nav_lists, icon: ListChecks, roles: ['lead', 'head', 'admin'] },
  { path: '/imports', label: m.shell_nav_imports, icon: Import, roles: ['head', 'admin'] },
  { path: '/admin/users', under: '/admin', label: m.shell_nav_admin, icon: Settings, roles: ['admin', 'head'] },
];

/** Pages that fewer see than the section they are in. */
const narrowerPages: readonly Pick<Section, 'path' | 'roles'>[] = [
  { path: '/calls/playlists', roles: ['lead', 'head', 'admin'] },
  { path: '/calls/ledger', roles: ['head', 'admin'] },
];

/** Everybody's own page; it belongs to no section. */
export const profilePath = '/profile';
export const profileKey = 'Ctrl+Comma';

/** The sections that a role sees. */
export function sectionsFor(role: Role): readonly Section[] {
  return sections.filter((section) => section.roles.includes(role));
}

const isInside = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The section that a path lies in, or null. */
export function sectionAt(path: string): Section | null {
  return sections.find((section) => isInside(path, section.under ?? section.path)) ?? null;
}

/** Whether a role sees the page at a path. */
export function mayOpen(path: string, role: Role): boolean {
  const place = narrowerPages.find((page) => isInside(path, page.path)) ?? sectionAt(path);
  return place?.roles.includes(role) ?? true;
}

/** Where a role starts its day. */
export function landingOf(role: Role): string {
  switch (role) {
    case 'rep':
      return '/work';
    case 'lead':
      return '/team';
    case 'head':
      return '/morning';
    case 'seller':
    case 'lineManager':
      return '/handoffs';
    case 'admin':
      return '/admin/users';
    default:
      return role satisfies never;
  }
}
