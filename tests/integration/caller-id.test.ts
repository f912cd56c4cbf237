import { afterEach, beforeEach, expect, it } from 'vitest';
import { addOwnNumber, changeOwnNumber, ownNumbers } from '../../server/app/own-numbers/own-numbers.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment(4);
});
afterEach(() => department.close());

/** Dials the next lead, which nobody answers, and says which number it showed. */
async function dialShows(): Promise<string | null> {
  const { call } = await dialNext(department, department.other);
  await say(department, call.id, { kind: 'ended', cause: 'busy' }, 3);
  await department.prisma.call.update({ where: { id: call.id }, data: { disposedAt: department.time.now } });
  await department.prisma.leadClaim.deleteMany();
  return department.carrier.shown.at(-1) ?? null;
}

it('shows a number of the called region within its limit, then others in turn, and never one marked as spam', async () => {
  const { app, lead } = department;
  expect(await dialShows()).toBeNull();
  // All companies of this department are called in Moscow.
  const moscow = await addOwnNumber(app, lead, { phone: '8 (495) 111-22-33', dailyLimit: 1 });
  await addOwnNumber(app, lead, { phone: '+7 812 111-22-33', dailyLimit: 5 });
  await expect(addOwnNumber(app, lead, { phone: '+74951112233', dailyLimit: 5 })).rejects.toMatchObject({ code: 'numberKnown' });
  expect(await dialShows()).toBe('+74951112233');
  expect(await dialShows()).toBe('+78121112233');
  expect(await ownNumbers(app, lead)).toMatchObject([
    { region: 'Москва', dialsToday: 1 },
    { region: 'Санкт-Петербург', dialsToday: 1 },
  ]);
  await changeOwnNumber(app, lead, moscow, { dailyLimit: 50, spam: true });
  expect(await dialShows()).toBe('+78121112233');
  const entries = await department.prisma.auditEntry.findMany({ where: { entity: 'ownNumber' } });
  expect(entries.map(({ action }) => action)).toEqual(['ownNumber.add', 'ownNumber.add', 'ownNumber.change']);
});
