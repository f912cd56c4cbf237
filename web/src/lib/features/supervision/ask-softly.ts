import type { ClientEventName, ClientPayload, ClientReply } from '$contract/sockets/index.ts';
import { RealtimeRefusal, ask } from '$lib/realtime/index.ts';

/** Asks where a refusal changes nothing for the person: it is over, or the network is away and something else will tell. */
export async function askSoftly<Name extends ClientEventName>(
  name: Name,
  payload: ClientPayload<Name>,
): Promise<ClientReply<Name> | RealtimeRefusal> {
  try {
    return await ask(name, payload);
  } catch (error) {
    if (!(error instanceof RealtimeRefusal)) throw error;
    console.warn(`${name} was not taken`, error.code);
    return error;
  }
}

/** Where browsers find their way to each other outside of the office's network. */
export async function askIceServers(): Promise<RTCIceServer[]> {
  const access = await ask('headset:access', {});
  return access.kind === 'server' ? access.iceServers : [];
}
