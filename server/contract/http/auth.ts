import { z } from 'zod';
import { doneSchema, idSchema, timeZoneSchema } from './common.ts';
import { defineEndpoint, roleSchema } from './endpoint.ts';

export const localeSchema = z.enum(['ru', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const meSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  team: z.object({ id: idSchema, name: z.string() }).nullable(),
  timeZone: timeZoneSchema,
  locale: localeSchema,
  continuesByItself: z.boolean().describe('Where a list dials by itself, the next card opens by itself too'),
  totp: z.boolean().describe('Whether sign-in asks for six digits'),
  /** The carrier in use; `sandbox` is said on the screen. */
  telephony: z.enum(['sandbox', 'twilio', 'sip']),
});
export type Me = z.infer<typeof meSchema>;

export const login = defineEndpoint({
  method: 'post',
  path: '/api/auth/login',
  summary: 'Sign in; sets the session cookie',
  access: 'public',
  body: z.object({
    email: z.string().trim().toLowerCase().pipe(z.email()),
    password: z.string().min(1).max(200),
    totp: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  }),
  reply: meSchema,
});

export const logout = defineEndpoint({
  method: 'post',
  path: '/api/auth/logout',
  summary: 'Sign out; ends the session and its sockets',
  access: 'signedIn',
  reply: doneSchema,
});

export const me = defineEndpoint({
  method: 'get',
  path: '/api/me',
  summary: 'Who is signed in',
  access: 'signedIn',
  reply: meSchema,
});

export const updateMe = defineEndpoint({
  method: 'patch',
  path: '/api/me',
  summary: 'Change own language, time zone or way of going on to the next card',
  access: 'signedIn',
  body: z.object({ locale: localeSchema.optional(), timeZone: timeZoneSchema.optional(), continuesByItself: z.boolean().optional() }),
  reply: meSchema,
});
