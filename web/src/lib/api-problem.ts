import { problemSchema } from '$contract/http/endpoint.ts';
import type { Problem } from '$contract/http/endpoint.ts';

/** An answer that is an error, as the server says it (RFC 9457), or `offline` when there was no answer at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Stable, for decisions; `title` and `detail` are for people. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly field: string | undefined;
  readonly errors: NonNullable<Problem['errors']>;
  readonly requestId: string | undefined;

  constructor(problem: Omit<Problem, 'type'>, cause?: unknown) {
    super(problem.detail ?? problem.title, { cause });
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.field = problem.field;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
  }

  /** The message for one field of a form, or undefined. */
  messageFor(field: string): string | undefined {
    const listed = this.errors.find((error) => error.field === field)?.message;
    return listed ?? (this.field === field ? (this.detail ?? this.title) : undefined);
  }
}

/** Reads an error answer; a body that is no problem document keeps its status and says so in the code. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const parsed = problemSchema.safeParse(jsonOrNull(text));
  if (parsed.success) return new ApiProblem(parsed.data);
  return new ApiProblem({
    status: response.status,
    code: 'unreadableAnswer',
    title: response.statusText || `HTTP ${response.status}`,
  });
}

/** The error of a request that reached nobody. */
export function offlineProblem(cause: unknown): ApiProblem {
  return new ApiProblem({ status: 0, code: 'offline', title: 'No answer' }, cause);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
