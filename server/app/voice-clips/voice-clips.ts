import type { VoiceClipChange, VoiceClipView } from '../../contract/http/voice-clips.ts';
import { readClip } from '../../core/audio/clip.ts';
import { UnreadableWav } from '../../core/audio/wav.ts';
import { usedClip } from '../../core/audio/used-clip.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { VoiceClip } from '../ports/stores/voice-clips.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, notFound, Refused } from '../problem.ts';

type Storing = AppContext & { recordingStorage: RecordingStorage };

/** The actor's own clips and the department's. */
export async function voiceClips(app: AppContext, actor: Actor): Promise<VoiceClipView[]> {
  const clips = await app.unitOfWork.run((stores) => stores.voiceClips.of(actor.id));
  const used = usedClip(clips);
  return clips.map(({ storageKey: _, ownerId, announces, createdAt, ...clip }) => ({
    ...clip,
    scope: announces ? 'announcement' : ownerId === null ? 'department' : 'own',
    isUsed: announces ? clip.isDefault : clip.id === used?.id,
    createdAt: createdAt.toISOString(),
  }));
}

/** @throws Refused 403 `notAllowed` for a rep's clip of the department, and for anybody's but a head's or admin's that announces; 422 for what is no clip */
export async function addVoiceClip(
  app: Storing,
  actor: Actor,
  input: { name: string; scope: VoiceClipView['scope']; wav: string },
): Promise<number> {
  const ownerId = input.scope === 'own' ? actor.id : null;
  const announces = input.scope === 'announcement';
  mayChange(actor, { ownerId, announces });
  const wav = Buffer.from(input.wav, 'base64');
  const durationSeconds = durationOf(wav);
  const { storageKey } = await app.recordingStorage.putClip(wav);
  const clip = { name: input.name, ownerId, announces, createdById: actor.id, storageKey, durationSeconds, createdAt: app.clock.now() };
  return app.unitOfWork.run(async (stores) => {
    const id = await stores.voiceClips.add(clip);
    await writeAudit(stores, actor, 'voiceClip.add', { id, name: input.name, ownerId });
    return id;
  });
}

function durationOf(wav: Uint8Array): number {
  try {
    return readClip(wav).durationSeconds;
  } catch (error) {
    if (error instanceof UnreadableWav) throw invalid('wav', 'noClip', error.message);
    throw error;
  }
}

/** @throws Refused 404; 403 `notAllowed` */
export async function changeVoiceClip(app: AppContext, actor: Actor, id: number, change: VoiceClipChange): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const clip = await changeableClip(stores, actor, id);
    if (change.name !== undefined) await stores.voiceClips.rename(id, change.name);
    if (change.isDefault) await stores.voiceClips.makeDefault(clip);
    await writeAudit(stores, actor, 'voiceClip.change', { ...clip, ...change });
  });
}

/** @throws Refused 404; 403 `notAllowed` */
export async function removeVoiceClip(app: Storing, actor: Actor, id: number): Promise<void> {
  const { storageKey } = await app.unitOfWork.run(async (stores) => {
    const clip = await changeableClip(stores, actor, id);
    await stores.voiceClips.remove(id);
    await writeAudit(stores, actor, 'voiceClip.remove', clip);
    return clip;
  });
  await app.recordingStorage.remove(storageKey);
}

/** A clip that the actor may hear and leave. @throws Refused 404 */
export async function audibleClip(stores: Stores, actor: Actor, id: number): Promise<VoiceClip> {
  const clip = await stores.voiceClips.find(id);
  if (!clip || (clip.ownerId !== null && clip.ownerId !== actor.id)) throw notFound('clip');
  return clip;
}

async function changeableClip(stores: Stores, actor: Actor, id: number): Promise<VoiceClip> {
  const clip = await audibleClip(stores, actor, id);
  mayChange(actor, clip);
  return clip;
}

/** What all reps leave is not one rep's to change, nor what prospects are told anybody's but those who set it. */
function mayChange(actor: Actor, { ownerId, announces }: Pick<VoiceClip, 'ownerId' | 'announces'>): void {
  if (announces && actor.role !== 'head' && actor.role !== 'admin')
    throw new Refused(403, 'notAllowed', 'what announces recordings is for heads and admins to change');
  if (ownerId === null && actor.role === 'rep') throw new Refused(403, 'notAllowed', 'clips of the department are not for reps to change');
}

async function writeAudit(
  stores: Stores,
  actor: Actor,
  action: string,
  { id, name, ownerId }: Pick<VoiceClip, 'id' | 'name' | 'ownerId'>,
): Promise<void> {
  await stores.audit.write({ userId: actor.id, action, entity: 'voiceClip', entityId: id, details: { name, ownerId } });
}
