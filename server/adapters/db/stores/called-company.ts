import type { CalledCompanyStore } from '../../../app/ports/stores/called-company.ts';
import type { AnswerHour } from '../../../core/retry/answer-hours.ts';
import { enoughDials } from '../../../core/retry/answer-hours.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay, dayOfDate } from '../days.ts';

export function calledCompanyStore(transaction: Transaction): CalledCompanyStore {
  return { ...finding(transaction), ...tries(transaction), ...standing(transaction), ...people(transaction) };
}

function finding(transaction: Transaction): Pick<CalledCompanyStore, 'find' | 'contact' | 'otherPhones'> {
  return {
    find: async (companyId) => {
      const row = await transaction.company.findUnique({ where: { id: companyId }, include: { lead: true } });
      if (!row) return null;
      const { lead } = row;
      return {
        id: row.id,
        name: row.name,
        timeZone: row.timeZone,
        ownerId: row.ownerId,
        status: row.status,
        doNotCall: row.doNotCall,
        reachedOn: dayOfDate(row.reachedOn),
        tries: lead && {
          on: dayOfDate(lead.triesOn),
          today: lead.triesToday,
          total: lead.triesTotal,
          morning: lead.triedMorning,
          afternoon: lead.triedAfternoon,
        },
      };
    },
    contact: (companyId, contactId) =>
      transaction.contact.findFirst({ where: { id: contactId, companyId }, select: { id: true, role: true } }),
    otherPhones: (companyId, phoneId) =>
      transaction.phone.findMany({
        where: { companyId, retiredAt: null, ...(phoneId === null ? {} : { id: { not: phoneId } }) },
        select: { id: true, e164: true },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
      }),
  };
}

function tries(
  transaction: Transaction,
): Pick<CalledCompanyStore, 'saveTries' | 'answerHours' | 'saveLastCall' | 'saveLastTry' | 'saveRetry' | 'resetTries'> {
  return {
    saveTries: async (companyId, { on, today, total, morning, afternoon }) => {
      const data = { triesOn: dateOfDay(on), triesToday: today, triesTotal: total, triedMorning: morning, triedAfternoon: afternoon };
      await transaction.lead.updateMany({ where: { companyId }, data });
    },
    answerHours: (companyId) => transaction.$queryRaw<AnswerHour[]>`
      SELECT a.hour, a.dials, a.answered FROM answer_hour a
      WHERE (a.channel_id, a.region_id) = (
        SELECT s.channel_id, s.region_id FROM company c JOIN answer_hour s
          ON (s.channel_id, s.region_id) IN ((coalesce(c.channel_id, 0), coalesce(c.region_id, 0)), (0, 0))
        WHERE c.id = ${companyId} GROUP BY s.channel_id, s.region_id HAVING sum(s.dials) >= ${enoughDials}
        ORDER BY s.channel_id + s.region_id = 0, s.channel_id LIMIT 1)
      ORDER BY a.hour`,
    saveLastCall: async (companyId, lastCallAt) => {
      await transaction.lead.updateMany({ where: { companyId }, data: { lastCallAt } });
    },
    saveLastTry: async (companyId, { at, cause }) => {
      await transaction.lead.updateMany({ where: { companyId }, data: { lastTriedAt: at, lastCause: cause } });
    },
    saveRetry: async (companyId, { readyAt, exhausted }) => {
      const data = { retryAt: readyAt, exhaustedAt: exhausted?.at ?? null, exhaustedReason: exhausted?.reason ?? null };
      await transaction.lead.updateMany({ where: { companyId }, data });
    },
    resetTries: async (companyId) => {
      await transaction.lead.updateMany({ where: { companyId }, data: { triesTotal: 0, triedMorning: 0, triedAfternoon: 0 } });
    },
  };
}

function standing(transaction: Transaction): Pick<CalledCompanyStore, 'saveContacted' | 'rest' | 'kill' | 'activate'> {
  return {
    saveContacted: async (companyId, { at, reachedOn }) => {
      await transaction.company.update({
        where: { id: companyId },
        data: { lastContactAt: at, ...(reachedOn === null ? {} : { reachedOn: dateOfDay(reachedOn) }) },
      });
    },
    rest: async (companyId, untilDay, reason) => {
      await transaction.company.update({
        where: { id: companyId },
        data: { status: 'notNow', notNowUntil: dateOfDay(untilDay), statusReason: reason },
      });
    },
    kill: async (companyId, reason) => {
      await transaction.company.update({ where: { id: companyId }, data: { status: 'killed', notNowUntil: null, statusReason: reason } });
    },
    activate: async (companyId) => {
      await transaction.company.update({ where: { id: companyId }, data: { status: 'active', notNowUntil: null, statusReason: null } });
    },
  };
}

function people(transaction: Transaction): Pick<CalledCompanyStore, 'retirePhone' | 'addContact' | 'makeDecisionMaker' | 'addNote'> {
  return {
    retirePhone: async (phoneId, at, reason) => {
      await transaction.phone.update({ where: { id: phoneId }, data: { retiredAt: at, retiredReason: reason } });
    },
    addContact: async (companyId, contact) => {
      const { id } = await transaction.contact.create({ data: { companyId, ...contact } });
      return id;
    },
    makeDecisionMaker: async (contactId) => {
      await transaction.contact.update({ where: { id: contactId }, data: { role: 'decisionMaker' } });
    },
    addNote: async (note) => {
      await transaction.note.create({ data: note });
    },
  };
}
