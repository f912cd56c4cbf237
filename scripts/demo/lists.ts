import { addDays, weekdayOf } from '../../server/core/hours/local-time.ts';
import type { CompanyState } from './history/company-state.ts';
import { exhibitionSourceId } from './dictionaries.ts';
import { reps } from './people.ts';

interface ListPlan {
  id: number;
  name: string;
  priority: number;
  status: 'active' | 'closed';
  size: number;
  repIds: readonly number[];
  /** What it asks for, see people.ts. */
  skillId?: number;
  takes: (state: CompanyState) => boolean;
}

const everyone = reps.map((rep) => rep.id);
const inDistrict =
  (...districts: readonly string[]) =>
  ({ company }: CompanyState): boolean =>
    districts.includes(company.place.district);

/** In the order in which companies are given out; a company is in one list. */
const plans: readonly ListPlan[] = [
  {
    id: 1,
    name: 'Выставка «Склад и упаковка», осень',
    priority: 1,
    status: 'active',
    size: 900,
    repIds: everyone,
    takes: ({ company }) => company.sourceId === exhibitionSourceId,
  },
  {
    id: 2,
    name: 'Приморье и Сахалин: склады',
    priority: 2,
    status: 'active',
    size: 60,
    repIds: [2, 5],
    takes: ({ company }) => ['423', '424'].includes(company.place.phoneCode),
  },
  { id: 3, name: 'Сибирь и Дальний Восток', priority: 3, status: 'active', size: 2_400, repIds: everyone, takes: inDistrict('east') },
  {
    id: 4,
    name: 'Центр и Северо-Запад: опт и логистика',
    priority: 3,
    status: 'active',
    size: 3_800,
    repIds: everyone,
    takes: inDistrict('west'),
  },
  {
    id: 5,
    name: 'Урал и Поволжье: производство',
    priority: 4,
    status: 'active',
    size: 2_900,
    repIds: [1, 2, 3, 4],
    takes: inDistrict('volgaUral'),
  },
  {
    id: 6,
    name: 'Юг: агро, пищевые и розница',
    priority: 4,
    status: 'active',
    size: 1_900,
    repIds: [3, 5, 6],
    skillId: 1,
    takes: inDistrict('south'),
  },
  { id: 7, name: 'Обзвон прошлых лет', priority: 9, status: 'closed', size: 3_600, repIds: everyone, takes: () => true },
];

export interface ListsMade {
  lists: object[];
  entries: object[];
  assignments: object[];
  /** Companies of each rep's cold past; the rest of the active lists is still untouched. */
  pools: Map<number, CompanyState[]>;
}

/** Of an active list so much has been dialled already; of the one that runs dry nearly all. */
const dialledShare = (plan: ListPlan): number => (plan.status === 'closed' ? 1 : plan.size < 100 ? 0.85 : 0.5);

function fillList(plan: ListPlan, states: readonly CompanyState[], pools: Map<number, CompanyState[]>, startedAt: string): object[] {
  const members = states.filter((state) => state.listId === null && plan.takes(state)).slice(0, plan.size);
  return members.map((state, position) => {
    state.listId = plan.id;
    const repId = plan.repIds[position % plan.repIds.length];
    // Reserved companies are told by storylines; cold dials skip them.
    if (repId !== undefined && position < members.length * dialledShare(plan)) pools.get(repId)?.push(state);
    return { listId: plan.id, companyId: state.company.id, position, addedAt: startedAt };
  });
}

/** Lists with their companies, handed out for this week and the next. */
export function makeLists(states: readonly CompanyState[], today: string, createdAt: string): ListsMade {
  const pools = new Map(everyone.map((repId): [number, CompanyState[]] => [repId, []]));
  const monday = addDays(today, 1 - weekdayOf(today));
  const lists = plans.map(({ id, name, priority, status, skillId = null }) => ({
    id,
    name,
    priority,
    status,
    scriptId: 1,
    skillId,
    createdById: 9,
    createdAt,
  }));
  const entries = plans.flatMap((plan) => fillList(plan, states, pools, createdAt));
  const assignments = plans
    .filter((plan) => plan.status === 'active')
    .flatMap((plan) =>
      plan.repIds.flatMap((repId) =>
        [0, 7].map((later) => ({
          listId: plan.id,
          repId,
          startsOn: addDays(monday, later),
          endsOn: addDays(monday, later + 6),
          createdAt,
        })),
      ),
    );
  return { lists, entries, assignments, pools };
}
