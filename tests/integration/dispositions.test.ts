import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { disposeCall as disposeEndpoint, type DispositionInput } from '../../server/contract/http/calls.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

const outcome = (input: Record<string, unknown>): DispositionInput => disposeEndpoint.body.parse(input);

async function afterTalk(input: Record<string, unknown>) {
  const { call, claim } = await dialNext(department, department.rep);
  await talk(department, call.id);
  const made = await disposeCall(department.app, department.rep, call.id, outcome({ contactId: claim.company.contacts[0]?.id, ...input }));
  return { made, call, companyId: claim.company.id };
}

describe('an outcome makes everything that follows', () => {
  it('call back: a promise at the time named, a deal, the attempts', async () => {
    const { made, companyId } = await afterTalk({ code: 'callBack', promise: { kind: 'exact', localTime: '2026-11-25T11:00' } });
    expect(made.promise).toMatchObject({ promisedAt: '2026-11-25T08:00:00.000Z', status: 'open', origin: 'callback' });
    expect(made.attempts).toEqual([
      { kind: 'reachDecisionMaker', yes: true },
      { kind: 'setMeeting', yes: false },
    ]);
    expect(made.deal?.stage.position).toBe(1);
    const queued = await department.prisma.leadQueue.findFirst({ where: { lead: { companyId } } });
    expect(queued?.readyAt).toEqual(new Date('2026-11-25T07:55:00Z'));
  });

  it('send the offer: stage 3, a task, a follow-up', async () => {
    const { made } = await afterTalk({ code: 'sendOffer' });
    expect(made.deal?.stage.position).toBe(3);
    expect(made.task?.dueAt).toBe('2026-11-24T12:00:00.000Z');
    expect(made.promise).toMatchObject({ origin: 'offer', kind: 'window', promisedAt: '2026-11-26T15:00:00.000Z' });
    expect(made.wins).toEqual(['stageUp']);
  });

  it('meeting set: the meeting, its task, its promise', async () => {
    const { made } = await afterTalk({ code: 'meetingSet', meeting: { localTime: '2026-11-26T15:00', place: 'у них' } });
    expect(made.meeting?.startsAt).toBe('2026-11-26T12:00:00.000Z');
    expect(made.attempts).toContainEqual({ kind: 'setMeeting', yes: true });
    expect(made.promise?.origin).toBe('meeting');
  });

  it('refused: the company rests', async () => {
    const { made, companyId } = await afterTalk({ code: 'refused', reason: 'Нет бюджета' });
    expect(made.notNowUntil).toBe('2027-02-22');
    expect(await department.prisma.company.findUnique({ where: { id: companyId } })).toMatchObject({
      status: 'notNow',
      statusReason: 'Нет бюджета',
    });
  });

  it('hand over: a handoff and the task to accept it', async () => {
    const { made } = await afterTalk({ code: 'handOver' });
    expect(made.handoff?.seller.id).toBe(department.seller.id);
    expect(made.task?.assignee.id).toBe(department.seller.id);
  });

  it('kill list: never dialled again, out of the queue', async () => {
    const { made, companyId } = await afterTalk({ code: 'kill', reason: 'Конкурент' });
    expect(made.killed).toBe(true);
    expect(await department.prisma.leadQueue.count({ where: { lead: { companyId } } })).toBe(0);
  });

  it('wrong number: the number is retired and the next one tried', async () => {
    const { made, call } = await afterTalk({ code: 'wrongNumber' });
    expect(made.retiredPhone).toBe(call.phone);
    expect(made.nextPhone).not.toBe(call.phone);
    expect(made.retryAt).toBe(department.time.now.toISOString());
  });

  it('a newly found decision maker is kept and is a win', async () => {
    const { made, companyId } = await afterTalk({
      code: 'notNow',
      notNowUntil: '2026-12-20',
      contactId: undefined,
      newContact: { name: 'Пётр', role: 'unknown' },
      withDecisionMaker: true,
    });
    expect(made.wins).toEqual(['newDecisionMaker']);
    expect(await department.prisma.contact.findFirst({ where: { companyId, name: 'Пётр' } })).toMatchObject({ role: 'decisionMaker' });
  });
});

describe('an outcome is refused with the field at fault', () => {
  it.each([
    [{ code: 'callBack' }, 'promise'],
    [{ code: 'callBack', promise: { kind: 'exact', localTime: '2026-11-23T11:00' } }, 'promise'],
    [{ code: 'callBack', promise: { kind: 'exact', localTime: '2026-02-31T11:00' } }, 'promise'],
    [{ code: 'refused' }, 'reason'],
    [{ code: 'meetingSet' }, 'meeting'],
    [{ code: 'notNow' }, 'notNowUntil'],
    [{ code: 'providerError' }, 'code'],
    [{ code: 'handOver', sellerId: 999 }, 'sellerId'],
    [{ code: 'gatekeeper', contactId: 999 }, 'contactId'],
  ])('%j', async (input, field) => {
    await expect(afterTalk(input)).rejects.toMatchObject({ status: 422, field });
    expect(await department.prisma.attempt.count()).toBe(0);
  });
});

describe('the wrap-up', () => {
  it('repeated, it answers what was made and makes nothing twice', async () => {
    const { made, call } = await afterTalk({ code: 'sendOffer' });
    expect(await disposeCall(department.app, department.rep, call.id, outcome({ code: 'sendOffer' }))).toEqual(made);
    expect(await department.prisma.task.count()).toBe(1);
  });

  it("is the rep's own, and only after the end", async () => {
    const { call } = await dialNext(department, department.rep);
    await expect(disposeCall(department.app, department.other, call.id, outcome({ code: 'noAnswer' }))).rejects.toMatchObject({
      status: 404,
    });
    await expect(disposeCall(department.app, department.rep, call.id, outcome({ code: 'noAnswer' }))).rejects.toMatchObject({
      code: 'callLive',
    });
  });

  it('no answer to the next call: the lead waits two hours, the rep goes on', async () => {
    const first = await dialNext(department, department.rep);
    await say(department, first.call.id, { kind: 'ended', cause: 'noAnswer' }, 30);
    await expect(dialNext(department, department.rep)).rejects.toMatchObject({ code: 'outcomeMissing' });
    const made = await disposeCall(department.app, department.rep, first.call.id, outcome({ code: 'noAnswer' }));
    expect(made.retryAt).toBe('2026-11-24T10:00:00.000Z');
    const second = await dialNext(department, department.rep);
    expect(second.claim.company.id).not.toBe(first.claim.company.id);
  });
});
