import type { Reads } from '../../../app/ports/reads/index.ts';
import type { Prisma } from '../client.ts';
import { attemptReads } from './attempts.ts';
import { auditReads } from './audit.ts';
import { boardReads } from './board.ts';
import { callReads } from './calls.ts';
import { companyReads } from './companies.ts';
import { companyCardReads } from './company-card.ts';
import { dealReads } from './deals.ts';
import { handoffReads } from './handoffs.ts';
import { importReads } from './imports.ts';
import { kpiReads } from './kpi.ts';
import { leadReads } from './leads.ts';
import { listReads } from './lists.ts';
import { matrixReads } from './matrix.ts';
import { meetingReads } from './meetings.ts';
import { peopleReads } from './people.ts';
import { playlistReads } from './playlists.ts';
import { programReads } from './programs.ts';
import { promiseReads } from './promises.ts';
import { recordingReads } from './recordings.ts';
import { savedViewReads } from './saved-views.ts';
import { scheduleReads } from './schedule.ts';
import { scriptReads } from './scripts.ts';
import { settingsReads } from './settings.ts';
import { simulationReads } from './simulation.ts';
import { taskReads } from './tasks.ts';

/** All that screens and reports look at, outside transactions. */
export function databaseReads(prisma: Prisma): Reads {
  return {
    attempts: attemptReads(prisma),
    audit: auditReads(prisma),
    board: boardReads(prisma),
    calls: callReads(prisma),
    companies: companyReads(prisma),
    companyCard: companyCardReads(prisma),
    deals: dealReads(prisma),
    handoffs: handoffReads(prisma),
    imports: importReads(prisma),
    kpi: kpiReads(prisma),
    leads: leadReads(prisma),
    lists: listReads(prisma),
    matrix: matrixReads(prisma),
    meetings: meetingReads(prisma),
    people: peopleReads(prisma),
    playlists: playlistReads(prisma),
    programs: programReads(prisma),
    promises: promiseReads(prisma),
    recordings: recordingReads(prisma),
    savedViews: savedViewReads(prisma),
    schedule: scheduleReads(prisma),
    scripts: scriptReads(prisma),
    settings: settingsReads(prisma),
    simulation: simulationReads(prisma),
    tasks: taskReads(prisma),
  };
}
