import type { ServerEventName, ServerEvents } from '$contract/sockets/index.ts';
import { on } from './client.ts';

/** Hears a server event for as long as the component lives; call it while the component is set up. */
export function useEvent<Name extends ServerEventName>(name: Name, handler: (payload: ServerEvents[Name]) => void): void {
  $effect(() => on(name, handler));
}
