import { z } from 'zod';
import { idParams, idSchema, idTextSchema, pageOf, pageQuery, textSchema } from './common.ts';
import { editors, readers } from './companies.ts';
import { contactRoleSchema, contactSchema, phoneSchema } from './company-card.ts';
import { defineEndpoint } from './endpoint.ts';

export const contactRowSchema = contactSchema.extend({ companyId: idSchema, companyName: z.string(), phones: z.array(phoneSchema) });
export type ContactRow = z.infer<typeof contactRowSchema>;

export const listContacts = defineEndpoint({
  method: 'get',
  path: '/api/contacts',
  summary: 'People of the companies that one sees',
  access: readers,
  query: pageQuery.extend({ companyId: idTextSchema.optional(), q: z.string().trim().max(100).optional() }),
  reply: pageOf(contactRowSchema),
});

const contactBody = z.object({
  name: textSchema(200),
  position: z.string().trim().max(200).nullable().optional(),
  role: contactRoleSchema.optional(),
  email: z.email().nullable().optional(),
});

export const createContact = defineEndpoint({
  method: 'post',
  path: '/api/contacts',
  summary: 'A new person of a company',
  access: editors,
  body: contactBody.extend({ companyId: idSchema, phone: textSchema(60).optional() }),
  reply: contactRowSchema,
  status: 201,
});

export const updateContact = defineEndpoint({
  method: 'patch',
  path: '/api/contacts/:id',
  summary: 'Change a person, say that he left, or move him to another company with his history',
  access: editors,
  params: idParams,
  body: contactBody.partial().extend({ left: z.boolean().optional(), companyId: idSchema.optional() }),
  reply: contactRowSchema,
});
