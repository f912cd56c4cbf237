import type { ClientReply } from '../../contract/sockets/index.ts';
import type { Actor } from '../actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { IceServers } from '../ports/ice-servers.ts';
import type { Telephony } from '../ports/telephony.ts';

interface Headsets {
  clock: Clock;
  telephony: Telephony;
  iceServers: IceServers;
}

/** What the actor's browser needs to bring his voice to the carrier in use: what expires is good for this connection. */
export async function headsetAccess(app: Headsets, actor: Actor): Promise<ClientReply<'headset:access'>> {
  const access = await app.telephony.headsetAccess(actor.id);
  switch (access.kind) {
    case 'server':
      return { kind: 'server', iceServers: app.iceServers.issue(actor.id, app.clock.now()) };
    case 'twilio': {
      const { token, edge, expiresAt } = access;
      return { kind: 'twilio', token, edge, expiresAt: expiresAt.toISOString() };
    }
    default:
      return access satisfies never;
  }
}
