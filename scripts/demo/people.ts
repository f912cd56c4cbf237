import { hash } from '@node-rs/argon2';
import { channelRows } from './dictionaries.ts';

/** The one password of all demo sign-ins. */
const demoPassword = 'demo-demo-demo';

export const teams = [
  { id: 1, name: 'Группа Север' },
  { id: 2, name: 'Группа Юг' },
] as const;

type DemoRole = 'rep' | 'lead' | 'head' | 'seller' | 'lineManager' | 'admin';
export interface DemoUser {
  id: number;
  email: string;
  name: string;
  role: DemoRole;
  teamId: number | null;
}

const user = (id: number, account: string, name: string, role: DemoRole, teamId: number | null): DemoUser => ({
  id,
  email: `${account}@demo.local`,
  name,
  role,
  teamId,
});

export const users: readonly DemoUser[] = [
  user(1, 'rep1', 'Павел Озерцов', 'rep', 1),
  user(2, 'rep2', 'Анна Ветрова', 'rep', 1),
  user(3, 'rep3', 'Тимур Сабиров', 'rep', 1),
  user(4, 'rep4', 'Ольга Чернышова', 'rep', 1),
  user(5, 'rep5', 'Кирилл Дорохин', 'rep', 2),
  user(6, 'rep6', 'Мария Лугова', 'rep', 2),
  user(7, 'lead', 'Ирина Северцева', 'lead', 1),
  user(8, 'lead2', 'Артём Южаков', 'lead', 2),
  user(9, 'head', 'Виктор Громов', 'head', null),
  user(10, 'seller', 'Светлана Коробова', 'seller', null),
  user(11, 'seller2', 'Денис Мельниченко', 'seller', null),
  user(12, 'admin', 'Николай Админов', 'admin', null),
  user(13, 'line', 'Галина Торопова', 'lineManager', null),
];

export const skillRows = [
  { id: 1, name: 'Агро и пищевые' },
  { id: 2, name: 'Тендеры' },
  { id: 3, name: 'Английский' },
] as const;

export const userSkillRows = [
  { userId: 2, skillId: 2 },
  { userId: 3, skillId: 1 },
  { userId: 4, skillId: 3 },
  { userId: 5, skillId: 1 },
  { userId: 6, skillId: 1 },
  { userId: 6, skillId: 2 },
] as const;

export const reps = users.filter((person) => person.role === 'rep');
export const sellerIds = [10, 11] as const;
export const leadIdOfTeam: Readonly<Record<number, number>> = { 1: 7, 2: 8 };

/** Rows of app_user; the line manager has the first channel, each has a hash of its own, as real sign-ins would. */
export async function userRows(createdAt: Date): Promise<object[]> {
  return Promise.all(
    users.map(async (person) => ({
      ...person,
      channelId: person.role === 'lineManager' ? (channelRows[0]?.id ?? null) : null,
      passwordHash: await hash(demoPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
      timeZone: 'Europe/Moscow',
      locale: 'ru',
      createdAt,
      updatedAt: createdAt,
    })),
  );
}
