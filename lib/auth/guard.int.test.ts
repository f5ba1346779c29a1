import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { administrator, signedIn } from '@/lib/api/contracts/access';
import { setEnvironment } from '@/lib/env';
import { World } from '@/lib/services/testing/world';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { authorize } from './guard';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(() => setEnvironment({ ASSAY_HOST: undefined }));
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

describe('the guard', () => {
  it('wants a password of everyone as soon as other machines can reach Assay', async () => {
    const actor = await new World(store()).person('Ann', { isAdmin: true });
    await authorize(actor, administrator);
    setEnvironment({ ASSAY_HOST: '0.0.0.0' });
    await expect(authorize(actor, administrator)).rejects.toMatchObject({ code: 'request.forbidden', hint: 'Set one under Account.' });
    await authorize(actor, signedIn);
    await store().account.create({
      data: { id: 'a1', accountId: actor.userId, providerId: 'credential', userId: actor.userId, password: 'a hash' },
    });
    await authorize(actor, administrator);
  });
});
