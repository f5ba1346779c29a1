import type { RunSummary } from '@/lib/api/contracts/runs';
import { runParametersSchema } from '@/lib/api/contracts/runs';
import type { JobContext, JobResult } from '@/lib/jobs/definition';
import { evaluate, type Evaluation } from '@/lib/scoring/evaluate';
import { runColumns } from '@/lib/scoring/run-columns';
import { scoreRows } from '@/lib/scoring/score-rows';
import { trainingSet } from '@/lib/scoring/training-set';
import type { Run } from '@/lib/store/generated/client';
import { insertScores } from '@/lib/store/insert-scores';
import { computeWith } from './compute/compute';
import type { PipelineContext } from './context';
import { readVectors } from './vectors';

/**
 * Runs an evaluator over a feature set and stores, in one transaction, a Score row per auxiliary sample, the columns
 * that the screens read, and the summary. Begins anew after a kill: nothing of a half run is ever visible.
 */
export async function scoreRun({ runId }: { runId: string }, context: PipelineContext | JobContext): Promise<JobResult> {
  const started = performance.now();
  const run = await context.store.run.findUniqueOrThrow({ where: { id: runId } });
  if (run.state === 'ready') return { runId };
  context.progress({ step: 'reading vectors', done: 0, total: null, rate: null });
  const vectors = await readVectors(context, run.featureSetId);
  const set = trainingSet(vectors.samples);
  const evaluation = await evaluate(
    { vectors, set, evaluator: run.evaluator, preset: run.preset, parameters: runParametersSchema.parse(run.parameters), seed: run.seed },
    computeWith(context),
  );
  const seconds = (performance.now() - started) / 1000;
  context.progress({ step: 'storing scores' });
  await storeEvaluation(run, evaluation, { ...evaluation.summary, seconds }, context);
  return { runId, aucQlt: evaluation.summary.aucQlt?.value ?? null };
}

async function storeEvaluation(run: Run, evaluation: Evaluation, summary: RunSummary, context: PipelineContext): Promise<void> {
  const rows = scoreRows(evaluation);
  const columnsSha256 = await context.blobs.put(runColumns(evaluation.vectors.samples, rows));
  await context.store.$transaction(
    async (transaction) => {
      await transaction.score.deleteMany({ where: { runId: run.id } });
      await insertScores(transaction, run.id, rows, context.signal);
      await transaction.run.update({ where: { id: run.id }, data: { state: 'ready', summary, columnsSha256, parameters: evaluation.valuation.parameters } });
    },
    { timeout: 300_000, maxWait: 30_000 },
  );
}
