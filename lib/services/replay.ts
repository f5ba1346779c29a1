import type { RejectReason, SampleRole, Verdict } from '@/lib/api/contracts/common';
import type { Moment, Replay } from '@/lib/api/contracts/history';
import { toCsv } from '@/lib/figures/csv';
import type { Prisma, PrismaClient } from '@/lib/store/generated/client';
import { samplesAt, standingAt, standingNow } from '@/lib/store/history/standing-at';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { databaseClock, pastTime } from './past-time';

type Asked = { projectId: string; at: string };

/** Runs and exports that are named; the counts are of all. */
const named = 10;

/**
 * A project as it stood at a time beside what it is now. Everything follows from what is never changed: decisions, the times when
 * samples, runs and exports came to be, and the notes on deleted samples.
 * @throws AssayError `request.invalid` for a time that has not come
 */
export async function replay({ store }: ServiceContext, { projectId, at }: Asked): Promise<Replay> {
  const now = await databaseClock(store);
  const then = pastTime(at, now);
  const ready = { projectId, state: 'ready' as const, createdAt: { lte: then } };
  const newest = { orderBy: { id: 'desc' as const }, take: named };
  const [before, today, changed, unknown, runs, exports] = await Promise.all([
    momentAt(store, projectId, then, standingAt(projectId, then)),
    momentAt(store, projectId, now, standingNow(projectId)),
    changedBetween(store, projectId, then, now),
    unknownAt(store, projectId, then),
    store.run.findMany({ where: ready, ...newest, select: { id: true, evaluator: true, createdAt: true, featureSet: { select: { model: { select: { name: true } } } } } }),
    store.export.findMany({ where: { projectId, createdAt: { lte: then }, state: { not: 'failed' } }, ...newest, select: { id: true, count: true, createdAt: true } }),
  ]);
  return {
    then: before,
    now: today,
    changed,
    unknown,
    runs: runs.map(({ id, evaluator, createdAt, featureSet }) => ({ id, evaluator, modelName: featureSet.model.name, createdAt: createdAt.toISOString() })),
    exports: exports.map(({ id, count, createdAt }) => ({ id, count, createdAt: createdAt.toISOString() })),
  };
}

/**
 * The samples that stood accepted at a time, as CSV in order of folder and file name; those that were deleted since are among them.
 * @throws AssayError `request.invalid` for a time that has not come
 */
export async function acceptedAt({ store }: ServiceContext, { projectId, at }: Asked): Promise<string> {
  const then = pastTime(at, await databaseClock(store));
  const rows = await store.$queryRaw<{ id: string; folder: string; fileName: string; role: SampleRole; sha256: string | null; decidedAt: Date; name: string | null }[]>`
    SELECT there."id", there."folder", there."fileName", there."role"::text AS "role", kept."sha256", standing."decidedAt", u."name"
    FROM (${standingAt(projectId, then)}) standing
    JOIN (${samplesAt(projectId, then)}) there ON there."id" = standing."sampleId"
    LEFT JOIN "Sample" kept ON kept."id" = there."id"
    LEFT JOIN "User" u ON u."id" = standing."userId"
    WHERE standing."verdict" = 'accepted'
    ORDER BY there."folder" COLLATE "C", there."fileName" COLLATE "C", there."id"`;
  const header = ['sample_id', 'folder', 'file_name', 'role', 'sha256', 'accepted_by', 'accepted_at', 'deleted_since'];
  return toCsv(header, rows.map(({ id, folder, fileName, role, sha256, decidedAt, name }) => [id, folder, fileName, role, sha256, name ?? 'a former member', decidedAt.toISOString(), sha256 === null ? 'yes' : 'no']));
}

type Standing = { verdict: Verdict; reason: RejectReason | null; userId: string; count: number };

