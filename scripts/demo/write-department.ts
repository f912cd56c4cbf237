import path from 'node:path';
import type { ClientBase } from 'pg';
import { russianHolidays } from './calendar.ts';
import { countHistory } from './counters.ts';
import type { Department } from './department.ts';
import { channelRows, regionRows, sourceRows, subchannelRows, zoneRows } from './dictionaries.ts';
import type { CompanyState } from './history/company-state.ts';
import { advanceIds, insertRows } from './insert.ts';
import type { DemoOptions } from './options.ts';
import { skillRows, teams, userRows, userSkillRows } from './people.ts';
import { plannedEventRows } from './plans.ts';
import { demoCallingHours, leadRows } from './present.ts';
import { seededRandom } from './random.ts';
import { erasedRecordings, makeRecordings, makeReview, type ReviewRows } from './recordings.ts';
import { scriptObjections, scriptSteps, stageRows } from './words/script.ts';

const dayMillis = 86_400_000;

function companyRow(state: CompanyState, createdAt: Date, now: Date): object {
  const { company } = state;
  return {
    id: company.id,
    name: company.name,
    legalName: company.legalName,
    taxNumber: company.taxNumber,
    channelId: company.channelId,
    subchannelId: company.subchannelId,
    regionId: company.regionId,
    sourceId: company.sourceId,
    timeZone: company.place.timeZone,
    category: company.category,
    ownerId: state.ownerId,
    status: state.status,
    notNowUntil: state.notNowUntil,
    statusReason: state.statusReason,
    doNotCall: state.doNotCall,
    isCustomer: state.customerSince !== null,
    customerSince: state.customerSince,
    site: company.site,
    city: company.place.city,
    address: company.address,
    notes: '',
    fields: {},
    lastContactAt: state.lastContactMillis === null ? null : new Date(state.lastContactMillis),
    reachedOn: state.reachedOn,
    normalizedName: company.normalizedName,
    createdAt: company.sourceId === 1 && state.lastCallId === null && state.reserved ? new Date(now.getTime() - 4 * 60_000) : createdAt,
    updatedAt: now,
  };
}

async function writeDictionaries(client: ClientBase, now: Date): Promise<void> {
  const year = now.getUTCFullYear();
  await insertRows(client, 'zone', zoneRows);
  await insertRows(client, 'region', regionRows);
  await insertRows(client, 'channel', channelRows);
  await insertRows(client, 'subchannel', subchannelRows);
  await insertRows(client, 'source', sourceRows);
  await insertRows(client, 'skill', skillRows);
  await insertRows(client, 'holiday', russianHolidays([year - 1, year, year + 1]));
  await insertRows(client, 'funnel', [{ id: 1, name: 'Основная воронка', isDefault: true }]);
  await insertRows(client, 'stage', stageRows);
  await insertRows(client, 'script', [{ id: 1, name: 'Первый звонок', steps: scriptSteps, objections: scriptObjections, updatedAt: now }]);
  await insertRows(client, 'setting', [{ key: 'callingHours', value: demoCallingHours, updatedAt: now }]);
}

async function writeLedger(client: ClientBase, { ledger }: Department, log: (line: string) => void): Promise<void> {
  await insertRows(
    client,
    'call',
    ledger.calls.rows.map((call) => ({ ...call, answers: {} })),
  );
  log(`${ledger.calls.rows.length} calls of three years written`);
  await insertRows(client, 'promise', ledger.promises.rows);
  await insertRows(client, 'deal', ledger.deals.rows);
  await insertRows(client, 'deal_move', ledger.moves.rows);
  await insertRows(client, 'meeting', ledger.meetings.rows);
  await insertRows(client, 'attempt', ledger.attempts.rows);
  await insertRows(client, 'task', ledger.tasks.rows);
  await insertRows(client, 'handoff', ledger.handoffs.rows);
  await insertRows(client, 'win', ledger.wins.rows);
  await insertRows(client, 'visit', ledger.visits.rows);
  await countHistory(client);
  log('attempts, deals, promises and counters written');
}

