import type { DictionaryEntry, DictionaryKind } from '../../contract/http/department.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { conflict, invalid, notFound } from '../problem.ts';

const nameTaken = () => invalid('name', 'nameTaken', 'there is one with this name already');

/** @throws Refused 422 `nameTaken`, `noSuchChannel` */
export function addDictionaryEntry(app: AppContext, actor: Actor, entry: DictionaryEntry): Promise<number> {
  return app.unitOfWork.run(async (stores) => {
    const added = await stores.dictionaries.add(entry);
    if (added === 'nameTaken') throw nameTaken();
    if (added === 'absent') throw invalid('channelId', 'noSuchChannel', 'there is no such channel');
    await stores.audit.write({ userId: actor.id, action: 'dictionary.add', entity: entry.kind, entityId: added });
    return added;
  });
}

/** @throws Refused 404, 422 `nameTaken` */
export async function changeDictionaryEntry(app: AppContext, actor: Actor, id: number, entry: DictionaryEntry): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const changed = await stores.dictionaries.change(id, entry);
    if (changed === 'absent') throw notFound(entry.kind);
    if (changed === 'nameTaken') throw nameTaken();
    await stores.audit.write({ userId: actor.id, action: 'dictionary.change', entity: entry.kind, entityId: id });
  });
}

/** Removes an entry that no company has; a skill that nobody has and no list asks for. @throws Refused 404, 409 `inUse` */
export async function removeDictionaryEntry(app: AppContext, actor: Actor, kind: DictionaryKind, id: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const removed = await stores.dictionaries.remove(kind, id);
    if (removed === 'absent') throw notFound(kind);
    if (removed === 'inUse') throw conflict('inUse', 'it is still used; give those who have it another one first');
    await stores.audit.write({ userId: actor.id, action: 'dictionary.remove', entity: kind, entityId: id });
  });
}
