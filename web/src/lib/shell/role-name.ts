import type { Role } from '$contract/http/endpoint.ts';
import { m } from '$lib/paraglide/messages.js';

/** The role in words, in the language of the console. */
export function roleName(role: Role): string {
  const names: Record<Role, () => string> = {
    rep: m.shell_role_rep,
    lead: m.shell_role_lead,
    head: m.shell_role_head,
    seller: m.shell_role_seller,
    lineManager: m.shell_role_lineManager,
    admin: m.shell_role_admin,
  };
  return names[role]();
}
