import type { ListOfSkill } from '../../../app/ports/stores/imports.ts';
import { nameBeside } from '../../../core/import/list-of-skill.ts';
import type { PlannedCompany } from '../../../core/import/plan-batch.ts';
import type { Transaction } from '../client.ts';
import { putIntoList } from './list-entries.ts';

/** What each of the companies is asked for by its list: one that is filled by the import, or one beside it. Those in none are absent. */
export async function skillsAsked(
  transaction: Transaction,
  listId: number,
  companyIds: readonly number[],
): Promise<Map<number, string | null>> {
  const { name, skill } = await transaction.callList.findUniqueOrThrow({ where: { id: listId }, include: { skill: true } });
  const skills = await transaction.skill.findMany();
  const beside = await transaction.callList.findMany({ where: { name: { in: skills.map((other) => nameBeside(name, other.name)) } } });
  const asked = new Map<number, string | null>([[listId, skill?.name ?? null]]);
  for (const other of skills) {
    const list = beside.find((found) => found.name === nameBeside(name, other.name));
    if (list) asked.set(list.id, other.name);
  }
  const entries = await transaction.listEntry.findMany({
    where: { listId: { in: [...asked.keys()] }, companyId: { in: [...companyIds] } },
  });
  // Whoever is in both is in the one that asks.
  return new Map(
    entries
      .toSorted((left, right) => Number(right.listId === listId) - Number(left.listId === listId))
      .map((entry) => [entry.companyId, asked.get(entry.listId) ?? null]),
  );
}

/** The list beside another that asks for a skill; a closed one is opened again, since nobody would call what is put into it. */
export async function listBeside(transaction: Transaction, listId: number, skill: string): Promise<{ id: number; isNew: boolean }> {
  const list = await transaction.callList.findUniqueOrThrow({ where: { id: listId }, include: { skill: true } });
  if (list.skill?.name === skill) return { id: listId, isNew: false };
  const name = nameBeside(list.name, skill);
  const known = await transaction.callList.findUnique({ where: { name } });
  if (known) {
    if (known.status === 'closed') await transaction.callList.update({ where: { id: known.id }, data: { status: 'active' } });
    return { id: known.id, isNew: false };
  }
  const { priority, scriptId, createdById, dialMode, countdownSeconds, lines, capPercent, russianAdvertising } = list;
  const { id: skillId } = await transaction.skill.findUniqueOrThrow({ where: { name: skill } });
  const likeIt = { priority, scriptId, createdById, dialMode, countdownSeconds, lines, capPercent, russianAdvertising };
  const made = await transaction.callList.create({ data: { ...likeIt, name, skillId }, select: { id: true } });
  return { id: made.id, isNew: true };
}

/** A company that the file now asks a skill for leaves the list where it stood without one, and so does its lead. */
async function leaveOthers(transaction: Transaction, listId: number, fromId: number, companyIds: readonly number[]): Promise<void> {
  const ids = [...companyIds];
  await transaction.listEntry.deleteMany({ where: { listId: fromId, companyId: { in: ids } } });
  await transaction.$executeRaw`
    UPDATE lead SET list_id = entry.list_id, position = entry.position FROM list_entry entry
     WHERE entry.list_id = ${listId} AND entry.company_id = lead.company_id AND lead.list_id = ${fromId} AND lead.company_id = ANY(${ids}::int[])`;
}

/** Puts the companies that join into the lists of their skills, in the order of the file. */
export async function putIntoLists(
  transaction: Transaction,
  idOf: ReadonlyMap<PlannedCompany, number>,
  listOf: ListOfSkill,
  now: Date,
): Promise<void> {
  const joining = new Map<number, number[]>();
  for (const [{ joinsList, facts }, companyId] of idOf) {
    const listId = joinsList ? listOf(facts.skill) : null;
    if (listId !== null) joining.set(listId, [...(joining.get(listId) ?? []), companyId]);
  }
  const ownId = listOf(null);
  for (const [listId, companyIds] of [...joining].toSorted(([left], [right]) => left - right)) {
    await putIntoList(transaction, listId, companyIds, now);
    if (ownId !== null && listId !== ownId) await leaveOthers(transaction, listId, ownId, companyIds);
  }
}
