import { createRandom } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';
import { DEEP_NEAREST_NEIGHBOUR, type SupportDetector, type SupportScores } from '@/lib/anomaly/selection/support-scores';
import type { TotalVariation } from '@/lib/anomaly/selection/total-variation';
import type { ModelSelectionSettings, SelectionDetector } from '@/lib/api/contracts/selections';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import type { SelectionExtractor } from './extractors';
import { heldOutRows, partVectors, supportOf } from './part-matrices';
import { phase } from './phase';
import type { PartSample, TakingPart } from './taking-part';

/** An extractor with a detector on its vectors. */
export type ScoredCandidate = { readonly extractor: SelectionExtractor; readonly detector: SelectionDetector; readonly scores: SupportScores };

/** What one extractor's vectors came to: scores of each detector, in their order. */
export type ScoredExtractor = { readonly extractor: SelectionExtractor; readonly dim: number; readonly scores: readonly SupportScores[]; readonly totalVariation: TotalVariation | null };

/** Samples of each kind that the total variation is measured on, at most; k-means takes the square of it. */
const MOST_FOR_TOTAL_VARIATION = 500;

type Settings = Pick<ModelSelectionSettings, 'seed' | 'detectors' | 'bank'>;

/** Scores all samples by one extractor after the other, so that the vectors of one at a time are in memory. */
export async function scoreExtractors(extractors: readonly SelectionExtractor[], parts: TakingPart, settings: Settings, context: PipelineContext): Promise<ScoredExtractor[]> {
  const scored: ScoredExtractor[] = [];
  for (const [at, extractor] of extractors.entries()) {
    context.signal.throwIfAborted();
    scored.push(await scoreExtractor(extractor, parts, settings, phase(context, `comparing ${extractor.name} (${at + 1} of ${extractors.length})`)));
  }
  return scored;
}

/** All extractors with the first detector, then with the second, and so on: the order in which equals are picked. */
export function candidatesOf(scored: readonly ScoredExtractor[], detectors: readonly SelectionDetector[]): ScoredCandidate[] {
  return detectors.flatMap((detector, which) => scored.map(({ extractor, scores }) => ({ extractor, detector, scores: scores[which]! })));
}

async function scoreExtractor(extractor: SelectionExtractor, parts: TakingPart, { seed, detectors, bank }: Settings, context: PipelineContext): Promise<ScoredExtractor> {
  context.progress({ step: 'reading vectors' });
  const vectors = await partVectors(extractor.set.id, context);
  const labelled = parts['real-anomaly'].length > 0;
  const features = {
    support: vectors.of(supportOf(parts)),
    heldOut: heldOutRows(parts),
    synthetic: vectors.of(parts.synthetic),
    real: labelled ? { anomalies: vectors.of(parts['real-anomaly']), normals: vectors.of(parts['real-normal']) } : null,
  };
  const scores = await compute('supportScores', { detectors: detectors.map((id) => detectorOf(id, seed)), features, bank }, context, { words: { detectors: 'scoring' }, unit: 'detectors' });
  if (!labelled) return { extractor, dim: vectors.dim, scores, totalVariation: null };
  const some = (samples: readonly PartSample[]) => drawn(samples, seed);
  const support = some(supportOf(parts));
  const sets = { first: vectors.of(support, some(parts['real-anomaly'])), second: vectors.of(support, some(parts.synthetic)) };
  const totalVariation = await compute('totalVariation', { ...sets, seed }, context, { words: { 'total variation': 'measuring how alike the sets are' }, unit: 'runs' });
  return { extractor, dim: vectors.dim, scores, totalVariation };
}

function detectorOf(id: SelectionDetector, seed: number): SupportDetector {
  return id === DEEP_NEAREST_NEIGHBOUR ? { id } : { id, parameters: { seed } };
}

function drawn(samples: readonly PartSample[], seed: number): readonly PartSample[] {
  if (samples.length <= MOST_FOR_TOTAL_VARIATION) return samples;
  const rows = sampleWithoutReplacement(samples.length, MOST_FOR_TOTAL_VARIATION, createRandom(seed));
  return [...rows].sort((a, b) => a - b).map((row) => samples[row]!);
}
