import type { NewSavedView, SavedView, ViewPage } from '../../contract/http/saved-views.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { invalid, notFound } from '../problem.ts';

type ViewContext = AppContext & { reads: Pick<Reads, 'savedViews'> };

/** A table's views that the actor may choose from. */
export async function listViews(app: ViewContext, actor: Actor, page: ViewPage): Promise<{ items: SavedView[] }> {
  return { items: await app.reads.savedViews.views(actor.id, page) };
}

/** Keeps a table's filter, order and columns under a name. @throws Refused 422 `mayNotShare` */
export async function saveView(app: ViewContext, actor: Actor, view: NewSavedView): Promise<SavedView> {
  if (view.shared && actor.role !== 'lead' && !seesEveryone(actor))
    throw invalid('shared', 'mayNotShare', 'only a lead or a head shares views');
  const viewId = await app.unitOfWork.run((stores) => stores.savedViews.save(actor.id, view));
  const saved = await app.reads.savedViews.view(viewId);
  if (!saved) throw notFound('view');
  return saved;
}

/** Removes one's own view, as a head any shared one. @throws Refused 404 */
export async function removeView(app: ViewContext, actor: Actor, viewId: number): Promise<{ ok: true }> {
  const by = { ownerId: actor.id, anyShared: seesEveryone(actor) };
  if (!(await app.unitOfWork.run((stores) => stores.savedViews.remove(viewId, by)))) throw notFound('view');
  return { ok: true };
}
