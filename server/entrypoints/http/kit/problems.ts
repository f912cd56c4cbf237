import type { ErrorRequestHandler, Response } from 'express';
import { ZodError } from 'zod';
import { Refused } from '../../../app/problem.ts';
import type { Problem } from '../../../contract/http/endpoint.ts';

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  422: 'Invalid input',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available now',
};

/** Writes an RFC 9457 answer. */
function sendProblem(response: Response, problem: Omit<Problem, 'type' | 'title'>): void {
  const body: Problem = { type: `about:blank#${problem.code}`, title: titles[problem.status] ?? 'Error', ...problem };
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(body));
}

function fromZod(error: ZodError): Omit<Problem, 'type' | 'title'> {
  const errors = error.issues.map((issue) => ({ field: issue.path.join('.'), code: issue.code, message: issue.message }));
  const first = errors[0];
  return {
    status: 422,
    code: 'invalidInput',
    detail: first ? `${first.field || 'input'}: ${first.message}` : 'invalid input',
    ...(first?.field ? { field: first.field } : {}),
    errors,
  };
}

interface HttpError extends Error {
  status: number;
  type?: string;
}

const isHttpError = (error: unknown): error is HttpError =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500;

/** The last middleware: what was refused is told with its code, what broke is logged whole and told without details. */
export const problemMiddleware: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const requestId = typeof request.id === 'string' ? request.id : undefined;
  if (error instanceof Refused) {
    if (error.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(error.retryAfterSeconds));
    sendProblem(response, {
      status: error.status,
      code: error.code,
      detail: error.message,
      ...(error.field === undefined ? {} : { field: error.field }),
    });
  } else if (error instanceof ZodError) {
    sendProblem(response, fromZod(error));
  } else if (isHttpError(error)) {
    sendProblem(response, {
      status: error.status,
      code: error.type === 'entity.too.large' ? 'tooLarge' : 'badRequest',
      detail: error.message,
    });
  } else {
    request.log.error({ err: error }, 'request failed');
    sendProblem(response, { status: 500, code: 'internal', ...(requestId ? { requestId } : {}) });
  }
};
