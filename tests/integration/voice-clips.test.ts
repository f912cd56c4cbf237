import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerAlarm, recordingLedger } from '../../server/adapters/db/reads/recording-ledger.ts';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import { obeyed } from '../../server/app/calls/command-call.ts';
import { leaveMessage } from '../../server/app/calls/leave-message.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { saveDraft } from '../../server/app/calls/save-draft.ts';
import { AnnouncementPlays } from '../../server/app/ports/telephony.ts';
import { soundForCarrier } from '../../server/app/voice-clips/sound-of-clip.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { addVoiceClip, changeVoiceClip, removeVoiceClip, voiceClips } from '../../server/app/voice-clips/voice-clips.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';
import { toneClip } from '../support/tone-clip.ts';

let department: Department;
let folder: string;
let app: Department['app'] & { recordingStorage: DiskRecordingStorage };
beforeEach(async () => {
  department = await callDepartment();
  folder = await mkdtemp(path.join(tmpdir(), 'zagon-clips-'));
  app = { ...department.app, recordingStorage: new DiskRecordingStorage(folder) };
});
afterEach(async () => {
  await department.close();
  await rm(folder, { recursive: true, force: true });
});

const wav = Buffer.from(toneClip(700, 1)).toString('base64');
const used = async (actor: Department['rep']) => (await voiceClips(app, actor)).find(({ isUsed }) => isUsed)?.name;

