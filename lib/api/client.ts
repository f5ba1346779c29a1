import type { z } from 'zod';
import { decodeColumns, type Columns } from './contracts/columns';
import type { ActionResult, Problem } from './contracts/problem';
import type { RouteAddress } from './contracts/addresses';
import type { RouteName, routes } from './contracts/routes';

/** A failure that the server explained; screens show `problem.detail` and `problem.hint` in place. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }
}

type Contract<N extends RouteName> = (typeof routes)[N];
type FieldOf<C, K extends string> = C extends { readonly [P in K]: infer S } ? S : undefined;
type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type JsonOf<N extends RouteName> = Contract<N>['response'] extends z.ZodType ? z.output<Contract<N>['response']> : never;
type Part<K extends string, V> = V extends undefined ? { [key in K]?: undefined } : object extends V ? { [key in K]?: V } : { [key in K]: V };

/** Path parameters and query of a route. */
export type Parameters<N extends RouteName> = Part<'params', InputOf<FieldOf<Contract<N>, 'params'>>> & Part<'query', InputOf<FieldOf<Contract<N>, 'query'>>>;
type BodyOf<N extends RouteName> = FieldOf<Contract<N>, 'body'> extends z.ZodType ? z.input<FieldOf<Contract<N>, 'body'>> : BodyInit;
type Sent<N extends RouteName> = Parameters<N> & { body: BodyOf<N>; signal?: AbortSignal };
type Read<N extends RouteName> = Parameters<N> & { signal?: AbortSignal };

/** Address of a route, for `<img src>`, downloads and own fetches. */
export function urlOf<N extends RouteName>(address: RouteAddress<N>, parameters: Parameters<N>): string {
  const { params = {}, query: asked = {} }: { params?: Record<string, unknown> | undefined; query?: Record<string, unknown> | undefined } = parameters;
  const path = address.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) {
    if (value !== undefined && value !== null) query.set(key, String(value));
  }
  return `/api/v1${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** Reads a route that answers JSON. @throws ProblemError */
export async function getJson<N extends RouteName>(address: RouteAddress<N>, request: Read<N>): Promise<JsonOf<N>> {
  const response = await send(urlOf(address, request), { signal: request.signal ?? null });
  return (await response.json()) as JsonOf<N>;
}

/** Sends a body (an object as JSON; bytes as they are) to a POST or PUT route that answers JSON. @throws ProblemError */
export async function sendBody<N extends RouteName>(address: RouteAddress<N>, request: Sent<N>): Promise<JsonOf<N>> {
  const response = await send(urlOf(address, request), {
    method: address.method,
    signal: request.signal ?? null,
    ...(isBytes(request.body) ? { body: request.body as BodyInit } : { body: JSON.stringify(request.body), headers: { 'content-type': 'application/json' } }),
  });
  return (await response.json()) as JsonOf<N>;
}

function isBytes(body: unknown): boolean {
  return body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
}

/** Reads a route that answers binary columns. @throws ProblemError */
export async function getColumns<N extends RouteName>(address: RouteAddress<N>, request: Read<N>): Promise<Columns> {
  return decodeColumns(await getBytes(address, request));
}

/** Reads a route that answers bytes. @throws ProblemError */
export async function getBytes<N extends RouteName>(address: RouteAddress<N>, request: Read<N>): Promise<ArrayBuffer> {
  return (await send(urlOf(address, request), { signal: request.signal ?? null })).arrayBuffer();
}

/** Calls a server action; a problem that it answers, a new build or a lost connection becomes a ProblemError. */
export async function callAction<I, T>(action: (input: I) => Promise<ActionResult<T>>, input: I): Promise<T> {
  let result: ActionResult<T> | undefined;
  try {
    result = await action(input);
  } catch (thrown) {
    throw new ProblemError(isStaleAction(thrown) ? staleClient() : unreachable(), { cause: thrown });
  }
  if (result === undefined) throw new ProblemError(staleClient());
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}

/** The problem that a failed answer carries, or one that says what came instead. */
export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return body;
  return {
    type: 'about:blank',
    title: 'Something went wrong',
    status: response.status,
    code: 'internal',
    detail: `The server answered ${response.status} without an explanation.`,
  };
}

/** Assay's own answers are problem documents; something between it and the browser may answer anything. */
function isProblem(body: unknown): body is Problem {
  const { title, detail, code } = (body ?? {}) as Partial<Record<keyof Problem, unknown>>;
  return [title, detail, code].every((text) => typeof text === 'string');
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw new ProblemError(unreachable(), { cause: thrown });
  }
  if (!response.ok) throw new ProblemError(await problemFrom(response));
  return response;
}

/** Action ids change with every build: an open page of an older build calls one that is no more. */
function isStaleAction(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return thrown.name === 'UnrecognizedActionError' || /server action .*(was not found|not found)|failed to find server action/i.test(thrown.message);
}

function staleClient(): Problem {
  return {
    type: 'urn:assay:problem:request.stale_client',
    title: 'Assay was updated',
    status: 409,
    code: 'request.stale_client',
    detail: 'Assay was updated since this page was opened.',
    hint: 'Reload the page and do it again.',
  };
}

function unreachable(): Problem {
  return {
    type: 'urn:assay:problem:request.unreachable',
    title: 'No answer',
    status: 503,
    code: 'request.unreachable',
    detail: 'The server did not answer.',
    hint: 'Check that Assay is running, then try again.',
  };
}
