import { everyTeam } from '../../app/kpi/watch-board.ts';
import type { AppContext } from '../../app/context.ts';
import type { Announcement } from '../../app/ports/bus.ts';
import type { BoardRow } from '../../contract/http/kpi.ts';

export interface BoardPublisher {
  /** Notes that the rows of these reps changed; they are told within `gatherMs`. */
  changed: (repIds: readonly number[]) => void;
  stop(): Promise<void>;
}

/** Coalesced at 4 Hz a board costs a twelfth of what single events cost (design measurements). */
const gatherMs = 250;

type PublisherParts = Pick<AppContext, 'unitOfWork' | 'clock' | 'log'> & { announce: (announcement: Announcement) => void };

interface NumberedRows {
  audience: number;
  sequence: number;
  rows: BoardRow[];
}

/** Gathers changes and tells each audience its rows with the audience's next number; each rep hears his own figures. */
export function boardPublisher(parts: PublisherParts): BoardPublisher {
  const waiting = new Set<number>();
  let timer: NodeJS.Timeout | null = null;
  let publishing = Promise.resolve();

  const run = (): void => {
    timer = null;
    publishing = publishing
      .then(async () => {
        const repIds = [...waiting];
        waiting.clear();
        await publish(parts, repIds);
      })
      .catch((error: unknown) => {
        parts.log.error({ err: error }, 'the board was not told; the next change or snapshot will tell it');
      });
  };
  return {
    changed: (repIds) => {
      for (const repId of repIds) waiting.add(repId);
      if (waiting.size > 0) timer ??= setTimeout(run, gatherMs);
    },
    stop: async () => {
      if (timer) {
        clearTimeout(timer);
        run();
      }
      await publishing;
    },
  };
}

async function publish({ unitOfWork, clock, announce }: PublisherParts, repIds: readonly number[]): Promise<void> {
  const boards = await unitOfWork.run(async ({ kpi }) => {
    const rows = await kpi.boardRows(repIds, clock.now());
    const teamIds = [...new Set(rows.map((row) => row.teamId))].filter((teamId) => teamId !== null).sort((left, right) => left - right);
    const numbered: NumberedRows[] = [];
    for (const audience of rows.length > 0 ? [everyTeam, ...teamIds] : []) {
      const seen = audience === everyTeam ? rows : rows.filter((row) => row.teamId === audience);
      numbered.push({ audience, sequence: await kpi.nextSequence(audience), rows: seen });
    }
    return numbered;
  });
  for (const { audience, sequence, rows } of boards) {
    announce({ event: 'board:update', audience: audience === everyTeam ? 'watchers' : { team: audience }, payload: { sequence, rows } });
    if (audience !== everyTeam) continue;
    for (const row of rows)
      announce({ event: 'kpi:update', audience: { user: row.rep.id }, payload: { repId: row.rep.id, figures: row.figures } });
  }
}
