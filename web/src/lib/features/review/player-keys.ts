import { player } from './player.svelte.ts';

const seekSeconds = 5;

/** Keys of whatever shows the player while it has the focus: Space, arrows, Home. Fields and buttons inside keep theirs. */
export function onPlayerKey(event: KeyboardEvent, toggle: () => void): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  switch (event.code) {
    case 'Space':
      toggle();
      break;
    case 'ArrowLeft':
      player.seek(player.second - seekSeconds);
      break;
    case 'ArrowRight':
      player.seek(player.second + seekSeconds);
      break;
    case 'Home':
      player.seek(0);
      break;
    default:
      return;
  }
  event.preventDefault();
}
