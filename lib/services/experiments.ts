import type { z } from 'zod';
import { isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import {
  experimentSettingsSchema,
  type Experiment as ExperimentDto,
  type ExperimentCurves,
  type experimentListSchema,
  type ExperimentResult as ExperimentResultDto,
  type experimentResultListSchema,
  type startExperimentSchema,
} from '@/lib/api/contracts/experiments';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { Prisma, type PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { enqueueCells } from './experiment-cells';
import { candidatesOf, type Candidate } from './experiment-candidates';
import { namesOf } from './names';
import { requireServerProject } from './private-projects';

const withSets = { sets: { orderBy: { position: 'asc' } } } as const;
type WithSets = Prisma.ExperimentGetPayload<{ include: typeof withSets }>;

const FAILURES_SHOWN = 100;

type OfProject = { readonly projectId: string };
type OfExperiment = OfProject & { readonly experimentId: string };

/** Experiments of a project, newest first. */
export async function listExperiments({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof experimentListSchema>> {
  const experiments = await store.experiment.findMany({ where: { projectId }, include: withSets, orderBy: { createdAt: 'desc' } });
  return { experiments: await Promise.all(experiments.map((experiment) => toExperimentDto(store, experiment))) };
}

/** @throws AssayError `request.not_found` */
export async function getExperiment({ store }: ServiceContext, where: OfExperiment): Promise<ExperimentDto> {
  return toExperimentDto(store, await findExperiment(store, where));
}

/** Metrics of all finished cells. */
export async function listExperimentResults({ store }: ServiceContext, where: OfExperiment): Promise<z.infer<typeof experimentResultListSchema>> {
  const { id } = await findExperiment(store, where);
  const results = await store.$queryRaw<ExperimentResultDto[]>`
    SELECT c."setId", c.seed, r.evaluator, r."aucQlt", r."aulcGood", r."accGood", r."aulcPoor", r.seconds
    FROM "ExperimentResult" r JOIN "ExperimentCell" c ON c.id = r."cellId" JOIN "ExperimentSet" s ON s.id = c."setId"
    WHERE c."experimentId" = ${id}::uuid AND c.state = 'ready'
    ORDER BY s.position, c.seed, r.evaluator`;
  return { results };
}

/** Learning curves of one set, both directions, for every seed and evaluator that is finished. */
export async function experimentCurves({ store }: ServiceContext, { setId, ...where }: OfExperiment & { setId: string }): Promise<ExperimentCurves> {
  const { id: experimentId } = await findExperiment(store, where);
  const rows = await store.experimentResult.findMany({
    where: { cell: { experimentId, setId, state: 'ready' } },
    select: { evaluator: true, goodCurve: true, poorCurve: true, cell: { select: { seed: true } } },
    orderBy: [{ cell: { seed: 'asc' } }, { evaluator: 'asc' }],
  });
  type Curve = ExperimentCurves['curves'][number]['good'];
  return { curves: rows.map(({ evaluator, cell, goodCurve, poorCurve }) => ({ seed: cell.seed, evaluator, good: goodCurve as Curve, poor: poorCurve as Curve })) };
}

/** Starts an experiment: a cell and a job for every set and seed, taken by whichever worker is free. */
export async function startExperiment(context: ServiceContext, input: z.output<typeof startExperimentSchema>): Promise<ExperimentDto> {
  const { store, actor } = context;
  const { projectId, name, settings } = input;
  await requireServerProject(store, projectId, 'An experiment');
  const unknown = settings.evaluators.find((id) => !isEvaluatorId(id));
  if (unknown !== undefined) throw new AssayError('parameter.invalid', `There is no evaluator named ${unknown}.`);
  const chosen = await chosenSets(context, input);
  const experiment = await store.$transaction(
    async (transaction) => {
      const created = await transaction.experiment.create({
        data: { projectId, name, settings, codeVersion: env().version, createdById: actor.userId, sets: { create: chosen } },
        include: withSets,
      });
      const cells = created.sets.flatMap(({ id: setId }) => Array.from({ length: settings.seeds }, (_, i) => ({ experimentId: created.id, setId, seed: i + 1 })));
      const queued = await transaction.experimentCell.createManyAndReturn({ data: cells, select: { id: true } });
      const job = await transaction.job.create({
        data: { kind: 'experiment', state: 'running', projectId, createdById: actor.userId, input: { experimentId: created.id }, total: cells.length, unit: 'cells', startedAt: new Date() },
      });
      await enqueueCells(transaction, queued, { projectId, createdById: actor.userId });
      await recordEvent(
        transaction,
        { actor, projectId },
        { type: 'experiment.started', experimentId: created.id, name, sets: chosen.length, evaluators: settings.evaluators.length, seeds: settings.seeds },
      );
      return transaction.experiment.update({ where: { id: created.id }, data: { jobId: job.id }, include: withSets });
    },
    { timeout: 120_000 },
  );
  return toExperimentDto(store, experiment);
}

type NewSet = Omit<Prisma.ExperimentSetUncheckedCreateWithoutExperimentInput, 'id'>;

/** The chosen feature sets by name; where two would have one name, the extractor is added. */
async function chosenSets(context: ServiceContext, { sets, settings }: z.output<typeof startExperimentSchema>): Promise<NewSet[]> {
  const candidates = new Map((await candidatesOf(context, settings.split)).map((candidate) => [candidate.featureSetId, candidate]));
  const chosen = sets.map(({ featureSetId, kind }) => {
    const candidate = candidates.get(featureSetId);
    if (candidate === undefined) throw new AssayError('request.not_found', 'One of the chosen feature sets does not exist, or you may not see it.');
    if (candidate.obstacle !== null) throw new AssayError('data.too_few_rows', `${candidate.projectName} cannot take part. ${candidate.obstacle}`);
    return { ...candidate, kind };
  });
  if (new Set(chosen.map(({ featureSetId }) => featureSetId)).size < chosen.length) throw new AssayError('parameter.invalid', 'A feature set is chosen twice.');
  const nameOf = namesOfSets(chosen);
  return chosen.map((set, position) => ({
    position,
    name: nameOf(set),
    kind: set.kind,
    featureSetId: set.featureSetId,
    normals: set.normals,
    anomalies: set.anomalies,
    dim: set.dim,
  }));
}

/** Names within an experiment differ: the project, with the source of its vectors and at last the date where that is needed. */
function namesOfSets(sets: readonly Candidate[]): (set: Candidate) => string {
  const forms = [
    (set: Candidate) => set.projectName,
    (set: Candidate) => `${set.projectName} · ${set.source}`,
    (set: Candidate) => `${set.projectName} · ${set.source} · ${set.createdAt}`,
  ];
  return (set) => {
    const form = forms.find((one) => sets.filter((other) => one(other) === one(set)).length === 1) ?? forms[2]!;
    return form(set);
  };
}

async function findExperiment(store: PrismaClient, { projectId, experimentId }: OfExperiment): Promise<WithSets> {
  const experiment = await store.experiment.findFirst({ where: { id: experimentId, projectId }, include: withSets });
  if (experiment === null) throw new AssayError('request.not_found', 'There is no such experiment in this project.');
  return experiment;
}

async function toExperimentDto(store: PrismaClient, experiment: WithSets): Promise<ExperimentDto> {
  const where = { experimentId: experiment.id };
  const [groups, running, failures, names] = await Promise.all([
    store.experimentCell.groupBy({ by: ['state'], where, _count: { _all: true }, _sum: { seconds: true } }),
    runningCells(store, experiment.id),
    store.experimentCell.findMany({ where: { ...where, OR: [{ state: 'failed' }, { refused: { not: Prisma.DbNull } }] }, include: { set: { select: { name: true } } }, orderBy: [{ setId: 'asc' }, { seed: 'asc' }], take: FAILURES_SHOWN }),
    namesOf(store, [experiment.createdById]),
  ]);
  const of = (state: string) => groups.find((group) => group.state === state);
  const count = (state: string) => of(state)?._count._all ?? 0;
  const seconds = of('ready')?._sum.seconds ?? 0;
  const pending = count('pending');
  return {
    id: experiment.id,
    projectId: experiment.projectId,
    name: experiment.name,
    settings: experimentSettingsSchema.parse(experiment.settings),
    codeVersion: experiment.codeVersion,
    state: experiment.state,
    jobId: experiment.jobId,
    createdBy: experiment.createdById === null ? null : (names.get(experiment.createdById) ?? null),
    createdAt: experiment.createdAt.toISOString(),
    finishedAt: experiment.finishedAt?.toISOString() ?? null,
    sets: experiment.sets.map(({ id, name, kind, normals, anomalies, dim }) => ({ id, name, kind, normals, anomalies, dim })),
    cells: { total: groups.reduce((sum, group) => sum + group._count._all, 0), ready: count('ready'), failed: count('failed'), cancelled: count('cancelled'), running },
    seconds,
    secondsLeft: pending > 0 && count('ready') > 0 ? ((seconds / count('ready')) * pending) / Math.max(1, running) : null,
    failures: failures.flatMap(failuresOf),
  };
}

type FailedCell = Prisma.ExperimentCellGetPayload<{ include: { set: { select: { name: true } } } }>;

/** Why a cell, or some evaluators in it, could not be computed. */
function failuresOf({ set, seed, state, errorCode, errorMessage, refused }: FailedCell): ExperimentDto['failures'] {
  if (state === 'failed') return [{ setName: set.name, seed, code: errorCode ?? 'internal', message: errorMessage ?? '' }];
  const evaluators = (refused ?? []) as { evaluator: string; message: string }[];
  return evaluators.map(({ evaluator, message }) => ({ setName: set.name, seed, code: 'evaluator.refused', message: `${evaluator}: ${message}` }));
}

/** Cells at work now. One whose worker died counts again when another worker has taken it up. */
async function runningCells(store: PrismaClient, experimentId: string): Promise<number> {
  const [row] = await store.$queryRaw<{ running: number }[]>`
    SELECT count(*)::int AS running FROM "ExperimentCell" c JOIN "Job" j ON j.id = c."jobId"
    WHERE c."experimentId" = ${experimentId}::uuid AND c.state = 'pending' AND j.state = 'running' AND j."heartbeatAt" > now() - interval '10 seconds'`;
  return row?.running ?? 0;
}
