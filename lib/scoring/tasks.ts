import type { NumericsContext } from '@/lib/anomaly/context';
import { keepCurves, type KeepCurvesInput } from '@/lib/anomaly/curves/keep-curves';
import { memoryAmong, scorePatches, type MemoryCandidates, type PatchCoreParameters, type PatchMemory, type PatchSet } from '@/lib/anomaly/detectors/patch-memory';
import { pickAndCompare, type DiverseRequest } from '@/lib/anomaly/diverse/pick-figures';
import { eap } from '@/lib/anomaly/eap/eap';
import type { EapParameters } from '@/lib/anomaly/eap/parameters';
import type { EvaluatorInput } from '@/lib/anomaly/evaluators/evaluator';
import { evaluateWith, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { knnAuroc } from '@/lib/anomaly/metrics/knn-auroc';
import { makeExperiment, type ExperimentOptions } from '@/lib/anomaly/protocol/experiment';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import { runExperiment, type ExperimentRun } from '@/lib/anomaly/protocol/run-experiment';
import { selectCandidate, type SelectionInput, type SelectionOptions } from '@/lib/anomaly/selection/select-candidate';
import { supportScores, type SupportBank, type SupportDetector, type SupportFeatures, type SupportScores } from '@/lib/anomaly/selection/support-scores';
import { totalVariation } from '@/lib/anomaly/selection/total-variation';
import { principalComponents } from '@/lib/anomaly/projection/pca';
import { tsne, type TsneParameters } from '@/lib/anomaly/projection/tsne';
import { umap, type UmapParameters } from '@/lib/anomaly/projection/umap';
import { findPrototypes, type PrototypeInput } from '@/lib/anomaly/prototypes/find-prototypes';
import type { PrototypeOptions } from '@/lib/anomaly/prototypes/prototype-options';
import { copyThreshold } from '@/lib/anomaly/redundancy/copy-threshold';
import { nearestBetter } from '@/lib/anomaly/redundancy/nearest-better';
import type { Material } from '@/lib/synthesis/generator';
import { synthesise, type BatchSettings } from '@/lib/synthesis/synthesise';
import { choosePrompt, type PromptMaterial } from './prompts/select';

/** Computations long enough to need a thread of their own. Inputs and results are plain data and typed arrays. */
export const computeTasks = {
  eap: ({ input, parameters }: { input: EvaluatorInput; parameters: EapParameters }, numerics: NumericsContext) => eap(input, parameters, numerics),

  evaluate: (
    { evaluator, input, parameters }: { evaluator: EvaluatorId; input: EvaluatorInput; parameters: Readonly<Record<string, unknown>> & { readonly seed: number } },
    numerics: NumericsContext,
  ) => evaluateWith(evaluator, input, parameters, numerics),

  knnAuroc: ({ sets, seed, k }: { sets: Parameters<typeof knnAuroc>[0]; seed: number; k: number }, numerics: NumericsContext) => knnAuroc(sets, { seed, k }, numerics),

  /** One split of a set by one seed: evaluators, their metrics and learning curves. */
  experiment: (
    { target, foreign, options, run }: { target: LabelledSet; foreign: readonly LabelledSet[]; options: ExperimentOptions; run: ExperimentRun },
    numerics: NumericsContext,
  ) => runExperiment(makeExperiment(target, foreign, options), run, numerics),

  /** The core-set of normal patches that heat maps are measured against. */
  patchMemory: ({ candidates, parameters }: { candidates: MemoryCandidates; parameters: PatchCoreParameters }, numerics: NumericsContext) => memoryAmong(candidates, parameters, numerics),

  /** Distances of the patches of some images to the memory. */
  patchDistances: ({ memory, queries, owners }: { memory: PatchMemory; queries: PatchSet; owners: Int32Array }, numerics: NumericsContext) => scorePatches(memory, queries, numerics, owners),
  /** One synthetic anomaly. */
  synthesise: async ({ settings, index, material }: { settings: BatchSettings; index: number; material: Material }) => synthesise(settings, index, material),

  /** Normals that a detector is best trained with, and those that do harm. */
  prototypes: ({ input, options }: { input: PrototypeInput; options: PrototypeOptions }, numerics: NumericsContext) => findPrototypes(input, options, numerics),

  /** Learning curves over the kept samples of several rankings. */
  keepCurves: (input: KeepCurvesInput, numerics: NumericsContext) => keepCurves(input, numerics),

  /** Of every row the distance to the nearest one that a ranking puts higher. */
  nearestBetter: ({ points, rankings }: { points: Matrix; rankings: readonly Int32Array[] }, numerics: NumericsContext) => nearestBetter(points, rankings, numerics),

  /** The distance within which rows are near copies. */
  copyThreshold: ({ normals }: { normals: Matrix }, numerics: NumericsContext) => copyThreshold(normals, numerics),

  /** Rows that are good and unlike one another. */
  pickDiverse: (request: DiverseRequest, numerics: NumericsContext) => pickAndCompare(request, numerics),

  /** Scores by one extractor's vectors, of each detector in turn. */
  supportScores: async (
    { detectors, features, bank }: { detectors: readonly SupportDetector[]; features: SupportFeatures; bank: SupportBank },
    numerics: NumericsContext,
  ): Promise<SupportScores[]> => {
    const scores: SupportScores[] = [];
    for (const detector of detectors) {
      scores.push(await supportScores(detector, features, { ...numerics, onProgress: undefined }, bank));
      numerics.onProgress?.(scores.length, detectors.length, 'detectors');
    }
    return scores;
  },

  /** The choice among candidates that were scored, with its bootstrap. */
  selectCandidate: async ({ input, options }: { input: SelectionInput; options: SelectionOptions }) => selectCandidate(input, options),

  totalVariation: ({ first, second, seed }: { first: Matrix; second: Matrix; seed: number }, numerics: NumericsContext) => totalVariation(first, second, { seed }, numerics),

  /** Zero-shot scores of all prompt pairs, and the choice among them. */
  choosePrompt: (material: PromptMaterial, numerics: NumericsContext) => choosePrompt(material, numerics),

  tsne: ({ points, parameters }: { points: Matrix; parameters: TsneParameters }, numerics: NumericsContext) => tsne(points, parameters, numerics),

  umap: ({ points, parameters }: { points: Matrix; parameters: UmapParameters }, numerics: NumericsContext) => umap(points, parameters, numerics),

  principalComponents: async ({ points, components, seed }: { points: Matrix; components: number; seed: number }) => principalComponents(points, components, seed),
};

export type ComputeTasks = typeof computeTasks;
export type ComputeTask = keyof ComputeTasks;
export type ComputeInput<K extends ComputeTask> = Parameters<ComputeTasks[K]>[0];
export type ComputeResult<K extends ComputeTask> = Awaited<ReturnType<ComputeTasks[K]>>;

/** Runs a task by name. */
export function runTask<K extends ComputeTask>(task: K, input: ComputeInput<K>, numerics: NumericsContext): Promise<ComputeResult<K>> {
  // Name and input belong together by the signature; the union of all tasks does not know it any more.
  const run = computeTasks[task] as unknown as (input: ComputeInput<K>, numerics: NumericsContext) => Promise<ComputeResult<K>>;
  return run(input, numerics);
}
