import { acceptLoss } from '../../../app/recordings/accept-loss.ts';
import { eraseOnRequest } from '../../../app/recordings/erase-recording.ts';
import { fetchAgain } from '../../../app/recordings/fetch-again.ts';
import { readLedgerAlarm } from '../../../app/recordings/ledger-alarm.ts';
import { listRecordings, recordingCard, recordingLedger } from '../../../app/recordings/list-recordings.ts';
import { logListen, peaksOfRecording, playableFile } from '../../../app/recordings/play-recording.ts';
import { addComment, saveScorecard } from '../../../app/recordings/review-recording.ts';
import { keptTypes } from '../../../app/ports/recording-sound.ts';
import * as contract from '../../../contract/http/recordings.ts';
import { alreadySent, route, type Route } from '../kit/route.ts';
import { sendAsWav, sendAudio } from '../recording-audio.ts';

/** Listening to recordings and judging them. */
export const recordingRoutes: Route[] = [
  route(contract.listRecordings, ({ app, actor, query }) => listRecordings(app, actor, query)),
  route(contract.recordingLedger, ({ app, actor, query }) => recordingLedger(app, actor, query)),
  route(contract.ledgerAlarm, ({ app }) => readLedgerAlarm(app)),
  route(contract.getRecording, ({ app, actor, params }) => recordingCard(app, actor, params.id)),
  route(contract.recordingPeaks, ({ app, actor, params, response }) => {
    response.setHeader('Cache-Control', 'private, no-cache');
    return peaksOfRecording(app, actor, params.id);
  }),
  route(contract.recordingAudio, async ({ app, actor, params, query, request, response }) => {
    const file = await playableFile(app, actor, params.id);
    if (request.method === 'GET') await logListen(app, actor, file);
    if (query.format === 'wav' && file.mimeType !== keptTypes.wav) await sendAsWav(app, file, request, response);
    else await sendAudio(app.recordingStorage, file, request, response);
    return alreadySent;
  }),
  route(contract.addComment, ({ app, actor, params, body }) => addComment(app, actor, params.id, body)),
  route(contract.saveScorecard, ({ app, actor, params, body }) => saveScorecard(app, actor, params.id, body)),
  route(contract.fetchRecordingAgain, async ({ app, actor, params }) => {
    await fetchAgain(app, actor, params.id);
    return { ok: true as const };
  }),
  route(contract.acceptRecordingLoss, async ({ app, actor, params }) => {
    await acceptLoss(app, actor, params.id);
    return { ok: true as const };
  }),
  route(contract.eraseRecording, async ({ app, actor, params }) => {
    await eraseOnRequest(app, actor, params.id);
    return { ok: true as const };
  }),
];
