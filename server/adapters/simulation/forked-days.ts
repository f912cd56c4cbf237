import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DaySimulator, DayToPlay, Watch } from '../../app/ports/day-simulator.ts';
import type { ComparedDays } from '../../core/simulation/day.ts';
import type { ProcessWord } from './day-process.ts';

/** Beside the bundle lies the bundled process; from the sources it is read as they are. */
const isBundled = !import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isBundled ? './day-process.js' : './day-process.ts', import.meta.url));
/** Calls go before it, whatever else the processors do. */
const niceness = 5;

/** Starts a player that holds nobody up: it ends with us, and we do not wait for it. */
function startPlayer(): ChildProcess {
  // Days hold maps and dates, which JSON would lose.
  const player = fork(program, { execArgv: isBundled ? [] : ['--import', 'tsx'], serialization: 'advanced' });
  if (player.pid !== undefined) setPriority(player.pid, niceness);
  player.unref();
  player.channel?.unref();
  return player;
}

function playWith(player: ChildProcess, day: DayToPlay, { signal, onProgress }: Watch): Promise<ComparedDays> {
  return new Promise<ComparedDays>((resolve, reject) => {
    const heard = (word: ProcessWord): void => {
      if (word.kind === 'progress') onProgress(word.share);
      else if (word.kind === 'done') settle(() => resolve(word.days));
      else settle(() => reject(new Error(word.reason)));
    };
    // In the middle of a day it hears nothing: who no longer waits for it ends it.
    const left = (): void => {
      player.kill();
      settle(() => reject(signal.reason instanceof Error ? signal.reason : new Error('nobody waits for the simulated day')));
    };
    const ended = (): void => settle(() => reject(new Error('the process of the simulated day ended without an answer')));
    const settle = (say: () => void): void => {
      player.off('message', heard).off('exit', ended).off('error', ended);
      signal.removeEventListener('abort', left);
      player.channel?.unref();
      say();
    };
    player.on('message', heard).on('exit', ended).on('error', ended);
    signal.addEventListener('abort', left);
    player.channel?.ref();
    player.send(day);
  });
}

/** Plays days in a process of their own, one after the other: the processors that are left belong to the calls. */
export function forkedDays(): DaySimulator {
  let player: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  return {
    compare: (day, watch) => {
      const played = last.then(() => {
        watch.signal.throwIfAborted();
        if (player === null || !player.connected || player.killed) player = startPlayer();
        return playWith(player, day, watch);
      });
      last = played.catch(() => undefined);
      return played;
    },
  };
}
