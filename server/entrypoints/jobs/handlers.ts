import type { JobHandlers } from '../../adapters/jobs/bullmq.ts';
import { runImport } from '../../app/imports/run-import.ts';
import { requeueAll } from '../../app/queue/requeue.ts';
import { storeRecording } from '../../app/recordings/store-recording.ts';
import type { App } from '../app.ts';
import { sweeper } from './sweep.ts';

/** What runs each job of the contract; the queue refuses to open when one is missing. */
export const jobHandlers = (app: App): JobHandlers => ({
  'import.run': ({ importId }) => runImport(app, importId),
  'recording.store': ({ callId }) => storeRecording(app, callId),
  'queue.requeueAll': async () => {
    await requeueAll(app);
  },
  sweep: sweeper(app),
});
