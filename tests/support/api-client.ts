import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { login } from '../../server/contract/http/auth.ts';
import { problemSchema, type Endpoint, type Problem } from '../../server/contract/http/endpoint.ts';

interface Input {
  params?: Record<string, number>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What the server answered; `value` is null for 204 and for a refusal, `problem` says why it refused. */
export interface Answer<Value> {
  status: number;
  value: Value | null;
  problem: Problem | null;
}

/** One signed-in person's browser, without the screen. */
export interface ApiClient {
  /** Asks, and reads the answer by the contract; a refusal is an answer too. */
  ask: <Reply extends z.ZodType>(
    endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, Reply>,
    input?: Input,
  ) => Promise<Answer<z.output<Reply>>>;
  /** The same where only success will do. */
  get: <Reply extends z.ZodType>(endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, Reply>, input?: Input) => Promise<z.output<Reply>>;
  /** A socket with the same session, connecting; the caller closes it. */
  socket: () => Socket;
  cookie: string;
}

const inPath = (path: string, params: Record<string, number>): string =>
  Object.entries(params).reduce((built, [name, value]) => built.replace(`:${name}`, String(value)), path);

/** Signs in at a server that runs somewhere and speaks to it through its contract. */
export async function signIn(url: string, email: string, password: string): Promise<ApiClient> {
  const response = await fetch(url + login.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  const ask: ApiClient['ask'] = async (endpoint, { params = {}, body, headers = {}, signal } = {}) => {
    const answer = await fetch(url + inPath(endpoint.path, params), {
      method: endpoint.method.toUpperCase(),
      headers: { 'content-type': 'application/json', cookie, ...headers },
      ...(endpoint.method === 'get' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(signal ? { signal } : {}),
    });
    if (answer.status === 204) return { status: 204, value: null, problem: null };
    const json: unknown = await answer.json();
    return answer.ok
      ? { status: answer.status, value: endpoint.reply.parse(json), problem: null }
      : { status: answer.status, value: null, problem: problemSchema.parse(json) };
  };
  return {
    ask,
    get: async (endpoint, input) => {
      const { status, value, problem } = await ask(endpoint, input);
      if (value === null)
        throw new Error(`${endpoint.method} ${endpoint.path} answered ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''}`);
      return value;
    },
    socket: () => io(url, { extraHeaders: { cookie }, reconnectionDelay: 200, reconnectionDelayMax: 1_000 }),
    cookie,
  };
}
