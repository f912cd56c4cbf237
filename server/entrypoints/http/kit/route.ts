import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Actor } from '../../../app/actor.ts';
import type { Endpoint } from '../../../contract/http/endpoint.ts';
import type { App } from '../../app.ts';

/** Says that there is nothing to answer: 204. */
export const noContent = Symbol('noContent');
/** Says that the handler has written the response itself (audio, xlsx). */
export const alreadySent = Symbol('alreadySent');

export interface HandlerInput<Actors, Params, Query, Body> {
  app: App;
  actor: Actors;
  params: Params;
  query: Query;
  body: Body;
  request: Request;
  response: Response;
}

export type HandlerReply<Reply> = Promise<Reply | typeof noContent | typeof alreadySent>;

/** An endpoint of the contract with what answers it. Parsing, access and errors are the kit's work. */
export interface Route {
  endpoint: Endpoint;
  handle(input: HandlerInput<Actor | null, unknown, unknown, unknown>): HandlerReply<unknown>;
}

/** Binds a handler to an endpoint that needs a sign-in; the actor is there. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (input: HandlerInput<Actor, z.output<P>, z.output<Q>, z.output<B>>) => HandlerReply<z.input<R>>,
): Route {
  if (endpoint.access === 'public') throw new Error(`${endpoint.path} is public: bind it with publicRoute`);
  return {
    endpoint,
    handle: (input) => {
      if (input.actor === null) throw new Error(`${endpoint.path} was reached without an actor`);
      return handler({
        ...input,
        actor: input.actor,
        params: endpoint.params.parse(input.params),
        query: endpoint.query.parse(input.query),
        body: endpoint.body.parse(input.body),
      });
    },
  };
}

/** Binds a handler to an endpoint that anybody may call. */
export function publicRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (input: HandlerInput<Actor | null, z.output<P>, z.output<Q>, z.output<B>>) => HandlerReply<z.input<R>>,
): Route {
  return {
    endpoint,
    handle: (input) =>
      handler({
        ...input,
        params: endpoint.params.parse(input.params),
        query: endpoint.query.parse(input.query),
        body: endpoint.body.parse(input.body),
      }),
  };
}
