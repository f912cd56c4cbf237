import { z } from 'zod';
import { doneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

/** What browsers send when a page breaks the Content-Security-Policy: the older form, or the Reporting API's list. */
const violation = z.looseObject({
  'violated-directive': z.string().optional(),
  'effective-directive': z.string().optional(),
  effectiveDirective: z.string().optional(),
});

export const cspReport = defineEndpoint({
  method: 'post',
  path: '/api/csp-report',
  summary: 'Browsers tell here what the Content-Security-Policy stopped',
  access: 'public',
  body: z.union([z.object({ 'csp-report': violation }), z.array(z.looseObject({ body: violation.optional() })).max(50)]),
  reply: doneSchema,
});
export type CspReport = z.infer<typeof cspReport.body>;
