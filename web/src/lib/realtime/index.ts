export { RealtimeRefusal, ask, on, onConnected } from './client.ts';
export { closeConnection, connection, openConnection, retryConnection } from './connection.svelte.ts';
export { LiveBoard } from './board.svelte.ts';
export { useEvent } from './use-event.svelte.ts';
