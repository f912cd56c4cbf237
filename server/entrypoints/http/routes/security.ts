import { rateLimit } from 'express-rate-limit';
import { Refused } from '../../../app/problem.ts';
import { cspReport, type CspReport } from '../../../contract/http/security.ts';
import { publicRoute } from '../kit/route.ts';

/** One broken page sends one report per element; more than this a minute from an address tells nothing new. */
const reportsPerMinute = 30;

/** Which rules were broken; the addresses in a report may carry data and are not logged. */
function directivesOf(report: CspReport): string[] {
  const violations = Array.isArray(report) ? report.map((one) => one.body) : [report['csp-report']];
  const named = violations.map(
    (violation) => violation?.effectiveDirective ?? violation?.['effective-directive'] ?? violation?.['violated-directive'],
  );
  return [...new Set(named.filter((directive) => directive !== undefined).map((directive) => directive.split(' ')[0]?.slice(0, 40) ?? ''))];
}

/** Stands before the route: a report is not even read beyond the limit. Each server counts for itself. */
export const cspReportLimit = () =>
  rateLimit({
    windowMs: 60_000,
    limit: reportsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      next(new Refused(429, 'tooManyRequests', 'enough reports for this minute', { retryAfterSeconds: 60 }));
    },
  });

export const cspReportRoute = publicRoute(cspReport, ({ app, body }) => {
  app.log.warn({ directives: directivesOf(body) }, 'content security policy was broken');
  return Promise.resolve({ ok: true as const });
});
