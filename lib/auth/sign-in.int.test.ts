import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPassword } from '@/lib/services/account';
import { World } from '@/lib/services/testing/world';
import { env, setEnvironment } from '@/lib/env';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { auth } from './auth';
import { currentActor, currentSessionInfo } from './session';
import { createSignInLink, localOwnerEmail } from './sign-in-link';

let database: FreshDatabase;
let world: World;
const baseUrl = () => env().baseUrl;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`${baseUrl()}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl(), ...headers },
    body: JSON.stringify(body),
  });
  return auth().handler(request);
}

const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';
const follow = (link: string) => post('/sign-in/link', { token: tokenOf(link) });
const sessionHeaders = (response: Response) => new Headers({ cookie: response.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ') });

describe('one-time sign-in link', () => {
  it('signs the local owner in once, as an administrator', async () => {
    const link = await createSignInLink({ baseUrl: 'http://127.0.0.1:3000/' });
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/link\?token=[\w-]{43}$/);
    const first = await follow(link);
    expect(first.status).toBe(200);
    expect(first.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
    expect(await currentActor(sessionHeaders(first))).toMatchObject({ email: localOwnerEmail, isAdmin: true });
    const second = await follow(link);
    expect(second.status).toBe(401);
    expect(second.headers.getSetCookie()).toEqual([]);
  });

  it('lets one of many callers at once in', async () => {
    const ann = await world.person('Ann');
    const link = await createSignInLink({ baseUrl: baseUrl(), email: ann.email });
    const answers = await Promise.all(Array.from({ length: 8 }, () => follow(link)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(401)]);
  });

  it('stores only a hash, voids older links, and refuses expired ones', async () => {
    const bob = await world.person('Bob');
    const older = await createSignInLink({ baseUrl: baseUrl(), email: bob.email });
    const newer = await createSignInLink({ baseUrl: baseUrl(), email: bob.email });
    const rows = await store().verification.findMany({ where: { value: bob.userId } });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(tokenOf(newer));
    expect(rows[0]?.identifier).toContain(createHash('sha256').update(tokenOf(newer)).digest('hex'));
    const days = ((rows[0]?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
    expect((await follow(older)).status).toBe(401);
    await store().verification.updateMany({ where: { value: bob.userId }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await follow(newer)).status).toBe(401);
  });

  it('knows no unknown account', async () => {
    await expect(createSignInLink({ baseUrl: baseUrl(), email: 'nobody@example.org' })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('is not burnt by fetching it', async () => {
    const carl = await world.person('Carl');
    const link = await createSignInLink({ baseUrl: baseUrl(), email: carl.email });
    const fetched = await auth().handler(new Request(`${baseUrl()}/api/auth/sign-in/link?token=${tokenOf(link)}`));
    expect(fetched.status).toBe(404);
    expect((await follow(link)).status).toBe(200);
  });
});

describe('password', () => {
  it('can be set after a link, signs in, and a change ends the other sessions', async () => {
    const dora = await world.person('Dora');
    const session = sessionHeaders(await follow(await createSignInLink({ baseUrl: baseUrl(), email: dora.email })));
    const actor = await currentActor(session);
    if (actor === null) throw new Error('no session');
    await setPassword(world.context(actor), { newPassword: 'correct horse', currentPassword: null });
    const byPassword = await post('/sign-in/email', { email: dora.email, password: 'correct horse' });
    expect(byPassword.status).toBe(200);
    await expect(setPassword(world.context(actor), { newPassword: 'battery staple', currentPassword: 'wrong one!' })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(setPassword(world.context(actor), { newPassword: 'battery staple', currentPassword: null })).rejects.toMatchObject({ code: 'request.invalid' });
    await setPassword(world.context(actor), { newPassword: 'battery staple', currentPassword: 'correct horse' });
    expect(await currentActor(session)).not.toBeNull();
    expect(await currentActor(sessionHeaders(byPassword))).toBeNull();
    expect((await post('/sign-in/email', { email: dora.email, password: 'correct horse' })).status).toBe(401);
  });

  it('is guessed at most ten times per account in five minutes, from whatever address', async () => {
    const emil = await world.person('Emil');
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const response = await post('/sign-in/email', { email: emil.email, password: `guess ${guess} guess` }, { 'x-forwarded-for': `10.0.0.${guess}` });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });

  it('is demanded where other machines can reach Assay', async () => {
    const fay = await world.person('Fay');
    const session = sessionHeaders(await follow(await createSignInLink({ baseUrl: baseUrl(), email: fay.email })));
    expect(await currentSessionInfo(session)).toMatchObject({ mustSetPassword: false });
    setEnvironment({ ASSAY_HOST: '0.0.0.0' });
    try {
      expect(await currentSessionInfo(session)).toMatchObject({ mustSetPassword: true });
    } finally {
      setEnvironment({ ASSAY_HOST: undefined });
    }
  });
});

describe('doors that stay shut', () => {
  it('nobody signs up', async () => {
    const response = await post('/sign-up/email', { name: 'Eve', email: 'eve@example.org', password: 'long enough password' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await store().user.count({ where: { email: 'eve@example.org' } })).toBe(0);
  });

  it('nobody makes themselves an administrator', async () => {
    const gil = await world.person('Gil');
    const session = sessionHeaders(await follow(await createSignInLink({ baseUrl: baseUrl(), email: gil.email })));
    await post('/update-user', { isAdmin: true }, { cookie: session.get('cookie') ?? '' });
    expect((await currentActor(session))?.isAdmin).toBe(false);
  });

  it('another site cannot use the cookie', async () => {
    const hal = await world.person('Hal');
    const session = sessionHeaders(await follow(await createSignInLink({ baseUrl: baseUrl(), email: hal.email })));
    const response = await post('/sign-out', {}, { cookie: session.get('cookie') ?? '', origin: 'https://evil.example' });
    expect(response.status).toBe(403);
    expect(await currentActor(session)).not.toBeNull();
  });

  it('a forged or absent cookie is nobody', async () => {
    expect(await currentActor(new Headers())).toBeNull();
    expect(await currentActor(new Headers({ cookie: 'assay-3000.session_token=abc.def' }))).toBeNull();
  });
});
