import type { Endpoint } from '$contract/http/endpoint.ts';
import type { input, output } from 'zod';
import { fillPath, queryText } from './api-path.ts';
import type { UrlValue } from './api-path.ts';
import { ApiProblem, offlineProblem, problemOf } from './api-problem.ts';
import { currentLocale } from './i18n/locale.svelte.ts';

export { ApiProblem } from './api-problem.ts';

/** What a caller gives: the schemas' inputs, a form for multipart, and how to send. */
export interface CallOptions<E extends Endpoint> {
  params?: input<E['params']>;
  query?: input<E['query']>;
  body?: input<E['body']>;
  /** Instead of `body` where the endpoint takes a file. */
  form?: FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const lostSessionListeners = new Set<() => void>();

/** Hears that the server no longer knows us (401); the shell goes to sign-in. The answer stops it. */
export function onSessionLost(listener: () => void): () => void {
  lostSessionListeners.add(listener);
  return () => lostSessionListeners.delete(listener);
}

/**
 * Calls the server and reads its answer by the contract.
 * @throws ApiProblem for every error answer, and with code `offline` when nobody answered.
 */
export async function call<E extends Endpoint>(endpoint: E, options: CallOptions<E> = {}): Promise<output<E['reply']>> {
  const answer = await callOrNull(endpoint, options);
  if (answer === null) {
    throw new ApiProblem({ status: 204, code: 'noContent', title: 'Nothing there' });
  }
  return answer;
}

/** The same for endpoints that may have nothing to say: 204 is null. */
export async function callOrNull<E extends Endpoint>(endpoint: E, options: CallOptions<E> = {}): Promise<output<E['reply']> | null> {
  const response = await send(endpoint, options);
  if (response.status === 204) return null;
  const answer = endpoint.reply.safeParse(await response.json());
  if (answer.success) return answer.data as output<E['reply']>;
  throw new ApiProblem(
    { status: response.status, code: 'answerOutsideContract', title: `${endpoint.path}: ${answer.error.message}` },
    answer.error,
  );
}

/** The address of an endpoint, for links, audio and downloads. */
export function urlOf<E extends Endpoint>(endpoint: E, options: Pick<CallOptions<E>, 'params' | 'query'> = {}): string {
  return fillPath(endpoint.path, urlValues(options.params)) + queryText(urlValues(options.query));
}

async function send<E extends Endpoint>(endpoint: E, options: CallOptions<E>): Promise<Response> {
  const takesJson = endpoint.method !== 'get' && options.form === undefined;
  const request: RequestInit = {
    method: endpoint.method.toUpperCase(),
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': currentLocale(),
      ...(takesJson ? { 'content-type': 'application/json' } : {}),
      ...options.headers,
    },
    ...(options.signal ? { signal: options.signal } : {}),
    ...(takesJson ? { body: JSON.stringify(options.body ?? {}) } : {}),
    ...(options.form ? { body: options.form } : {}),
  };
  const response = await fetch(urlOf(endpoint, options), request).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw offlineProblem(error);
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401) for (const listener of lostSessionListeners) listener();
  throw problem;
}

function urlValues(given: unknown): Record<string, UrlValue> {
  return typeof given === 'object' && given !== null ? { ...given } : {};
}
