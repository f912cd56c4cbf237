import type { SupervisionEnd, SupervisionMode } from '../../core/supervision/mode.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { SupervisionRecord } from '../ports/stores/supervision.ts';

/** Takes a supervisor out of a call: written, told to both browsers, and what he heard or said goes into the audit. */
export async function endSupervision(stores: Stores, supervision: SupervisionRecord, because: SupervisionEnd, now: Date): Promise<void> {
  await stores.supervision.saveEnd(supervision.id, because, now);
  await auditMode(stores, supervision, now);
  await announceState(stores, supervision);
  await announceMix(stores, supervision, { mode: null, offer: null, shown: false });
}

/** All parts in a call that is over. */
export async function endSupervisionOfCall(stores: Stores, callId: number, now: Date): Promise<void> {
  for (const supervision of await stores.supervision.lockOfCall(callId)) await endSupervision(stores, supervision, 'callEnded', now);
}

/** The mode that just ended, with its times: who listened to whom, in which call, how and how long. */
export async function auditMode(stores: Pick<Stores, 'audit'>, supervision: SupervisionRecord, until: Date): Promise<void> {
  const { mode, modeSince, supervisorId, repId, callId } = supervision;
  if (mode === null || modeSince === null) return;
  await stores.audit.write({
    userId: supervisorId,
    action: 'call.supervise',
    entity: 'call',
    entityId: callId,
    details: { repId, mode, since: modeSince.toISOString(), until: until.toISOString() },
  });
}

export async function announceState(
  stores: Pick<Stores, 'outbox' | 'supervision'>,
  { id, supervisorId }: SupervisionRecord,
): Promise<void> {
  await stores.outbox.announce({
    event: 'supervision:state',
    audience: { user: supervisorId },
    payload: await stores.supervision.view(id),
  });
}

/** Tells the rep's browser what to mix. */
export async function announceMix(
  stores: Pick<Stores, 'outbox' | 'supervision'>,
  { id, callId, supervisorId, repId }: SupervisionRecord,
  mix: { mode: SupervisionMode | null; offer: string | null; shown: boolean },
): Promise<void> {
  const supervisor = await stores.supervision.person(supervisorId);
  await stores.outbox.announce({ event: 'supervision:mix', audience: { user: repId }, payload: { id, callId, supervisor, ...mix } });
}
