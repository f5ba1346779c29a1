import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { largestModel } from './pick';
import { selectCandidate, type Baseline, type CandidateScores, type SelectionOptions, type SelectionResult } from './select-candidate';
import { supportScores, type SupportBank, type SupportDetector, type SupportFeatures } from './support-scores';

/** One feature extractor and what it made of all images. */
export type ExtractorFeatures = {
  readonly name: string;
  /** Number of its weights; null where it is not known. */
  readonly parameters: number | null;
  readonly features: SupportFeatures;
};

export type ModelSelectionInput = {
  readonly extractors: readonly ExtractorFeatures[];
  readonly detectors: readonly SupportDetector[];
  /** Of the real anomalies, in their order; null where none are told apart. */
  readonly defectTypes: readonly (string | null)[] | null;
  /** Default: the whole support set, as in the paper. */
  readonly bank?: SupportBank | undefined;
};

/** An extractor with a detector on its features. */
export type ModelCandidate = { readonly extractor: string; readonly detector: SupportDetector['id'] };

export type ModelSelection = {
  /** All extractors with the first detector, then with the second ... */
  readonly candidates: readonly ModelCandidate[];
  readonly scores: readonly CandidateScores[];
  readonly selection: SelectionResult;
};

export const LARGEST_MODEL = 'Largest model';

/**
 * Selects among all extractors x detectors by synthetic anomalies (SWSA paper, Sections 3.1 and 4.2). The baseline "largest model" is the
 * extractor with the most weights under the first detector; it is left out where a number of weights is not known.
 */
export async function selectModel({ extractors, detectors, defectTypes, bank }: ModelSelectionInput, options: SelectionOptions, context: NumericsContext = {}): Promise<ModelSelection> {
  if (extractors.length === 0 || detectors.length === 0) throw new NumericsError('data.too_few_rows', 'A selection needs at least one extractor and one detector.');
  const candidates: ModelCandidate[] = [];
  const scores: CandidateScores[] = [];
  const total = extractors.length * detectors.length;
  for (const detector of detectors) {
    for (const { name, features } of extractors) {
      await pause(context);
      candidates.push({ extractor: name, detector: detector.id });
      scores.push(await supportScores(detector, features, { ...context, onProgress: undefined }, bank));
      context.onProgress?.(scores.length, total, 'candidates');
    }
  }
  const largest = largestModel(extractors.map(({ parameters }) => parameters));
  const baselines: Baseline[] = largest === null ? [] : [{ name: LARGEST_MODEL, candidate: largest, real: null }];
  return { candidates, scores, selection: selectCandidate({ candidates: scores, defectTypes, baselines }, options) };
}
