import type { Stores } from '../../app/ports/stores/index.ts';
import type { UnitOfWork } from '../../app/ports/unit-of-work.ts';
import type { Prisma, Transaction } from './client.ts';
import { auditStore } from './stores/audit.ts';
import { outboxStore } from './stores/outbox.ts';
import { peopleStore } from './stores/people.ts';
import { presenceStore } from './stores/presence.ts';
import { queueStore } from './stores/queue.ts';
import { dictionaryStore } from './stores/dictionaries.ts';
import { handoffStore } from './stores/handoffs.ts';
import { leaverStore } from './stores/leavers.ts';
import { programStore } from './stores/programs.ts';
import { settingsStore } from './stores/settings.ts';
import { taskCommandStore } from './stores/task-commands.ts';
import { teamStore } from './stores/teams.ts';
import { sessionStore } from './stores/sessions.ts';

function storesIn(transaction: Transaction): Stores {
  return {
    outbox: outboxStore(transaction),
    audit: auditStore(transaction),
    people: peopleStore(transaction),
    presence: presenceStore(transaction),
    queue: queueStore(transaction),
    dictionaries: dictionaryStore(transaction),
    handoffs: handoffStore(transaction),
    leavers: leaverStore(transaction),
    programs: programStore(transaction),
    settings: settingsStore(transaction),
    taskCommands: taskCommandStore(transaction),
    teams: teamStore(transaction),
    sessions: sessionStore(transaction),
  };
}

/** Transactions at READ COMMITTED; what must not race takes its row locks in the stores. */
export function prismaUnitOfWork(prisma: Prisma): UnitOfWork {
  return {
    run: (work) => prisma.$transaction((transaction) => work(storesIn(transaction)), { maxWait: 10_000, timeout: 15_000 }),
  };
}
