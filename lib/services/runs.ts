import type { z } from 'zod';
import { checkParameterNames, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { unpackNeighbours, type FurtherNeighbours, type NearSample } from '@/lib/api/contracts/further-neighbours';
import type { Neighbour, Run as RunDto, RunParameters, RunSummary, runListSchema, Score as ScoreDto, startRunsSchema } from '@/lib/api/contracts/runs';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { PrismaClient, Run, Score } from '@/lib/store/generated/client';
import { endedBecause } from './browser-results';
import type { ServiceContext } from './context';
import { namesOf } from './names';

const withModel = { featureSet: { select: { model: { select: { name: true } } } } } as const;
type WithModel = Run & { featureSet: { model: { name: string } } };

/** Score runs of a project, newest first. */
export async function listRuns({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof runListSchema>> {
  const runs = await store.run.findMany({ where: { projectId }, include: withModel, orderBy: { createdAt: 'desc' } });
  const names = await namesOf(store, runs.map((run) => run.createdById));
  return { runs: runs.map((run) => toRunDto(run, names)) };
}

/** @throws AssayError `request.not_found` */
export async function getRun({ store }: ServiceContext, where: { projectId: string; runId: string }): Promise<RunDto> {
  const run = await findRun(store, where);
  return toRunDto(run, await namesOf(store, [run.createdById]));
}

/**
 * Starts one immutable run per evaluator over a ready feature set; all of them or none. Of a private project no job is queued: the
 * browser that asked computes them.
 */
export async function startRuns({ store, actor }: ServiceContext, input: z.output<typeof startRunsSchema>): Promise<z.infer<typeof runListSchema>> {
  const { projectId, featureSetId, seed } = input;
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId }, include: { project: { select: { isPrivate: true } } } });
  if (set === null) throw new AssayError('request.not_found', 'There is no such feature set in this project.');
  if (set.state !== 'ready') {
    throw new AssayError('request.conflict', 'This feature set is not ready.', { hint: 'Wait for its extraction to end, or choose another one.' });
  }
  for (const { evaluator, parameters } of input.runs) checkEvaluator(evaluator, parameters);
  const runs = await store.$transaction(async (transaction) => {
    const started: WithModel[] = [];
    for (const { evaluator, preset, parameters } of input.runs) {
      const run = await transaction.run.create({
        data: { projectId, featureSetId, evaluator, preset, parameters, seed, codeVersion: env().version, createdById: actor.userId },
        include: withModel,
      });
      await recordEvent(transaction, { actor, projectId }, { type: 'run.started', runId: run.id, evaluator, preset, seed });
      if (set.project.isPrivate) {
        started.push(run);
        continue;
      }
      const job = await enqueueJob(transaction, { kind: 'score', projectId, createdById: actor.userId, input: { runId: run.id } });
      started.push(await transaction.run.update({ where: { id: run.id }, data: { jobId: job.id }, include: withModel }));
    }
    return started;
  });
  return { runs: runs.map((run) => toRunDto(run, new Map([[actor.userId, actor.name]]))) };
}

/** @throws AssayError or NumericsError `parameter.invalid` for an unknown evaluator, or a parameter that it does not have */
function checkEvaluator(evaluator: string, parameters: RunParameters): void {
  if (!isEvaluatorId(evaluator)) throw new AssayError('parameter.invalid', `There is no evaluator named ${evaluator}.`);
  checkParameterNames(evaluator, parameters);
}

/** Key of the blob that holds the run's columns. @throws AssayError `request.not_found` until the run is ready */
export async function runColumnsBlob({ store }: ServiceContext, where: { projectId: string; runId: string }): Promise<string> {
  const run = await findRun(store, where);
  if (run.columnsSha256 === null) throw new AssayError('request.not_found', 'This run has no scores yet.', { hint: 'Wait for it to end.' });
  return run.columnsSha256;
}

