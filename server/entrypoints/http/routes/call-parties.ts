import * as contract from '../../../contract/http/call-parties.ts';
import { consultCall, dismissParty, joinCall, leaveCall, transferCall } from '../../../app/calls/ask-in.ts';
import { commandCall } from '../../../app/calls/command-call.ts';
import { consultationsOf } from '../../../app/calls/consultations.ts';
import { keepRecording } from '../../../app/calls/pause-recording.ts';
import { route } from '../kit/route.ts';

const accepted = async (work: Promise<void>): Promise<{ accepted: true }> => {
  await work;
  return { accepted: true };
};

/** Everybody besides the rep and the prospect, and what is kept of the talk. */
export const partyRoutes = [
  route(contract.transferCall, ({ app, actor, params, body }) => accepted(transferCall(app, actor, params.id, body))),
  route(contract.consultCall, ({ app, actor, params, body }) => accepted(consultCall(app, actor, params.id, body))),
  route(contract.mergeCall, ({ app, actor, params }) => accepted(commandCall(app, actor, params.id, { kind: 'mergeParty' }))),
  route(contract.dismissParty, ({ app, actor, params }) => accepted(dismissParty(app, actor, params.id))),
  route(contract.consultations, async ({ app, actor }) => ({ items: await consultationsOf(app, actor) })),
  route(contract.callColleagues, async ({ app, actor }) => ({ items: await app.reads.calls.colleagues(actor.id, app.clock.now()) })),
  route(contract.joinCall, ({ app, actor, params }) => accepted(joinCall(app, actor, params.id))),
  route(contract.leaveCall, ({ app, actor, params }) => accepted(leaveCall(app, actor, params.id))),
  route(contract.pauseRecording, ({ app, actor, params }) => accepted(keepRecording(app, actor, params.id, false))),
  route(contract.resumeRecording, ({ app, actor, params }) => accepted(keepRecording(app, actor, params.id, true))),
];
