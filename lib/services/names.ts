import type { PrismaClient } from '@/lib/store/generated/client';

/** Names of people by user id; nulls and people who are gone are left out. */
export async function namesOf(store: Pick<PrismaClient, 'user'>, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const users = await store.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}
