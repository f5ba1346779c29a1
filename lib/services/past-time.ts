import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';

/** The database's clock, to the millisecond: events carry its times. */
export async function databaseClock(store: Pick<PrismaClient | Transaction, '$queryRaw'>): Promise<Date> {
  const [clock] = await store.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS "now"`;
  return clock?.now ?? new Date();
}

/** A time that a person named. @throws AssayError `request.invalid` for one that has not come */
export function pastTime(at: string, now: Date): Date {
  const time = new Date(at);
  if (time > now) throw new AssayError('request.invalid', 'That time has not come yet.', { hint: 'Choose a time in the past.', details: [{ path: 'at', message: 'A time in the past.' }] });
  return time;
}
