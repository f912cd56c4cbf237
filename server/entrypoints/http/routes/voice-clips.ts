import { leaveMessage } from '../../../app/calls/leave-message.ts';
import { soundOfClip } from '../../../app/voice-clips/sound-of-clip.ts';
import { addVoiceClip, audibleClip, changeVoiceClip, removeVoiceClip, voiceClips } from '../../../app/voice-clips/voice-clips.ts';
import * as contract from '../../../contract/http/voice-clips.ts';
import { alreadySent, route, type Route } from '../kit/route.ts';

const done = { ok: true } as const;

/** Spoken clips, and leaving one on a machine. */
export const voiceClipRoutes: Route[] = [
  route(contract.listVoiceClips, async ({ app, actor }) => ({ items: await voiceClips(app, actor) })),
  route(contract.addVoiceClip, async ({ app, actor, body }) => ({ id: await addVoiceClip(app, actor, body) })),
  route(contract.changeVoiceClip, async ({ app, actor, params, body }) => {
    await changeVoiceClip(app, actor, params.id, body);
    return done;
  }),
  route(contract.removeVoiceClip, async ({ app, actor, params }) => {
    await removeVoiceClip(app, actor, params.id);
    return done;
  }),
  route(contract.voiceClipAudio, async ({ app, actor, params, response }) => {
    const clip = await app.unitOfWork.run((stores) => audibleClip(stores, actor, params.id));
    const wav = await soundOfClip(app, clip);
    response.type('audio/wav').set('Cache-Control', 'private, no-cache').send(Buffer.from(wav));
    return alreadySent;
  }),
  route(contract.leaveMessage, async ({ app, actor, params, body }) => {
    await leaveMessage(app, actor, params.id, body.clipId);
    return { accepted: true as const };
  }),
];