describe('clips', () => {
  it('of the department are left by who has no own, and are not a rep’s to change', async () => {
    const { rep, other, lead } = department;
    await expect(addVoiceClip(app, rep, { name: 'all', scope: 'department', wav })).rejects.toMatchObject({ code: 'notAllowed' });
    const id = await addVoiceClip(app, lead, { name: 'all', scope: 'department', wav });
    const own = await addVoiceClip(app, rep, { name: 'mine', scope: 'own', wav });
    const second = await addVoiceClip(app, rep, { name: 'second', scope: 'own', wav });
    expect([await used(rep), await used(other)]).toEqual(['mine', 'all']);
    await changeVoiceClip(app, rep, second, { isDefault: true, name: 'newer' });
    expect(await used(rep)).toBe('newer');
    expect((await voiceClips(app, other)).map(({ name }) => name)).toEqual(['all']);
    await expect(removeVoiceClip(app, rep, id)).rejects.toMatchObject({ code: 'notAllowed' });
    await expect(removeVoiceClip(app, other, own)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('are kept as they were spoken until they are removed, and nothing else is one', async () => {
    const { rep } = department;
    const id = await addVoiceClip(app, rep, { name: 'mine', scope: 'own', wav });
    expect((await voiceClips(app, rep))[0]?.durationSeconds).toBe(1);
    expect(Buffer.from((await soundForCarrier(app, id)) ?? []).toString('base64')).toBe(wav);
    await removeVoiceClip(app, rep, id);
    expect(await soundForCarrier(app, id)).toBeNull();
    const words = Buffer.from('no sound').toString('base64');
    await expect(addVoiceClip(app, rep, { name: 'x', scope: 'own', wav: words })).rejects.toMatchObject({ code: 'noClip', field: 'wav' });
  });
});

describe('a message that is left on a machine', () => {
  it('settles its call with what was typed, and its rep goes on at once', async () => {
    const { rep, prisma, carrier } = department;
    const { call } = await dialNext(department, rep);
    await say(department, call.id, { kind: 'answered' }, 2);
    await expect(leaveMessage(app, rep, call.id, undefined)).rejects.toMatchObject({ code: 'noClip' });
    const clipId = await addVoiceClip(app, rep, { name: 'mine', scope: 'own', wav });
    await saveDraft(app, rep, call.id, { note: 'звонить после обеда', changedAt: 1 });
    await leaveMessage(app, rep, call.id, undefined);
    expect(carrier.left).toEqual([{ callId: call.id, clipId }]);
    await say(department, call.id, { kind: 'messageLeft', clipId }, 5);
    await say(department, call.id, { kind: 'ended', cause: 'machine' }, 5);

    const left = await prisma.call.findUniqueOrThrow({ where: { id: call.id } });
    expect(left).toMatchObject({ state: 'ended', dispositionCode: 'machine', note: 'звонить после обеда', talkSeconds: 0 });
    expect(left.disposedAt).not.toBeNull();
    expect(left.made).toMatchObject({ retryAt: expect.any(String) as string });
    const { call: next } = await dialNext(department, rep);
    expect(next.companyId).not.toBe(call.companyId);
  });

  it('is left to its rep to settle where the outcome asks for more than the log knows', async () => {
    const { rep, prisma, settings } = department;
    settings.dispositions.overrides = { machine: { enabled: true, noteRequired: true, createsTask: true } };
    const { call } = await dialNext(department, rep);
    await say(department, call.id, { kind: 'answered' }, 2);
    await say(department, call.id, { kind: 'messageLeft', clipId: 1 }, 5);
    await say(department, call.id, { kind: 'ended', cause: 'machine' }, 5);
    expect(await prisma.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'ended', disposedAt: null });
  });
});

describe('a recording that is announced', () => {
  const announcing = async (scopeOf: Department['rep'], name: string) => addVoiceClip(app, scopeOf, { name, scope: 'announcement', wav });
  const stateOf = async (callId: number) => (await department.prisma.call.findUniqueOrThrow({ where: { id: callId } })).announcement;
  const ledger = () => recordingLedger(department.prisma, '2026-11-24', '2026-11-24');
  const alarm = () => ledgerAlarm(department.prisma, { endedFrom: new Date(0), endedBefore: new Date('2027-01-01') });

  it('is by the department’s clip, which heads record, else by the carrier’s own words; and only where the setting asks', async () => {
    const { rep, lead, head, other, carrier, settings } = department;
    expect((await dialNext(department, rep)).call.announcement).toBeNull();
    await expect(announcing(lead, 'mine')).rejects.toMatchObject({ code: 'notAllowed' });
    await announcing(head, 'first');
    const id = await announcing(head, 'second');
    await changeVoiceClip(app, head, id, { isDefault: true });
    expect(await used(rep)).toBe('second');
    await expect(leaveMessage(app, rep, carrier.dialled[0] ?? 0, id)).rejects.toMatchObject({ code: 'notFound' });
    await expect(leaveMessage(app, rep, carrier.dialled[0] ?? 0, undefined)).rejects.toMatchObject({ code: 'noClip' });
    settings.recordings.announce = true;
    const claim = await nextCall(app, other);
    await startCall(app, other, { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey: 'announced' });
    expect(carrier.announcements).toEqual([null, { id, wav: Buffer.from(wav, 'base64') }]);
  });

  it('is in the call’s log, the audit and the ledger', async () => {
    const { rep, other, settings, prisma, carrier } = department;
    settings.recordings.announce = true;
    const { call } = await dialNext(department, rep);
    expect(call.announcement).toBe('asked');
    await say(department, call.id, { kind: 'answered' }, 2);
    await say(department, call.id, { kind: 'announcementStarted', seconds: 5 }, 2);
    expect(await stateOf(call.id)).toBe('playing');
    await expect(obeyed(Promise.reject(new AnnouncementPlays(call.id)))).rejects.toMatchObject({ code: 'announcementPlays' });
    await say(department, call.id, { kind: 'ended', cause: 'completed' }, 4);
    expect([await stateOf(call.id), await ledger(), await alarm()]).toMatchObject([
      'cutShort',
      { answeredCalls: 0, cutShort: 1 },
      { calls: 0 },
    ]);

    const { call: unrecorded } = await dialNext(department, other);
    await say(department, unrecorded.id, { kind: 'answered' }, 2);
    await say(department, unrecorded.id, { kind: 'announcementStarted', seconds: 5 }, 2);
    await say(department, unrecorded.id, { kind: 'ended', cause: 'completed' }, 60);
    expect([await stateOf(unrecorded.id), await ledger(), await alarm()]).toMatchObject([
      'playing',
      { answeredCalls: 1, unaccounted: 1, cutShort: 1 },
      { calls: 1 },
    ]);
    // Its end is told late: it was recorded all the same.
    await say(department, unrecorded.id, { kind: 'announcementEnded' }, 8);
    await say(department, unrecorded.id, { kind: 'announcementEnded' }, 8, 'a copy');
    expect(await stateOf(unrecorded.id)).toBe('played');
    const audited = await prisma.auditEntry.findMany({ where: { action: 'recording.announced' } });
    expect(audited).toMatchObject([{ userId: other.id, entity: 'call', entityId: unrecorded.id }]);
    expect(carrier.announcements).toEqual(['ownWords', 'ownWords']);
  });
});