/** The why card: parts and reason of one auxiliary sample's score. */
export async function getScore(
  { store }: ServiceContext,
  { projectId, runId, sampleId }: { projectId: string; runId: string; sampleId: string },
): Promise<ScoreDto> {
  const run = await findRun(store, { projectId, runId });
  // A browser sends its scores in parts; they count when all are there.
  const score = run.state === 'ready' ? await store.score.findUnique({ where: { runId_sampleId: { runId, sampleId } } }) : null;
  if (score === null) {
    throw new AssayError('request.not_found', 'This run has no score for this sample.', {
      hint: 'Only auxiliary samples that were in the feature set are scored.',
    });
  }
  const further = furtherOf(score);
  const [better, of, neighbour] = await Promise.all([
    store.score.count({ where: { runId, quality: { gt: score.quality } } }),
    store.score.count({ where: { runId } }),
    neighboursOf(store, score, further),
  ]);
  const summary = run.summary as RunSummary | null;
  const centre = neighbour(score.centreSampleId, score.centreDistance);
  const gap = neighbour(score.gapSampleId, score.gap === null || score.gapRadius === null ? null : score.gap + score.gapRadius);
  return {
    runId,
    sampleId,
    quality: score.quality,
    rank: better + 1,
    of,
    probability: score.probability,
    density: score.density,
    rarity: score.rarity,
    zone: score.zone,
    spread: score.spread as ScoreDto['spread'],
    parts: score.parts as ScoreDto['parts'],
    coveringSpheres: score.coveringSpheres,
    spheres: summary?.spheres ?? 0,
    centre: centre && { ...centre, radius: score.centreRadius ?? 0 },
    gap: gap && { ...gap, radius: score.gapRadius ?? 0, gap: score.gap ?? 0, typicalRadius: summary?.typicalRadius ?? 0 },
    ...nearestOf(score, further, neighbour),
  };
}

type NeighbourOf = (id: string | null, distance: number | null) => Neighbour | null;

/** The first normal and anomaly, and after them those that were kept beside; none of those in older runs. */
function nearestOf(score: Score, further: FurtherNeighbours, neighbour: NeighbourOf): Pick<ScoreDto, 'nearestNormal' | 'nearestAnomaly' | 'nearestNormals' | 'nearestAnomalies'> {
  const nearestNormal = neighbour(score.nearestNormalId, score.nearestNormalDistance);
  const nearestAnomaly = neighbour(score.nearestAnomalyId, score.nearestAnomalyDistance);
  const listed = (first: Neighbour | null, others: readonly NearSample[]) => [first, ...others.map(({ sampleId, distance }) => neighbour(sampleId, distance))].filter((one) => one !== null);
  return { nearestNormal, nearestAnomaly, nearestNormals: listed(nearestNormal, further.normals), nearestAnomalies: listed(nearestAnomaly, further.anomalies) };
}

function furtherOf({ furtherNeighbours }: Score): FurtherNeighbours {
  return (furtherNeighbours === null ? null : unpackNeighbours(furtherNeighbours)) ?? { normals: [], anomalies: [] };
}

async function neighboursOf(store: PrismaClient, score: Score, further: FurtherNeighbours): Promise<NeighbourOf> {
  const others = [...further.normals, ...further.anomalies].map((near) => near.sampleId);
  const ids = [score.centreSampleId, score.gapSampleId, score.nearestNormalId, score.nearestAnomalyId, ...others].filter((id) => id !== null);
  const samples = await store.sample.findMany({ where: { id: { in: ids } }, select: { id: true, fileName: true, role: true } });
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  return (id, distance) => {
    const sample = id === null ? undefined : byId.get(id);
    if (sample === undefined || distance === null) return null;
    return { sampleId: sample.id, fileName: sample.fileName, role: sample.role, distance };
  };
}

async function findRun(store: PrismaClient, { projectId, runId }: { projectId: string; runId: string }): Promise<WithModel> {
  const run = await store.run.findFirst({ where: { id: runId, projectId }, include: withModel });
  if (run === null) throw new AssayError('request.not_found', 'There is no such run in this project.');
  return run;
}

function toRunDto(run: WithModel, names: ReadonlyMap<string, string>): RunDto {
  return {
    id: run.id,
    featureSetId: run.featureSetId,
    modelName: run.featureSet.model.name,
    evaluator: run.evaluator,
    preset: run.preset,
    parameters: run.parameters,
    seed: run.seed,
    codeVersion: run.codeVersion,
    state: run.state,
    summary: run.summary as RunSummary | null,
    jobId: run.jobId,
    error: endedBecause(run),
    createdBy: run.createdById === null ? null : (names.get(run.createdById) ?? null),
    createdAt: run.createdAt.toISOString(),
  };
}
