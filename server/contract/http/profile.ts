import { z } from 'zod';
import { doneSchema, idParams, idSchema, instantSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const shortestPassword = 10;
const givenPassword = z.string().min(1).max(200);

export const changePassword = defineEndpoint({
  method: 'put',
  path: '/api/me/password',
  summary: 'Change own password; every other session of the account ends',
  access: 'signedIn',
  body: z.object({ currentPassword: givenPassword, newPassword: z.string().min(shortestPassword).max(200) }),
  reply: doneSchema,
});

/** What an authenticator's first digits confirm. */
export const totpConfirmationSchema = z.object({ secret: z.string().regex(/^[A-Z2-7]{16,128}$/), code: z.string().regex(/^\d{6}$/) });
export const totpOfferSchema = z.object({ secret: z.string(), uri: z.string().describe('otpauth:// address') });
export type TotpOffer = z.infer<typeof totpOfferSchema>;

export const startOwnTotp = defineEndpoint({
  method: 'post',
  path: '/api/me/totp',
  summary: 'A fresh secret for an authenticator; counts only after it was confirmed',
  access: 'signedIn',
  reply: totpOfferSchema,
});

export const confirmOwnTotp = defineEndpoint({
  method: 'put',
  path: '/api/me/totp',
  summary: 'Switch own second factor on with the first six digits; 409 while it is on',
  access: 'signedIn',
  body: totpConfirmationSchema,
  reply: doneSchema,
});

export const removeOwnTotp = defineEndpoint({
  method: 'post',
  path: '/api/me/totp/remove',
  summary: 'Switch own second factor off; asks for the password',
  access: 'signedIn',
  body: z.object({ password: givenPassword }),
  reply: doneSchema,
});

export const sessionSchema = z.object({
  id: idSchema,
  browser: z.string().nullable().describe('Null: an unknown program'),
  system: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: instantSchema,
  lastSeenAt: instantSchema.describe('To the minute'),
  current: z.boolean().describe('The session that asks'),
});
export type SessionView = z.infer<typeof sessionSchema>;

export const listSessions = defineEndpoint({
  method: 'get',
  path: '/api/me/sessions',
  summary: 'Where this person is signed in; the asking session first, then last seen first',
  access: 'signedIn',
  reply: z.object({ items: z.array(sessionSchema) }),
});

export const endSession = defineEndpoint({
  method: 'delete',
  path: '/api/me/sessions/:id',
  summary: 'End one own session and its sockets; 409 for the asking one, which signs out instead',
  access: 'signedIn',
  params: idParams,
  reply: doneSchema,
});

export const endOtherSessions = defineEndpoint({
  method: 'delete',
  path: '/api/me/sessions',
  summary: 'End every own session but the asking one',
  access: 'signedIn',
  reply: z.object({ ended: z.int() }),
});
