import type { z } from 'zod';
import { AssayError, toAssayError, type ErrorDetail } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { Problem } from './contracts/problem';

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Changed in the meantime',
  410: 'Gone',
  413: 'Too large',
  422: 'Not usable',
  429: 'Too many requests',
  503: 'Not available now',
  507: 'No space left',
};

/** SQLSTATE classes and node codes that mean "the database cannot be reached". */
const connectionCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '53300']);

/**
 * Turns anything thrown into an RFC 9457 problem document. What is not ours to explain is logged with the request id and
 * masked.
 */
export function problemOf(thrown: unknown, requestId: string): Problem {
  const error = explained(thrown);
  const log = logger('api');
  if (error.status >= 500) log.error({ requestId, code: error.code, err: thrown }, 'request failed');
  else log.debug({ requestId, code: error.code, message: error.message }, 'request refused');
  const masked = error.code === 'internal';
  return {
    type: `urn:assay:problem:${error.code}`,
    title: titles[error.status] ?? 'Something went wrong',
    status: error.status,
    code: error.code,
    detail: masked ? 'Something went wrong on the server; nothing that was stored is lost.' : error.message,
    ...(masked ? { hint: `Try again. If it happens again, look for ${requestId} in the server's log.` } : {}),
    ...(!masked && error.hint !== undefined ? { hint: error.hint } : {}),
    requestId,
    ...(error.details ? { details: [...error.details] } : {}),
  };
}

/** The answer that carries a problem document. */
export function problemResponse(problem: Problem): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'x-request-id': problem.requestId ?? '' },
  });
}

/**
 * Checks input against a schema.
 * @throws AssayError `request.invalid` whose details name every bad field
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details: ErrorDetail[] = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = details;
  const where = first?.path ? ` (${first.path})` : '';
  throw new AssayError('request.invalid', `The input is not valid: ${first?.message ?? 'unknown reason'}${where}`, { details });
}

function explained(thrown: unknown): AssayError {
  // What has a name already is not searched for another: a sender's broken connection is no lost database.
  if (thrown instanceof AssayError) return thrown;
  if (isUnreachableDatabase(thrown)) {
    return new AssayError('database.unavailable', 'The database does not answer.', { hint: 'Wait a moment and try again.', cause: thrown });
  }
  return toAssayError(thrown);
}

function isUnreachableDatabase(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if ('code' in error && typeof error.code === 'string' && connectionCodes.has(error.code)) return true;
  }
  return false;
}
