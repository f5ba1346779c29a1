import { randomUUID } from 'node:crypto';
import { store } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';

/**
 * Counts one attempt under `key` in the database (all web processes share the count) and tells whether it is within
 * `max` in a window that begins with the first attempt. One statement, so that attempts at once are all counted.
 */
export async function consumeAttempt(
  key: string,
  limit: { windowSeconds: number; max: number },
  database: Pick<PrismaClient, '$queryRaw'> = store(),
): Promise<boolean> {
  const now = BigInt(Date.now());
  const windowStart = now - BigInt(limit.windowSeconds * 1000);
  const rows = await database.$queryRaw<{ count: number }[]>`
    INSERT INTO "RateLimit" AS attempts ("id", "key", "count", "lastRequest")
    VALUES (${randomUUID()}, ${key}, 1, ${now})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN attempts."lastRequest" < ${windowStart} THEN 1 ELSE attempts."count" + 1 END,
      "lastRequest" = CASE WHEN attempts."lastRequest" < ${windowStart} THEN ${now} ELSE attempts."lastRequest" END
    RETURNING "count"`;
  return (rows[0]?.count ?? Number.POSITIVE_INFINITY) <= limit.max;
}
