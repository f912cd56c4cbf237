import type { HandoffQuery, HandoffView } from '../../contract/http/handoffs.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { pageByOffset, readCursor } from '../page.ts';
import type { HandoffRow, HandoffScope } from '../ports/reads/handoffs.ts';
import type { Reads } from '../ports/reads/index.ts';

export type HandoffContext = AppContext & { reads: Pick<Reads, 'handoffs'> };

/** A seller's inbox, a rep's sent ones, a lead's team, everything for heads, admins and line managers. */
function scopeOf(actor: Actor): HandoffScope {
  switch (actor.role) {
    case 'seller':
      return { kind: 'to', sellerId: actor.id };
    case 'rep':
      return { kind: 'from', repId: actor.id };
    case 'lead':
      return actor.teamId === null ? { kind: 'from', repId: actor.id } : { kind: 'team', teamId: actor.teamId };
    case 'head':
    case 'lineManager':
    case 'admin':
      return { kind: 'all' };
    default:
      return actor.role satisfies never;
  }
}

/** A handoff as its reader sees it. `untouchedBefore`: pending ones opened before then have waited too long. */
export function handoffView(row: HandoffRow, actor: Actor, untouchedBefore: Date): HandoffView {
  const pending = row.status === 'pending';
  return { ...row, untouched: pending && new Date(row.openedAt) < untouchedBefore, mayDecide: pending && row.seller.id === actor.id };
}

/** When a handoff must have been opened to count as untouched now. */
export async function untouchedBefore(app: AppContext): Promise<Date> {
  const { dispositions } = await app.settings.read();
  return new Date(app.clock.now().getTime() - dispositions.handoffAcceptHours * 3_600_000);
}

/** Pending ones first, oldest on top, with the reasons a seller may return one for. */
export async function listHandoffs(
  app: HandoffContext,
  actor: Actor,
  query: HandoffQuery,
): Promise<{ items: HandoffView[]; nextCursor: string | null; returnReasons: string[] }> {
  const [offset = 0] = readCursor(query.cursor, 1) ?? [];
  const before = await untouchedBefore(app);
  const { handoffs } = await app.settings.read();
  const rows = await app.reads.handoffs.handoffs({
    scope: scopeOf(actor),
    status: query.status,
    pendingSinceBefore: query.untouched === 'true' ? before : undefined,
    offset,
    limit: query.limit,
  });
  const page = pageByOffset(rows, offset, query.limit);
  return {
    items: page.items.map((row) => handoffView(row, actor, before)),
    nextCursor: page.nextCursor,
    returnReasons: handoffs.returnReasons,
  };
}
