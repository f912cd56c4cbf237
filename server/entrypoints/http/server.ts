import express, { type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';
import { Refused } from '../../app/problem.ts';
import type { App } from '../app.ts';
import { mountRoutes } from './kit/mount.ts';
import { problemMiddleware } from './kit/problems.ts';
import type { Route } from './kit/route.ts';
import { actorOfRequest, type SessionCookies } from './kit/session-cookie.ts';
import { docsRoutes } from './docs.ts';
import { openApiDocument } from './openapi.ts';
import { operationRoutes } from './operation.ts';
import { cspReportLimit } from './routes/security.ts';

export interface HttpParts {
  app: App;
  logger: Logger;
  cookies: SessionCookies;
  publicUrl: string;
  routes: readonly Route[];
  allowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** SvelteKit's handler; null for an API-only process and most tests. */
  console: RequestHandler | null;
  operation: Parameters<typeof operationRoutes>[0];
  /** Where a carrier outside of this machine tells us things; it signs what it sends and has no session. */
  carrierWebhooks: { path: string; handler: RequestHandler } | null;
}

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Same-origin only: a page elsewhere may not use the cookie to change anything (with SameSite=Lax as the second lock). */
function originCheck(allowedOrigin: HttpParts['allowedOrigin']): RequestHandler {
  return (request, _response, next) => {
    const refused = !changesNothing.has(request.method) && !allowedOrigin(request.headers.origin, request.headers.host);
    next(refused ? new Refused(403, 'foreignOrigin', 'requests from another site are refused') : undefined);
  };
}

/** A ceiling for a runaway client, wide because a whole office comes from one address; sign-in has its own, much finer delays. */
const apiLimit = () =>
  rateLimit({
    windowMs: 60_000,
    limit: 30_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      next(new Refused(429, 'tooManyRequests', 'too many requests; slow down'));
    },
  });

/** API answers carry data only: nothing in them may run, frame or load. The console's own policy comes from SvelteKit. */
const apiHeaders = helmet({
  contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, useDefaults: false },
  strictTransportSecurity: { maxAge: 31_536_000 },
});
const consoleHeaders = helmet({ contentSecurityPolicy: false, crossOriginEmbedderPolicy: false });

/** The one Express application: operation, API under /api with its own body parser and 404, then the console. */
export function createHttpApp(parts: HttpParts): Express {
  const server = express();
  server.disable('x-powered-by');
  server.set('trust proxy', 'loopback');
  server.use(
    pinoHttp({
      logger: parts.logger,
      redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
      autoLogging: { ignore: (request) => !request.url.startsWith('/api') },
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
      },
    }),
  );
  server.use(operationRoutes(parts.operation));
  if (parts.carrierWebhooks) server.use(parts.carrierWebhooks.path, parts.carrierWebhooks.handler);
  let document: object | undefined;
  server.use(
    docsRoutes(() => {
      document ??= openApiDocument(
        parts.routes.map((route) => route.endpoint),
        parts.publicUrl,
      );
      return document;
    }),
  );
  server.use('/api/csp-report', cspReportLimit());
  server.use(
    '/api',
    apiHeaders,
    apiLimit(),
    originCheck(parts.allowedOrigin),
    express.json({ limit: '1mb', type: ['application/json', 'application/csp-report', 'application/reports+json'] }),
  );
  server.use(
    mountRoutes(
      parts.app,
      parts.routes,
      (request) => actorOfRequest(parts.app, parts.cookies, request),
      (labels, seconds) => {
        parts.operation.metrics.requestTook(labels, seconds);
      },
    ),
  );
  server.use('/api', (_request, _response, next) => {
    next(new Refused(404, 'notFound', 'there is no such address'));
  });
  if (parts.console) server.use(consoleHeaders, parts.console);
  server.use(problemMiddleware);
  return server;
}
