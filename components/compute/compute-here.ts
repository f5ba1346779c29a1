import type { RunSummary } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import { webCompute, type ComputeProgress } from '@/lib/inference/web/compute';
import { evaluate } from '@/lib/scoring/evaluate';
import { computeMap } from '@/lib/scoring/map';
import { scoreRows } from '@/lib/scoring/score-rows';
import { trainingSet } from '@/lib/scoring/training-set';
import { makeBatchHere } from './batch-here';
import { readVectors, storeMap, storeRun } from './compute-doors';
import type { ComputeItem } from './compute-item';

/**
 * Computes a run or map, or makes a batch, in web workers of this page and hands the result in.
 * @throws AssayError of the computation; ProblemError of the server
 */
export async function computeHere(item: ComputeItem, signal: AbortSignal, onProgress: (progress: ComputeProgress) => void): Promise<void> {
  if (item.kind === 'batch') return makeBatchHere(item, signal, onProgress);
  const started = performance.now();
  onProgress({ step: 'reading vectors', done: 0, total: 0, unit: 'samples' });
  const vectors = await readVectors(item, signal);
  const { compute, runtime } = webCompute(signal, onProgress);
  if (item.kind === 'map') {
    await storeMap(item, vectors, await computeMap(vectors, item.choices, compute), signal);
    return;
  }
  const { evaluator, preset, parameters, seed } = item;
  const evaluation = await evaluate({ vectors, set: trainingSet(vectors.samples), evaluator, preset, parameters, seed }, compute);
  const rows = scoreRows(evaluation);
  if (!rows.every(({ quality }) => Number.isFinite(quality))) throw new AssayError('data.not_finite', `${evaluator} gave a score that is not a number.`);
  const summary: RunSummary = { ...evaluation.summary, seconds: (performance.now() - started) / 1000, runtime: runtime() };
  const stored = (done: number) => onProgress({ step: 'storing scores', done, total: rows.length, unit: 'samples' });
  stored(0);
  await storeRun(item, { rows, summary, parameters: evaluation.valuation.parameters }, signal, stored);
}
