import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { conflict } from '../problem.ts';
import { ownCall } from './command-call.ts';

/** Keeps what is typed during a call, so that a reload loses nothing. @throws Refused 404, 409 `alreadyDisposed` */
export async function saveDraft(
  app: AppContext,
  actor: Actor,
  callId: number,
  draft: Record<string, unknown>,
): Promise<{ savedAt: string }> {
  const call = await ownCall(app, actor, callId);
  if (call.disposedAt) throw conflict('alreadyDisposed', 'the call has its outcome already');
  await app.unitOfWork.run((stores) => stores.calls.saveDraft(callId, draft));
  return { savedAt: app.clock.now().toISOString() };
}
