import type { RecordingComment, Scorecard, Scores } from '../../contract/http/recordings.ts';
import type { Actor } from '../actor.ts';
import { invalid } from '../problem.ts';
import { recordingCard } from './list-recordings.ts';
import type { RecordingContext } from './recording-context.ts';

/** Pins a comment at a second. @throws Refused 404; 422 when the recording is shorter */
export async function addComment(
  app: RecordingContext,
  actor: Actor,
  recordingId: number,
  comment: { atSecond: number; text: string },
): Promise<RecordingComment> {
  const card = await recordingCard(app, actor, recordingId);
  if (card.durationSeconds !== null && comment.atSecond > card.durationSeconds)
    throw invalid('atSecond', 'afterTheEnd', 'the recording is shorter');
  return app.unitOfWork.run((stores) =>
    stores.recordings.addComment({ recordingId, authorId: actor.id, ...comment, now: app.clock.now() }),
  );
}

/** Judges a conversation; the reviewer's earlier card is replaced. @throws Refused 404 */
export async function saveScorecard(
  app: RecordingContext,
  actor: Actor,
  recordingId: number,
  card: { scores: Scores; note?: string | undefined },
): Promise<Scorecard> {
  await recordingCard(app, actor, recordingId);
  return app.unitOfWork.run((stores) =>
    stores.recordings.putScorecard({ recordingId, authorId: actor.id, scores: card.scores, note: card.note || null, now: app.clock.now() }),
  );
}
