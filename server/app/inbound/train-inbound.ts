import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { TrainingCallers } from '../ports/training-callers.ts';
import { conflict, notFound } from '../problem.ts';

/** Lets a prospect of the sandbox call; without a number, the one whom the actor dialled last. @throws Refused 404, 409 `nobodyToCall` */
export async function trainInbound(
  app: AppContext & { training: TrainingCallers | null },
  actor: Actor,
  from: string | null | undefined,
): Promise<{ callId: number | null }> {
  if (!app.training) throw notFound('sandbox');
  if (from === null) return { callId: await app.training.arrive(null) };
  const number = from ?? (await app.unitOfWork.run((stores) => stores.inbound.numberForTraining(actor.id)));
  if (number === null) throw conflict('nobodyToCall', 'there is no company with a number yet');
  return { callId: await app.training.arrive(number) };
}
