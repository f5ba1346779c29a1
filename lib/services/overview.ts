import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { RunSummary } from '@/lib/api/contracts/runs';
import { projectNotFound, projectRoleOf } from '@/lib/auth/guard';
import type { PrismaClient, Run } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { defaultRun } from './default-run';
import { toProjectDto } from './projects';

/** State of every stage of a project, in a handful of indexed counts. */
export async function projectOverview({ store, actor }: ServiceContext, { projectId }: { projectId: string }): Promise<ProjectOverview> {
  const ready = { projectId, state: 'ready' as const };
  const newest = { orderBy: { createdAt: 'desc' as const } };
  const [project, role, samples, review, stages, set, run, projection] = await Promise.all([
    store.project.findUnique({ where: { id: projectId }, include: { _count: { select: { samples: true } } } }),
    projectRoleOf(actor, projectId, store),
    sampleCounts(store, projectId),
    reviewCounts(store, projectId),
    stageCounts(store, projectId),
    store.featureSet.findFirst({ where: ready, ...newest, select: { id: true } }),
    defaultRun(store, projectId),
    store.projection.findFirst({ where: ready, ...newest, select: { id: true } }),
  ]);
  if (project === null || role === null) throw projectNotFound();
  return {
    ...toProjectDto(project, role),
    samples: { ...samples, refused: stages.refused },
    featureSets: stages.featureSets,
    latestFeatureSetId: set?.id ?? null,
    runs: stages.runs,
    latestRun: run === null ? null : latestRun(run),
    review: { ...review, auxiliary: samples.auxiliary },
    projections: stages.projections,
    latestProjectionId: projection?.id ?? null,
    exports: stages.exports,
    activeJobs: stages.activeJobs,
  };
}

async function sampleCounts(store: PrismaClient, projectId: string): Promise<Omit<ProjectOverview['samples'], 'refused'>> {
  const groups = await store.sample.groupBy({ by: ['role'], where: { projectId }, _count: { _all: true, qualityLabel: true } });
  const of = (role: string) => groups.find((group) => group.role === role)?._count;
  return {
    normal: of('normal')?._all ?? 0,
    anomaly: of('anomaly')?._all ?? 0,
    auxiliary: of('auxiliary')?._all ?? 0,
    labelled: of('auxiliary')?.qualityLabel ?? 0,
  };
}

async function reviewCounts(store: PrismaClient, projectId: string): Promise<Omit<ProjectOverview['review'], 'auxiliary'>> {
  const groups = await store.sampleState.groupBy({ by: ['verdict'], where: { projectId, sample: { role: 'auxiliary' } }, _count: { _all: true } });
  const of = (verdict: string) => groups.find((group) => group.verdict === verdict)?._count._all ?? 0;
  return { accepted: of('accepted'), rejected: of('rejected'), skipped: of('skipped') };
}

type StageCounts = { featureSets: number; runs: number; projections: number; exports: number; activeJobs: number; refused: number };

/** Finished results per stage, jobs at work and refused files, in one round trip. */
async function stageCounts(store: PrismaClient, projectId: string): Promise<StageCounts> {
  const [counts] = await store.$queryRaw<StageCounts[]>`
    SELECT
      (SELECT count(*)::int FROM "FeatureSet" WHERE "projectId" = ${projectId}::uuid AND "state" = 'ready') AS "featureSets",
      (SELECT count(*)::int FROM "Run" WHERE "projectId" = ${projectId}::uuid AND "state" = 'ready') AS "runs",
      (SELECT count(*)::int FROM "Projection" WHERE "projectId" = ${projectId}::uuid AND "state" = 'ready') AS "projections",
      (SELECT count(*)::int FROM "Export" WHERE "projectId" = ${projectId}::uuid AND "state" = 'ready') AS "exports",
      (SELECT count(*)::int FROM "Job" WHERE "projectId" = ${projectId}::uuid AND "state" IN ('queued', 'running')) AS "activeJobs",
      (SELECT count(*)::int FROM "UploadFile" f JOIN "Upload" u ON u."id" = f."uploadId"
        WHERE u."projectId" = ${projectId}::uuid AND f."state" = 'refused') AS "refused"`;
  return counts ?? { featureSets: 0, runs: 0, projections: 0, exports: 0, activeJobs: 0, refused: 0 };
}

function latestRun(run: Run): NonNullable<ProjectOverview['latestRun']> {
  const summary = run.summary as RunSummary | null;
  return { id: run.id, evaluator: run.evaluator, aucQlt: summary?.aucQlt?.value ?? null, zones: summary?.zones ?? null };
}
