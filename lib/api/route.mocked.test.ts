import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Actor } from '@/lib/auth/actor';
import { setEnvironment } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { openStore } from '@/lib/store/client';
import { anyone, signedIn } from './contracts/access';
import { problemSchema } from './contracts/problem';
import type { RouteContract } from './contracts/routes';
import { problemOf } from './problem';
import { route, type NextRoute } from './route';

const session = vi.hoisted(() => ({ actor: null as Actor | null }));
vi.mock('@/lib/auth/session', () => ({ currentActor: async () => session.actor }));
vi.mock('@/lib/store/client', async (original) => ({ ...(await original<object>()), store: () => ({}) }));

const ann: Actor = { userId: 'a', name: 'Ann', email: 'ann@example.org', isAdmin: false };
const contract = {
  method: 'POST',
  path: '/things/{id}',
  summary: '',
  access: signedIn,
  params: z.object({ id: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(5).default(2) }),
  body: z.object({ name: z.string().min(1) }),
  response: z.object({ echo: z.unknown() }),
} as const satisfies RouteContract;
const id = '019ab0c1-2d3e-7f40-8123-456789abcdef';

beforeEach(() => {
  session.actor = ann;
  setEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'silent' });
});

function call(handler: NextRoute, init: RequestInit & { query?: string; id?: string } = {}): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/v1/things/x${init.query ?? ''}`, { method: 'POST', body: '{"name":"n"}', ...init });
  return handler(request, { params: Promise.resolve({ id: init.id ?? id }) });
}

async function problemIn(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return problem;
}

describe('route', () => {
  const echo = route(contract, async (_, input) => ({ echo: input, secret: 'dropped' }));

  it('hands parameters, query and body over as one checked object and drops what the contract does not name', async () => {
    const response = await call(echo, { query: '?limit=3' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ echo: { id, limit: 3, name: 'n' } });
  });

  it('names every bad field', async () => {
    expect(await problemIn(await call(echo, { query: '?limit=9' }))).toMatchObject({ status: 400, code: 'request.invalid', details: [{ path: 'limit' }] });
    expect(await problemIn(await call(echo, { body: '{"name":""}' }))).toMatchObject({ details: [{ path: 'name' }] });
    expect(await problemIn(await call(echo, { id: 'x' }))).toMatchObject({ details: [{ path: 'id' }] });
    expect(await problemIn(await call(echo, { body: '{' }))).toMatchObject({ code: 'request.invalid', detail: 'The request body is not valid JSON.' });
  });

  it('refuses other sites, whoever is signed in', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expect(await problemIn(await call(echo, { headers }))).toMatchObject({ status: 403, code: 'request.forbidden' });
    }
    for (const headers of [{ origin: 'http://plant:8080', host: 'plant:8080' }, { 'sec-fetch-site': 'same-origin' }, {}]) {
      expect((await call(echo, { headers })).status).toBe(200);
    }
  });

  it('asks for a sign-in before it says anything about the input', async () => {
    session.actor = null;
    expect(await problemIn(await call(echo, { body: '{' }))).toMatchObject({ status: 401, code: 'request.unauthenticated' });
    const open = route({ ...contract, access: anyone }, async ({ actor }) => ({ echo: actor }));
    expect(await (await call(open)).json()).toEqual({ echo: null });
  });

  it('explains our errors and masks all others', async () => {
    const full = route(contract, async () => Promise.reject(new AssayError('storage.full', 'The disk is full.', { hint: 'Free some space.' })));
    expect(await problemIn(await call(full))).toMatchObject({ status: 507, code: 'storage.full', detail: 'The disk is full.', hint: 'Free some space.' });
    const broken = route(contract, async () => Promise.reject(new Error('password=hunter2 at 10.0.0.1')));
    const problem = await problemIn(await call(broken));
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('does not answer what breaks its own contract', async () => {
    const wrong = route({ ...contract, response: z.object({ count: z.number() }) }, async () => ({ count: 'many' as unknown as number }));
    expect(await problemIn(await call(wrong))).toMatchObject({ status: 500, code: 'internal' });
  });

  it('refuses a body that is too large before reading it', async () => {
    const headers = { 'content-length': String(5 * 1024 * 1024) };
    expect(await problemIn(await call(echo, { headers }))).toMatchObject({ status: 413, code: 'request.too_large' });
  });
});

describe('problemOf', () => {
  it('says that the database is away when it is', async () => {
    const nowhere = openStore('postgresql://nobody@127.0.0.1:1/none');
    const thrown: unknown = await nowhere.user.count().then(() => null, (error: unknown) => error);
    expect(problemOf(thrown, 'r')).toMatchObject({ status: 503, code: 'database.unavailable', requestId: 'r' });
  });
});
