import type { z } from 'zod';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { SampleState, stateListSchema } from '@/lib/api/contracts/decisions';
import type { ServiceContext } from './context';

/** A SampleState row joined with the name of its user. */
export type StateRow = {
  sampleId: string;
  verdict: Verdict | null;
  reason: RejectReason | null;
  version: number;
  userId: string;
  userName: string | null;
  updatedAt: Date;
};

/**
 * Verdicts of all decided samples of a project, or those changed since `since`, which is the `asOf` of an earlier answer.
 *
 * No change is ever missed: `asOf` is not the clock but the start of the oldest transaction that was still open before
 * the states were read (the clock when there was none). Every decision stamps its state with the database's clock
 * after its transaction began, so one that commits later than this read carries a stamp of at least `asOf` and is part
 * of the next answer. States may be answered twice, which is harmless; all clocks are the database's.
 */
export async function listStates(
  { store }: ServiceContext,
  { projectId, since }: { projectId: string; since?: string | undefined },
): Promise<z.infer<typeof stateListSchema>> {
  // Two statements in this order: the second one's snapshot sees whatever had ended when the first one looked.
  const [horizon] = await store.$queryRaw<{ asOf: Date }[]>`
    SELECT date_trunc('milliseconds', least(now(), min("xact_start"))) AS "asOf"
    FROM pg_stat_activity WHERE "datname" = current_database() AND "pid" <> pg_backend_pid()`;
  const rows = await store.$queryRaw<StateRow[]>`
    SELECT s."sampleId", s."verdict"::text, s."reason"::text, s."version", s."userId", u."name" AS "userName", s."updatedAt"
    FROM "SampleState" s LEFT JOIN "User" u ON u."id" = s."userId"
    WHERE s."projectId" = ${projectId}::uuid AND s."updatedAt" >= ${since ?? '1970-01-01T00:00:00Z'}::timestamptz
    ORDER BY s."updatedAt", s."sampleId"`;
  return { states: rows.map(toStateDto), asOf: (horizon?.asOf ?? new Date(0)).toISOString() };
}

/** The state as the contracts describe it. */
export function toStateDto({ userName, updatedAt, ...state }: StateRow): SampleState {
  return { ...state, userName: userName ?? 'a former member', updatedAt: updatedAt.toISOString() };
}
