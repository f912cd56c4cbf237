import { Router, type Request, type RequestHandler } from 'express';
import type { Actor } from '../../../app/actor.ts';
import { Refused } from '../../../app/problem.ts';
import type { Access } from '../../../contract/http/endpoint.ts';
import type { App } from '../../app.ts';
import type { Metrics } from '../../metrics.ts';
import { alreadySent, noContent, type Route } from './route.ts';

/** Told how long each answer took. */
export type RequestTook = Metrics['requestTook'];

export type FindActor = (request: Request) => Promise<Actor | null>;

/** Throws when `actor` may not call what has this access. A page that somebody's role does not have is 403; records are the use case's 404. */
function checkAccess(access: Access, actor: Actor | null): void {
  if (access === 'public') return;
  if (actor === null) throw new Refused(401, 'signInFirst', 'sign in first');
  if (access !== 'signedIn' && !access.includes(actor.role)) throw new Refused(403, 'notAllowed', `not for the role ${actor.role}`);
}

function handlerOf(app: App, route: Route, findActor: FindActor, requestTook: RequestTook): RequestHandler {
  const { endpoint } = route;
  return async (request, response) => {
    const startedMs = performance.now();
    response.once('finish', () => {
      const labels = { method: endpoint.method, route: endpoint.path, status: response.statusCode };
      requestTook(labels, (performance.now() - startedMs) / 1000);
    });
    const actor = endpoint.access === 'public' ? null : await findActor(request);
    checkAccess(endpoint.access, actor);
    const reply = await route.handle({
      app,
      actor,
      params: request.params,
      query: request.query,
      body: (request.body ?? {}) as unknown,
      request,
      response,
    });
    if (reply === alreadySent) return;
    if (reply === noContent) response.status(204).end();
    else response.status(endpoint.status).json(endpoint.reply.parse(reply));
  };
}

/** All routes on one router, the literal paths before those with parameters. */
export function mountRoutes(app: App, routes: readonly Route[], findActor: FindActor, requestTook: RequestTook): Router {
  const router = Router();
  const byLiteralFirst = [...routes].sort(
    (left, right) => Number(left.endpoint.path.includes(':')) - Number(right.endpoint.path.includes(':')),
  );
  for (const route of byLiteralFirst) router[route.endpoint.method](route.endpoint.path, handlerOf(app, route, findActor, requestTook));
  return router;
}
