import { roles } from '$contract/http/endpoint.ts';
import type { Role } from '$contract/http/endpoint.ts';
import { roleName } from '$lib/shell/role-name.ts';

/** Roles to choose from. */
export const roleOptions = (): { value: Role; label: string }[] => roles.map((role) => ({ value: role, label: roleName(role) }));

/** Zones of Russia from west to east, and whatever else is in use already. */
const usualZones = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
];

export function zoneOptions(current: string): { value: string; label: string }[] {
  const zones = usualZones.includes(current) || current === '' ? usualZones : [...usualZones, current];
  return zones.map((zone) => ({ value: zone, label: zone.replace('_', ' ') }));
}