/** @param standing as of `standingAt` */
async function momentAt(store: PrismaClient, projectId: string, at: Date, standing: Prisma.Sql): Promise<Moment> {
  const [standings, roles, runs, exports] = await Promise.all([
    store.$queryRaw<(Standing & { role: SampleRole })[]>`
      SELECT there."role"::text AS "role", standing."verdict"::text AS "verdict", standing."reason"::text AS "reason", standing."userId", count(*)::int AS "count"
      FROM (${standing}) standing JOIN (${samplesAt(projectId, at)}) there ON there."id" = standing."sampleId"
      WHERE standing."verdict" IS NOT NULL GROUP BY 1, 2, 3, 4`,
    store.$queryRaw<{ role: SampleRole; count: number }[]>`SELECT there."role"::text AS "role", count(*)::int AS "count" FROM (${samplesAt(projectId, at)}) there GROUP BY 1`,
    store.run.count({ where: { projectId, state: 'ready', createdAt: { lte: at } } }),
    store.export.count({ where: { projectId, state: { not: 'failed' }, createdAt: { lte: at } } }),
  ]);
  const samples = { normal: 0, anomaly: 0, auxiliary: 0, ...Object.fromEntries(roles.map(({ role, count }) => [role, count])) };
  const names = await namesOf(store, standings.map(({ userId }) => userId));
  const decided = standings.filter(({ role }) => role === 'auxiliary').reduce((sum, { count }) => sum + count, 0);
  return { at: at.toISOString(), samples, verdicts: verdictsOf(standings), undecided: samples.auxiliary - decided, reasons: reasonsOf(standings), people: peopleOf(standings, names), runs, exports };
}

function verdictsOf(standings: readonly Standing[]): Moment['verdicts'] {
  const sum = (verdict: Verdict) => standings.reduce((total, one) => total + (one.verdict === verdict ? one.count : 0), 0);
  return { accepted: sum('accepted'), rejected: sum('rejected'), skipped: sum('skipped') };
}

function reasonsOf(standings: readonly Standing[]): Moment['reasons'] {
  const counts = new Map<RejectReason | null, number>();
  for (const { verdict, reason, count } of standings) if (verdict === 'rejected') counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || String(a.reason).localeCompare(String(b.reason)));
}

function peopleOf(standings: readonly Standing[], names: ReadonlyMap<string, string>): Moment['people'] {
  const ids = [...new Set(standings.map(({ userId }) => userId))];
  const people = ids.map((userId) => ({ userId, name: names.get(userId) ?? 'a former member', ...verdictsOf(standings.filter((one) => one.userId === userId)) }));
  return people.sort((a, b) => a.name.localeCompare(b.name) || (a.userId < b.userId ? -1 : 1));
}

async function changedBetween(store: PrismaClient, projectId: string, then: Date, now: Date): Promise<Replay['changed']> {
  const [row] = await store.$queryRaw<Replay['changed'][]>`
    SELECT
      (SELECT count(*)::int FROM "Sample" s
        LEFT JOIN (${standingAt(projectId, then)}) before ON before."sampleId" = s."id"
        LEFT JOIN "SampleState" today ON today."sampleId" = s."id"
        WHERE s."projectId" = ${projectId}::uuid AND before."verdict" IS DISTINCT FROM today."verdict") AS "verdicts",
      (SELECT count(*)::int FROM "Sample" s WHERE s."projectId" = ${projectId}::uuid AND s."createdAt" > ${then}::timestamptz AND s."createdAt" <= ${now}::timestamptz) AS "added",
      (SELECT count(*)::int FROM "DeletedSample" g WHERE g."projectId" = ${projectId}::uuid AND g."createdAt" <= ${then}::timestamptz AND g."deletedAt" > ${then}::timestamptz) AS "deleted",
      (SELECT count(*)::int FROM "Decision" d WHERE d."projectId" = ${projectId}::uuid AND d."createdAt" > ${then}::timestamptz AND d."createdAt" <= ${now}::timestamptz) AS "decisions"`;
  return row ?? { verdicts: 0, added: 0, deleted: 0, decisions: 0 };
}

/** Decided samples of which there is neither a row nor a note. */
async function unknownAt(store: PrismaClient, projectId: string, at: Date): Promise<number> {
  const [row] = await store.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT d."sampleId")::int AS "count" FROM "Decision" d
    WHERE d."projectId" = ${projectId}::uuid AND d."createdAt" <= ${at}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM "Sample" s WHERE s."id" = d."sampleId")
      AND NOT EXISTS (SELECT 1 FROM "DeletedSample" g WHERE g."sampleId" = d."sampleId")`;
  return row?.count ?? 0;
}