/** What the carrier said in the calls of the last days; of older ones only the call itself is kept. */
function eventRows({ ledger }: Department, now: Date): object[] {
  const since = now.getTime() - 3 * dayMillis;
  return ledger.calls.rows
    .filter((call) => call.intentAt.getTime() >= since)
    .flatMap((call) => {
      const event = (kind: string, at: Date | null, carrierWord: string, body: object): object[] =>
        at === null ? [] : [{ callId: call.id, eventKey: kind, kind, at, receivedAt: at, carrierWord, body: { kind, ...body } }];
      return [
        ...event('dialing', call.dialedAt, 'trying', {}),
        ...event('ringing', call.ringingAt, 'ringing', {}),
        ...event('answered', call.answeredAt, '200', {}),
        ...event('answeredBy', call.answeredAt, call.answeredBy ?? '', { by: call.answeredBy }),
        ...event('ended', call.endedAt, call.endCause === 'completed' ? 'bye' : call.endCause, { cause: call.endCause }),
      ];
    });
}

const renderRecordings = ({ ledger }: Department, options: DemoOptions): Promise<ReviewRows['recordings']> =>
  makeRecordings(ledger.calls.rows, options.dataDir, options.audioDir ?? path.resolve('server/adapters/telephony/sandbox/audio'));

async function writeReview(
  client: ClientBase,
  { ledger }: Department,
  recordings: ReviewRows['recordings'],
  options: DemoOptions,
): Promise<void> {
  const review = makeReview(seededRandom(options.seed).fork('review'), recordings, ledger.calls.rows, options.now);
  await insertRows(client, 'recording', recordings);
  await insertRows(client, 'recording', erasedRecordings(recordings, ledger.calls.rows, options.now));
  await insertRows(client, 'recording_comment', review.comments);
  await insertRows(client, 'scorecard', review.scorecards);
  await insertRows(client, 'playlist', review.playlists);
  await insertRows(client, 'playlist_item', review.playlistItems);
  options.log(`${recordings.length} recordings rendered`);
}

const tablesWithIds = [
  'planned_event',
  'team',
  'app_user',
  'zone',
  'region',
  'channel',
  'subchannel',
  'source',
  'skill',
  'company',
  'contact',
  'phone',
  'call_list',
  'lead',
  'funnel',
  'stage',
  'script',
  'call',
  'promise',
  'deal',
  'deal_move',
  'meeting',
  'attempt',
  'task',
  'handoff',
  'win',
  'visit',
  'recording',
  'playlist',
] as const;

/** Writes everything but the queue, inside the caller's transaction. */
export async function writeDepartment(client: ClientBase, department: Department, options: DemoOptions): Promise<void> {
  // Sound is rendered while the base writes: each keeps another core busy.
  const [recordings] = await Promise.all([renderRecordings(department, options), writeTables(client, department, options)]);
  await writeReview(client, department, recordings, options);
  for (const table of tablesWithIds) await advanceIds(client, table);
}

async function writeTables(client: ClientBase, department: Department, options: DemoOptions): Promise<void> {
  const { now, log } = options;
  const founded = new Date(now.getTime() - 1_100 * dayMillis);
  const { states, companies, lists } = department;
  await insertRows(
    client,
    'team',
    teams.map((team) => ({ ...team, createdAt: founded })),
  );
  await writeDictionaries(client, now);
  await insertRows(client, 'app_user', await userRows(founded));
  await insertRows(client, 'user_skill', userSkillRows);
  await insertRows(
    client,
    'company',
    states.map((state) => companyRow(state, founded, now)),
  );
  await insertRows(
    client,
    'contact',
    companies.flatMap((company) => company.contacts.map((contact) => ({ ...contact, createdAt: founded, updatedAt: founded }))),
  );
  await insertRows(
    client,
    'phone',
    companies.flatMap((company) => company.phones),
  );
  log(`${companies.length} companies written`);
  await insertRows(client, 'call_list', lists.lists);
  await insertRows(client, 'list_entry', lists.entries);
  await insertRows(client, 'list_assignment', lists.assignments);
  await insertRows(client, 'lead', leadRows(states, now.getTime()));
  await insertRows(client, 'planned_event', plannedEventRows(states, now));
  await writeLedger(client, department, log);
  await insertRows(client, 'call_event', eventRows(department, now));
}
