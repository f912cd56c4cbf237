import { z } from 'zod';

export const roles = ['rep', 'lead', 'head', 'seller', 'lineManager', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

/** `public` needs no sign-in, `signedIn` any role; otherwise the roles that may call. */
export type Access = 'public' | 'signedIn' | readonly Role[];

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * One HTTP call, declared once: the server validates by it, the console types its requests by it,
 * OpenAPI and the table of routes and roles are generated from it.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: HttpMethod;
  /** With `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** `json` unless the entrypoint reads (multipart) or writes (audio, xlsx) the stream itself. */
  readonly bodyKind: 'json' | 'multipart';
  readonly replyKind: 'json' | 'stream';
  readonly reply: Reply;
  readonly status: number;
}

const nothing = z.object({});
type Nothing = typeof nothing;

interface EndpointInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  method: HttpMethod;
  path: string;
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  bodyKind?: 'json' | 'multipart';
  replyKind?: 'json' | 'stream';
  reply: R;
  status?: number;
}

/** Declares an endpoint; what is left out is an empty object, JSON and status 200. */
export function defineEndpoint<
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(input: EndpointInput<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    method: input.method,
    path: input.path,
    summary: input.summary,
    access: input.access,
    params: (input.params ?? nothing) as P,
    query: (input.query ?? nothing) as Q,
    body: (input.body ?? nothing) as B,
    bodyKind: input.bodyKind ?? 'json',
    replyKind: input.replyKind ?? 'json',
    reply: input.reply,
    status: input.status ?? 200,
  };
}

/** The shape of every error, RFC 9457. `code` is stable; `field` names the input at fault; `errors` lists all of them. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
