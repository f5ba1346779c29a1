import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '@/lib/auth/actor';
import { authorize } from '@/lib/auth/guard';
import { currentActor } from '@/lib/auth/session';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { PublicContext, ServiceContext } from '@/lib/services/context';
import { store } from '@/lib/store/client';
import type { RouteContract } from './contracts/routes';
import { checkOrigin } from './origin';
import { parseInput, problemOf, problemResponse } from './problem';

type Fields<S> = S extends z.ZodType ? z.output<S> : unknown;
type ContextOf<C extends RouteContract> = C['access'] extends { scope: 'public' } ? PublicContext : ServiceContext;
/** JSON that is too long to hold may be answered as a stream. */
type AnswerOf<C extends RouteContract> = C['response'] extends z.ZodType ? z.input<C['response']> | Response : Response;

/** Parameters of the path, query and JSON body in one object. A binary body is read from the request. */
export type RouteInput<C extends RouteContract> = Fields<C['params']> & Fields<C['query']> & Fields<C['body']>;

/** What answers a route: a service function, or a few lines around one where bytes are answered. */
export type RouteHandler<C extends RouteContract> = (
  context: ContextOf<C>,
  input: RouteInput<C>,
  request: Request,
) => Promise<AnswerOf<C>> | AnswerOf<C>;

/** What Next.js calls. */
export type NextRoute = (request: Request, segment: { params: Promise<Record<string, string | string[] | undefined>> }) => Promise<Response>;

/** Largest JSON body that is read. */
const maxJsonBytes = 4 * 1024 * 1024;

const made = new WeakMap<NextRoute, RouteContract>();

/**
 * Makes the handler of a route from its contract: request id, session, origin check, guard, validated input, handler,
 * validated answer, problem document on any failure. Every export of `app/api/v1/**` is made by it.
 */
export function route<const C extends RouteContract>(contract: C, handler: RouteHandler<C>): NextRoute {
  const next: NextRoute = async (request, segment) => {
    const requestId = randomUUID();
    try {
      const answer = await respond(contract, handler, request, (await segment.params) ?? {}, requestId);
      answer.headers.set('x-request-id', requestId);
      return answer;
    } catch (thrown) {
      return problemResponse(problemOf(thrown, requestId));
    }
  };
  made.set(next, contract);
  return next;
}

/** The contract that a handler was made from; undefined when `route` did not make it. */
export function contractOf(handler: unknown): RouteContract | undefined {
  return typeof handler === 'function' ? made.get(handler as NextRoute) : undefined;
}

async function respond<C extends RouteContract>(
  contract: C,
  handler: RouteHandler<C>,
  request: Request,
  segments: Record<string, unknown>,
  requestId: string,
): Promise<Response> {
  if (contract.method !== 'GET') checkOrigin(request.headers);
  const actor = await currentActor(request.headers);
  // An id that is none names no project; the guard answers as for any other foreign one.
  const params = contract.params?.safeParse(segments);
  await authorize(actor, contract.access, params?.success ? projectIdOf(params.data) : undefined);
  const input = await inputOf(contract, request, segments);
  const context = { actor, requestId, store: store(), signal: request.signal } as { actor: Actor | null } as ContextOf<C>;
  const answer = await handler(context, input, request);
  return answer instanceof Response ? answer : jsonResponse(contract, answer);
}

function projectIdOf(params: Record<string, unknown>): string | undefined {
  return typeof params['projectId'] === 'string' ? params['projectId'] : undefined;
}

async function inputOf<C extends RouteContract>(contract: C, request: Request, segments: Record<string, unknown>): Promise<RouteInput<C>> {
  const query = contract.query ? parseInput(contract.query, Object.fromEntries(new URL(request.url).searchParams)) : {};
  const body = contract.body && !('binary' in contract.body) ? parseInput(contract.body, await readJson(request)) : {};
  const params = contract.params ? parseInput(contract.params, segments) : {};
  return { ...query, ...(body as object), ...params } as RouteInput<C>;
}

async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > maxJsonBytes) {
    throw new AssayError('request.too_large', 'The request body is too large.', { hint: 'Send fewer items at once.' });
  }
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AssayError('request.invalid', 'The request body is not valid JSON.', { cause });
  }
}

/** Outside production the answer is checked against the contract and unknown fields are dropped. */
function jsonResponse(contract: RouteContract, answer: unknown): Response {
  const checked = env().mode === 'production' || 'binary' in contract.response ? answer : contract.response.parse(answer);
  return Response.json(checked, { headers: { 'cache-control': 'no-store' } });
}
