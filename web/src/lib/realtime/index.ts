export { RealtimeRefusal, ask, on, onConnected } from './client.ts';
export { closeConnection, openConnection } from './connection.svelte.ts';
export { LiveBoard } from './board.svelte.ts';
export { useEvent } from './use-event.svelte.ts';
