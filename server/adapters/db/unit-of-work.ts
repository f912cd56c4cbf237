import type { Stores } from '../../app/ports/stores/index.ts';
import type { Log } from '../../app/ports/log.ts';
import type { UnitOfWork } from '../../app/ports/unit-of-work.ts';
import type { Prisma, Transaction } from './client.ts';
import { runAgainAfterLostRaces } from './lost-race.ts';
import { auditStore } from './stores/audit.ts';
import { outboxStore } from './stores/outbox.ts';
import { peopleStore } from './stores/people.ts';
import { presenceStore } from './stores/presence.ts';
import { queueStore } from './stores/queue.ts';
import { dealCommandStore } from './stores/deal-commands.ts';
import { companyStore } from './stores/companies.ts';
import { dictionaryStore } from './stores/dictionaries.ts';
import { handoffStore } from './stores/handoffs.ts';
import { inboundStore } from './stores/inbound.ts';
import { importStore } from './stores/imports.ts';
import { listStore } from './stores/lists.ts';
import { leadStore } from './stores/leads.ts';
import { learningStore } from './stores/learning.ts';
import { leaverStore } from './stores/leavers.ts';
import { ownNumberStore } from './stores/own-numbers.ts';
import { plannedEventStore } from './stores/planned-events.ts';
import { playlistStore } from './stores/playlists.ts';
import { recordingStore } from './stores/recordings.ts';
import { programStore } from './stores/programs.ts';
import { savedViewStore } from './stores/saved-views.ts';
import { seatStore } from './stores/seats.ts';
import { settingsStore } from './stores/settings.ts';
import { supervisionStore } from './stores/supervision.ts';
import { taskCommandStore } from './stores/task-commands.ts';
import { teamStore } from './stores/teams.ts';
import { voiceClipStore } from './stores/voice-clips.ts';
import { sessionStore } from './stores/sessions.ts';
import { attemptStore } from './stores/attempts.ts';
import { callStore } from './stores/calls.ts';
import { calledCompanyStore } from './stores/called-company.ts';
import { dealStore } from './stores/deals.ts';
import { kpiStore } from './stores/kpi.ts';
import { meetingStore } from './stores/meetings.ts';
import { promiseStore } from './stores/promises.ts';
import { taskStore } from './stores/tasks.ts';
import { volleyStore } from './stores/volleys.ts';

function storesIn(transaction: Transaction): Stores {
  return {
    outbox: outboxStore(transaction),
    audit: auditStore(transaction),
    people: peopleStore(transaction),
    presence: presenceStore(transaction),
    queue: queueStore(transaction),
    dealCommands: dealCommandStore(transaction),
    companies: companyStore(transaction),
    dictionaries: dictionaryStore(transaction),
    handoffs: handoffStore(transaction),
    inbound: inboundStore(transaction),
    imports: importStore(transaction),
    lists: listStore(transaction),
    leads: leadStore(transaction),
    learning: learningStore(transaction),
    leavers: leaverStore(transaction),
    ownNumbers: ownNumberStore(transaction),
    plannedEvents: plannedEventStore(transaction),
    playlists: playlistStore(transaction),
    programs: programStore(transaction),
    recordings: recordingStore(transaction),
    savedViews: savedViewStore(transaction),
    seats: seatStore(transaction),
    settings: settingsStore(transaction),
    supervision: supervisionStore(transaction),
    taskCommands: taskCommandStore(transaction),
    teams: teamStore(transaction),
    voiceClips: voiceClipStore(transaction),
    sessions: sessionStore(transaction),
    attempts: attemptStore(transaction),
    calls: callStore(transaction),
    calledCompany: calledCompanyStore(transaction),
    deals: dealStore(transaction),
    kpi: kpiStore(transaction),
    meetings: meetingStore(transaction),
    promises: promiseStore(transaction),
    tasks: taskStore(transaction),
    volleys: volleyStore(transaction),
  };
}

/**
 * Transactions at READ COMMITTED; what must not race takes its row locks in the stores. One that the base ends as the victim of a
 * deadlock is run again: use cases touch nothing but their stores before the commit.
 */
export function prismaUnitOfWork(prisma: Prisma, log?: Log): UnitOfWork {
  return {
    run: (work) =>
      runAgainAfterLostRaces(log, () =>
        prisma.$transaction((transaction) => work(storesIn(transaction)), { maxWait: 10_000, timeout: 15_000 }),
      ),
  };
}
