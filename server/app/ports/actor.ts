import type { Locale } from '../../contract/http/auth.ts';
import type { Role } from '../../contract/http/endpoint.ts';

/** Who does it: the signed-in person, as the session says. */
export interface Actor {
  id: number;
  name: string;
  role: Role;
  teamId: number | null;
  timeZone: string;
  locale: Locale;
}
