import { dock } from '$lib/shell/slots.svelte.ts';
import { player } from './player.svelte.ts';
import type { Track } from './player.svelte.ts';
import PlayerDock from './PlayerDock.svelte';

/** Plays a track in the docked player; on the one that is on already it plays and pauses. */
export function playOrPause(track: Track): void {
  dock.show(PlayerDock);
  void (player.isOn(track.recordingId) && player.queue.length === 1 ? player.toggle() : player.play(track));
}

/** Plays a track from a second. */
export function playFrom(track: Track, second: number): void {
  dock.show(PlayerDock);
  void player.play(track, second);
}

/** Plays moments one after another. */
export function playAll(tracks: readonly Track[], index = 0): void {
  dock.show(PlayerDock);
  void player.playAll(tracks, index);
}
