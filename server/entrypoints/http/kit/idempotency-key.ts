import { invalid } from '../../../app/problem.ts';

/** The header by which a repeated request dials once. @throws Refused 422 without it */
export function idempotencyKeyOf(header: string | undefined): string {
  const key = header?.trim() ?? '';
  if (key === '' || key.length > 200)
    throw invalid('Idempotency-Key', 'required', 'the header Idempotency-Key is needed, up to 200 characters');
  return key;
}
