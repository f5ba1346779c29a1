import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import { keepSettingsSchema } from '@/lib/api/contracts/keep';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import { analyseKeeping, type KeepResult, type KeepRun } from '@/lib/scoring/keep';
import type { Run } from '@/lib/store/generated/client';
import { computeWith } from '../compute/compute';
import type { PipelineContext } from '../context';
import { readVectors } from '../vectors';
import { runQualities } from './run-qualities';

/**
 * Measures how many samples to keep and stores all of it at once. An analysis that is no longer pending is left alone, so that a job that runs twice changes
 * nothing.
 */
export async function analyseKeep({ analysisId }: { analysisId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const analysis = await context.store.keepAnalysis.findUniqueOrThrow({ where: { id: analysisId } });
  if (analysis.state !== 'pending') return { analysisId };
  context.progress({ step: 'reading vectors', done: 0, total: null, rate: null });
  const stored = await context.store.run.findMany({ where: { id: { in: analysis.runIds } } });
  const runs: KeepRun[] = [];
  for (const id of analysis.runIds) {
    const run = stored.find((one) => one.id === id);
    if (run === undefined) throw new AssayError('request.not_found', 'One of the runs is not there any more.', { hint: 'Start another analysis.' });
    runs.push({ id, title: titleOf(run, stored), quality: await runQualities(context, run) });
  }
  const vectors = await readVectors(context, analysis.featureSetId);
  const result = await analyseKeeping(vectors, runs, { settings: keepSettingsSchema.parse(analysis.settings), seed: analysis.seed }, computeWith(context));
  const columnsSha256 = await context.blobs.put(keepColumns(result));
  const seconds = (performance.now() - started) / 1000;
  await context.store.keepAnalysis.updateMany({ where: { id: analysisId, state: 'pending' }, data: { state: 'ready', summary: { ...result.summary, seconds }, columnsSha256 } });
  return { analysisId, curves: result.summary.curves.length, seconds };
}

/** The evaluator, with what tells its runs apart where there are several. */
function titleOf(run: Run, all: readonly Run[]): string {
  const same = all.filter(({ evaluator }) => evaluator === run.evaluator);
  if (same.length === 1) return run.evaluator;
  const number = same.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)).indexOf(run) + 1;
  return `${run.evaluator} (${run.preset}, seed ${run.seed}, ${number} of ${same.length})`;
}

function keepColumns({ sampleIds, nearest }: KeepResult): Uint8Array<ArrayBuffer> {
  const columns: Record<string, Column> = { id: { type: 'uuid', data: packUuids(sampleIds) } };
  nearest.forEach((distances, r) => (columns[`nearest${r}`] = { type: 'f32', data: Float32Array.from(distances) }));
  return encodeColumns({ rows: sampleIds.length, columns });
}
