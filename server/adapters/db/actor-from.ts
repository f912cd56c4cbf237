import type { Actor } from '../../app/ports/actor.ts';
import { localeSchema } from '../../contract/http/auth.ts';
import type { User } from './generated/client.ts';

type Person = Pick<User, 'id' | 'name' | 'role' | 'teamId' | 'timeZone' | 'locale'>;

/** Who a person is to the use cases. */
export const actorFrom = ({ id, name, role, teamId, timeZone, locale }: Person): Actor => ({
  id,
  name,
  role,
  teamId,
  timeZone,
  locale: localeSchema.parse(locale),
});
