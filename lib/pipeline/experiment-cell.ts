import { paperAlpha0s, type SetKind } from '@/lib/anomaly/protocol/result';
import { chooseForeignSets } from '@/lib/anomaly/protocol/foreign';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import type { ExperimentOutcomes, ExperimentRun } from '@/lib/anomaly/protocol/run-experiment';
import { isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { experimentSettingsSchema, type ExperimentSettings } from '@/lib/api/contracts/experiments';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import { rowsOf } from '@/lib/scoring/vectors';
import { settleExperiment } from '@/lib/store/experiment-progress';
import type { Prisma } from '@/lib/store/generated/client';
import { compute } from './compute/compute';
import type { PipelineContext } from './context';
import { readVectors } from './vectors';

const withSets = { set: true, experiment: { include: { sets: { orderBy: { position: 'asc' } } } } } as const;
type Cell = Prisma.ExperimentCellGetPayload<{ include: typeof withSets }>;
type Set = Cell['set'];

/**
 * Computes one cell of an experiment, one set with one seed, and stores all its results in one transaction. A cell that is
 * no longer pending is left alone, so that a job that runs twice changes nothing.
 */
export async function runExperimentCell({ cellId }: { cellId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const cell = await context.store.experimentCell.findUniqueOrThrow({ where: { id: cellId }, include: withSets });
  if (cell.state !== 'pending') return { cellId };
  const settings = experimentSettingsSchema.parse(cell.experiment.settings);
  context.progress({ step: 'reading vectors', done: 0, total: null });
  const target = await labelledSet(cell.set, context);
  const foreignNames = chooseForeignSets(target.name, cell.experiment.sets.map(({ name }) => name), cell.seed);
  const foreign: LabelledSet[] = [];
  for (const name of foreignNames) foreign.push(await labelledSet(cell.experiment.sets.find((set) => set.name === name)!, context));
  const options = { kind: cell.set.kind satisfies SetKind, seed: cell.seed, preset: settings.split, trainingNormals: settings.maxNormals };
  // Other cells run on the other cores.
  const outcomes = await compute('experiment', { target, foreign, options, run: runOf(settings) }, context, { words, unit: 'steps', gemmThreads: 1 });
  await store(cell, outcomes, (performance.now() - started) / 1000, context);
  return { cellId, evaluators: outcomes.outcomes.length };
}

const words = { evaluators: 'scoring', curves: 'fitting downstream models' };

function runOf({ evaluators, mode, curvePoints, priorSensitivity }: ExperimentSettings): ExperimentRun {
  const unknown = evaluators.find((id) => !isEvaluatorId(id));
  if (unknown !== undefined) throw new AssayError('parameter.invalid', `There is no evaluator named ${unknown}.`);
  return { evaluators: evaluators.filter(isEvaluatorId), mode, points: curvePoints, alpha0s: priorSensitivity ? paperAlpha0s : [] };
}

/** Normals and real anomalies of a set; auxiliary samples of its project take no part. */
async function labelledSet({ name, featureSetId }: Set, context: PipelineContext): Promise<LabelledSet> {
  if (featureSetId === null) {
    throw new AssayError('request.not_found', `The vectors of ${name} are gone: their project was deleted.`, { hint: 'Start another experiment without this set.' });
  }
  const vectors = await readVectors(context, featureSetId);
  const real = vectors.samples.flatMap(({ role }, row) => (role === 'auxiliary' ? [] : [row]));
  return { name, points: rowsOf(vectors, real), labels: Uint8Array.from(real, (row) => Number(vectors.samples[row]!.role === 'anomaly')) };
}

async function store(cell: Cell, { outcomes, refused }: ExperimentOutcomes, seconds: number, context: PipelineContext): Promise<void> {
  const results = outcomes.map(({ result: { evaluator, aucQlt, aulcGood, accGood, aulcPoor, seconds: own, good, poor } }) => ({
    cellId: cell.id,
    evaluator,
    aucQlt,
    aulcGood,
    accGood,
    aulcPoor,
    seconds: own,
    goodCurve: good as unknown as Prisma.InputJsonObject,
    poorCurve: poor as unknown as Prisma.InputJsonObject,
  }));
  await context.store.$transaction(async (transaction) => {
    const change = { state: 'ready' as const, seconds, ...(refused.length > 0 ? { refused: refused.map((one) => ({ ...one })) } : {}) };
    const { count } = await transaction.experimentCell.updateMany({ where: { id: cell.id, state: 'pending' }, data: change });
    if (count === 0) return;
    await transaction.experimentResult.createMany({ data: results });
    await settleExperiment(transaction, cell.experimentId);
  });
}
