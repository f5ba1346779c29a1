import { availableParallelism } from 'node:os';
import { describeEvaluator, isEvaluatorId, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { toAssayError } from '@/lib/errors';
import type { PartRows } from '@/lib/scoring/prompts/columns';
import type { Valued } from '@/lib/scoring/prompts/result';
import { rowsOf, type Vectors } from '@/lib/scoring/vectors';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import { inParallel } from '../generation/in-parallel';

/**
 * Values of the synthetic anomalies by every evaluator, each with its defaults. They learn from the seed images alone: the held-out normals
 * are what prompts are judged by. One that cannot value says why; the others go on.
 */
export async function valueSynthetic(evaluators: readonly string[], vectors: Vectors, { seed: seeds, synthetic }: Pick<PartRows, 'seed' | 'synthetic'>, seed: number, context: PipelineContext): Promise<Valued[]> {
  const ids = evaluators.filter(isEvaluatorId);
  const valued: (Valued | undefined)[] = ids.map(() => undefined);
  let done = 0;
  const report = () => context.progress({ step: 'valuing synthetic anomalies', done, total: ids.length, unit: 'evaluators', rate: null });
  report();
  // Their own progress would jump to and fro between evaluators at work at the same time.
  const quiet = { signal: context.signal, progress: () => undefined };
  const one = async (evaluator: EvaluatorId): Promise<Valued> => {
    const started = performance.now();
    const input = { train: rowsOf(vectors, seeds), labels: new Uint8Array(seeds.length), auxiliary: rowsOf(vectors, synthetic) };
    const parameters = { ...describeEvaluator(evaluator).defaults, seed };
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const { values } = await compute('evaluate', { evaluator, input, parameters }, quiet, { gemmThreads: 1 });
      return { evaluator, values, seconds: seconds() };
    } catch (error) {
      context.signal.throwIfAborted();
      return { evaluator, message: toAssayError(error).message, seconds: seconds() };
    }
  };
  await inParallel(ids.map((_, i) => i), availableParallelism(), async (i) => {
    context.signal.throwIfAborted();
    valued[i] = await one(ids[i]!);
    done += 1;
    report();
  });
  return valued.filter((value) => value !== undefined);
}
