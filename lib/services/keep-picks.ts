import type { z } from 'zod';
import { diversePickSettingsSchema, diversePickSummarySchema, type DiversePick, type DiversePickDetail, type diversePickListSchema, type pickDiverseSchema } from '@/lib/api/contracts/keep';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import { freezePool } from '@/lib/store/keep/freeze-pool';
import type { Prisma, PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { jobErrors } from './job-errors';
import { namesOf } from './names';
import { requireServerProject } from './private-projects';

type OfProject = { readonly projectId: string };
type OfPick = OfProject & { readonly pickId: string };

const LIST_LIMIT = 50;
/** Ids of samples stay in the database: there may be many thousands. */
const withoutPool = { poolIds: true, acceptedIds: true } as const;
const withoutIds = { ...withoutPool, sampleIds: true } as const;
type Row = Prisma.DiversePickGetPayload<{ omit: typeof withoutIds }>;

/** Diverse choices of a project, newest first. */
export async function listDiversePicks({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof diversePickListSchema>> {
  const rows = await store.diversePick.findMany({ where: { projectId }, omit: withoutIds, orderBy: { id: 'desc' }, take: LIST_LIMIT });
  return { picks: await toDtos(store, rows) };
}

/** @throws AssayError `request.not_found` */
export async function getDiversePick({ store }: ServiceContext, { projectId, pickId }: OfPick): Promise<DiversePickDetail> {
  const row = await store.diversePick.findFirst({ where: { id: pickId, projectId }, omit: withoutPool });
  if (row === null) throw new AssayError('request.not_found', 'There is no such choice in this project.');
  return { ...(await toDtos(store, [row]))[0]!, sampleIds: row.sampleIds };
}

/**
 * Starts a choice of samples that are good and unlike one another, among those of a run that a filter shows or that are selected. The samples are frozen
 * now: decisions that follow do not change it. Nothing is accepted by it.
 * @throws AssayError `project.private`, `request.not_found`, `request.conflict` while the run has no scores, `data.too_few_rows` when nothing is there to pick
 */
export async function pickDiverse({ store, actor }: ServiceContext, input: z.output<typeof pickDiverseSchema>): Promise<DiversePick> {
  const { projectId, runId, count, filter, ids, weight, avoidAccepted, seed } = input;
  await requireServerProject(store, projectId, 'A diverse choice');
  const run = await store.run.findFirst({ where: { id: runId, projectId }, select: { state: true, evaluator: true, featureSetId: true } });
  if (run === null) throw new AssayError('request.not_found', 'There is no such run in this project.');
  if (run.state !== 'ready') throw new AssayError('request.conflict', `The run of ${run.evaluator} has no scores.`, { hint: 'Wait for it to end, or choose another one.' });
  const row = await store.$transaction(
    async (transaction) => {
      const { id } = await transaction.diversePick.create({
        data: { projectId, runId, count, settings: { weight, avoidAccepted, filter }, ofSelection: ids !== undefined, seed, codeVersion: env().version, createdById: actor.userId },
        select: { id: true },
      });
      const { pool } = await freezePool(transaction, { pickId: id, projectId, runId, featureSetId: run.featureSetId, filter, ids: ids ?? null, avoidAccepted });
      if (pool === 0) {
        throw new AssayError('data.too_few_rows', 'There is no scored auxiliary sample to choose among that is not accepted already.', { hint: 'Widen the filter, or select other samples.' });
      }
      const job = await enqueueJob(transaction, { kind: 'pick_diverse', projectId, createdById: actor.userId, input: { pickId: id } });
      await recordEvent(transaction, { actor, projectId }, { type: 'pick.started', pickId: id, evaluator: run.evaluator, count, pool, weight, seed });
      return transaction.diversePick.update({ where: { id }, data: { jobId: job.id }, omit: withoutIds });
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
  return (await toDtos(store, [row]))[0]!;
}

async function toDtos(store: PrismaClient, rows: readonly Row[]): Promise<DiversePick[]> {
  const [names, errors] = await Promise.all([namesOf(store, rows.map(({ createdById }) => createdById)), jobErrors(store, rows)]);
  return rows.map((row) => ({
    id: row.id,
    runId: row.runId,
    count: row.count,
    settings: diversePickSettingsSchema.parse(row.settings),
    ofSelection: row.ofSelection,
    seed: row.seed,
    codeVersion: row.codeVersion,
    state: row.state,
    summary: row.summary === null ? null : diversePickSummarySchema.parse(row.summary),
    jobId: row.jobId,
    error: errors(row.jobId),
    createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
    createdAt: row.createdAt.toISOString(),
  }));
}
