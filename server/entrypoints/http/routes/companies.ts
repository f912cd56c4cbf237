import { createContact as addContact, updateContact as changeContact } from '../../../app/companies/change-contacts.ts';
import { changeCompanies } from '../../../app/companies/change-group.ts';
import { changeStatus } from '../../../app/companies/change-status.ts';
import { createCompany as create } from '../../../app/companies/create-company.ts';
import { exportCompanies as take } from '../../../app/companies/export-companies.ts';
import { mergeCompanies as merge } from '../../../app/companies/merge-companies.ts';
import { addNote, addPhone, changePhone, orderPhones, retirePhone } from '../../../app/companies/phones-and-notes.ts';
import { cardOf, seeCompanies, seeCompany, seeContact, seeContacts, seeDuplicates } from '../../../app/companies/see-companies.ts';
import { updateCompany as change } from '../../../app/companies/update-company.ts';
import * as contract from '../../../contract/http/companies.ts';
import * as contacts from '../../../contract/http/contacts.ts';
import { sendCompanies } from '../kit/company-file.ts';
import { alreadySent, route, type Route } from '../kit/route.ts';

const contactRoutes: Route[] = [
  route(contacts.listContacts, ({ app, actor, query }) => seeContacts(app, actor, query, query)),
  route(contacts.createContact, async ({ app, actor, body }) => seeContact(app, actor, await addContact(app, actor, body))),
  route(contacts.updateContact, async ({ app, actor, params, body }) => {
    await changeContact(app, actor, params.id, body);
    return seeContact(app, actor, params.id);
  }),
];

/** Companies and their people. */
export const companyRoutes: Route[] = [
  ...contactRoutes,
  route(contract.listCompanies, ({ app, actor, query }) => seeCompanies(app, actor, query, query)),
  route(contract.companyFilters, ({ app }) => app.reads.companies.filters()),
  route(contract.exportCompanies, async ({ app, actor, query, response }) => {
    await sendCompanies(response, await take(app, actor, query, query.format), query.format);
    return alreadySent;
  }),
  route(contract.getCompany, ({ app, actor, params }) => seeCompany(app, actor, params.id)),
  route(contract.createCompany, async ({ app, actor, body }) => seeCompany(app, actor, await create(app, actor, body))),
  route(contract.updateCompany, async ({ app, actor, params, body }) => {
    await change(app, actor, params.id, body);
    return cardOf(app, params.id);
  }),
  route(contract.changeCompanyStatus, async ({ app, actor, params, body }) => {
    await changeStatus(app, actor, params.id, body);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.addCompanyNote, async ({ app, actor, params, body }) => {
    await addNote(app, actor, params.id, body.text);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.addCompanyPhone, async ({ app, actor, params, body }) => {
    await addPhone(app, actor, params.id, body);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.retireCompanyPhone, async ({ app, actor, params, body }) => {
    await retirePhone(app, actor, params.id, params.phoneId, body.reason);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.changeCompanyPhone, async ({ app, actor, params, body }) => {
    await changePhone(app, actor, { companyId: params.id, phoneId: params.phoneId }, body);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.orderCompanyPhones, async ({ app, actor, params, body }) => {
    await orderPhones(app, actor, params.id, body.phoneIds);
    return seeCompany(app, actor, params.id);
  }),
  route(contract.changeCompanies, ({ app, actor, body }) => changeCompanies(app, actor, body.companyIds, body.change)),
  route(contract.companyDuplicates, async ({ app, actor, params }) => ({ items: await seeDuplicates(app, actor, params.id) })),
  route(contract.mergeCompanies, async ({ app, actor, params, body }) => {
    await merge(app, actor, params.id, body.duplicateId);
    return seeCompany(app, actor, params.id);
  }),
];
