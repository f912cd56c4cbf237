import type { Stores } from '../../app/ports/stores/index.ts';
import type { UnitOfWork } from '../../app/ports/unit-of-work.ts';
import type { Prisma, Transaction } from './client.ts';
import { auditStore } from './stores/audit.ts';
import { outboxStore } from './stores/outbox.ts';
import { peopleStore } from './stores/people.ts';
import { presenceStore } from './stores/presence.ts';
import { queueStore } from './stores/queue.ts';
import { dealCommandStore } from './stores/deal-commands.ts';
import { companyStore } from './stores/companies.ts';
import { dictionaryStore } from './stores/dictionaries.ts';
import { handoffStore } from './stores/handoffs.ts';
import { importStore } from './stores/imports.ts';
import { listStore } from './stores/lists.ts';
import { leaverStore } from './stores/leavers.ts';
import { playlistStore } from './stores/playlists.ts';
import { recordingStore } from './stores/recordings.ts';
import { programStore } from './stores/programs.ts';
import { settingsStore } from './stores/settings.ts';
import { taskCommandStore } from './stores/task-commands.ts';
import { teamStore } from './stores/teams.ts';
import { sessionStore } from './stores/sessions.ts';
import { attemptStore } from './stores/attempts.ts';
import { callStore } from './stores/calls.ts';
import { calledCompanyStore } from './stores/called-company.ts';
import { dealStore } from './stores/deals.ts';
import { kpiStore } from './stores/kpi.ts';
import { promiseStore } from './stores/promises.ts';
import { taskStore } from './stores/tasks.ts';

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
    imports: importStore(transaction),
    lists: listStore(transaction),
    leavers: leaverStore(transaction),
    playlists: playlistStore(transaction),
    programs: programStore(transaction),
    recordings: recordingStore(transaction),
    settings: settingsStore(transaction),
    taskCommands: taskCommandStore(transaction),
    teams: teamStore(transaction),
    sessions: sessionStore(transaction),
    attempts: attemptStore(transaction),
    calls: callStore(transaction),
    calledCompany: calledCompanyStore(transaction),
    deals: dealStore(transaction),
    kpi: kpiStore(transaction),
    promises: promiseStore(transaction),
    tasks: taskStore(transaction),
  };
}

/** Transactions at READ COMMITTED; what must not race takes its row locks in the stores. */
export function prismaUnitOfWork(prisma: Prisma): UnitOfWork {
  return {
    run: (work) => prisma.$transaction((transaction) => work(storesIn(transaction)), { maxWait: 10_000, timeout: 15_000 }),
  };
}
