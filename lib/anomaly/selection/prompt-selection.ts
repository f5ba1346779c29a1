import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import type { ValidationScores } from './paired-bootstrap';
import { pairRow } from './prompt-tuning';
import { selectCandidate, type SelectionOptions, type SelectionResult } from './select-candidate';
import { ensemblePrompts, zeroShotScores, type PromptEmbeddings, type TextHead, type ZeroShotScores } from './zero-shot';

/** Image embeddings of one image-text model. */
export type PromptSelectionInput = {
  readonly prompts: PromptEmbeddings;
  readonly head: TextHead;
  /** Held-out normals, label 0 of the synthetic validation set. */
  readonly heldOut: Matrix;
  readonly synthetic: Matrix;
  readonly real: { readonly anomalies: Matrix; readonly normals: Matrix; readonly defectTypes: readonly (string | null)[] | null } | null;
};

export const DEFAULT_PROMPT = 'Default prompt';
export const PROMPT_ENSEMBLE = 'Prompt ensemble';

/** Scores by group of images; the last row of each is the ensemble's. */
export type PromptScores = { readonly [group in 'heldOut' | 'synthetic' | 'realAnomalies' | 'realNormals']: ZeroShotScores | null };

export type PromptSelection = {
  /** Candidates are the prompt pairs in their order; baselines the first pair and the ensemble of all. */
  readonly selection: SelectionResult;
  readonly scores: PromptScores;
};

/**
 * Selects a prompt pair by synthetic anomalies (SWSA paper, Section 4.3), with the default prompt (the first) and the prompt ensemble as
 * baselines. AUROCs come from cosine differences, which order images as the scores do.
 */
export async function selectPrompt(input: PromptSelectionInput, options: SelectionOptions, context: NumericsContext = {}): Promise<PromptSelection> {
  const { prompts, head, real } = input;
  const pairs = prompts.normal.rows;
  const withEnsemble = appendPair(prompts, ensemblePrompts(prompts));
  const score = (images: Matrix) => zeroShotScores(images, withEnsemble, head, context);
  const [heldOut, synthetic] = [await score(input.heldOut), await score(input.synthetic)];
  const realScores = real === null ? null : { anomalies: await score(real.anomalies), normals: await score(real.normals) };
  const realOf = (pair: number): ValidationScores | null => {
    return realScores === null ? null : { anomalies: pairRow(realScores.anomalies.difference, pair), normals: pairRow(realScores.normals.difference, pair) };
  };
  const candidates = Array.from({ length: pairs }, (_, pair) => ({
    synthetic: { anomalies: pairRow(synthetic.difference, pair), normals: pairRow(heldOut.difference, pair) },
    real: realOf(pair),
  }));
  const baselines = [
    { name: DEFAULT_PROMPT, candidate: 0, real: null },
    { name: PROMPT_ENSEMBLE, candidate: null, real: realOf(pairs) },
  ];
  return {
    selection: selectCandidate({ candidates, defectTypes: real?.defectTypes ?? null, baselines }, options),
    scores: { heldOut, synthetic, realAnomalies: realScores?.anomalies ?? null, realNormals: realScores?.normals ?? null },
  };
}

function appendPair(prompts: PromptEmbeddings, added: PromptEmbeddings): PromptEmbeddings {
  return { normal: appended(prompts.normal, added.normal), anomalous: appended(prompts.anomalous, added.anomalous) };
}

function appended(matrix: Matrix, below: Matrix): Matrix {
  const data = new Float64Array(matrix.data.length + below.data.length);
  data.set(matrix.data);
  data.set(below.data, matrix.data.length);
  return { data, rows: matrix.rows + below.rows, cols: matrix.cols };
}

/** A sample on which the chosen pair and the default one disagree about how anomalous it is. */
export type PromptGain = {
  readonly sample: number;
  /** Share of held-out normals that score below the sample (ties half), under the chosen and under the default pair. */
  readonly chosen: number;
  readonly fallback: number;
};

/**
 * Explains a chosen pair by the anomalies on which it beats another: those whose place among the held-out normals rises most.
 * The mean of `chosen` over all anomalies is the AUROC, so that the gains add up to the difference of the AUROCs.
 * @returns descending by gain; anomalies that gain nothing are left out
 */
export function promptGains(anomalies: Matrix, normals: Matrix, chosen: number, fallback: number): PromptGain[] {
  if (anomalies.rows !== normals.rows) throw new NumericsError('data.shape', `${anomalies.rows} prompt pairs scored the anomalies, ${normals.rows} the normals.`);
  const places = (pair: number) => {
    const sorted = pairRow(normals, pair).sort();
    return pairRow(anomalies, pair).map((value) => placeAmong(sorted, value));
  };
  const [ahead, behind] = [places(chosen), places(fallback)];
  return Array.from({ length: anomalies.cols }, (_, sample) => ({ sample, chosen: ahead[sample]!, fallback: behind[sample]! }))
    .filter((gain) => gain.chosen > gain.fallback)
    .sort((a, b) => b.chosen - b.fallback - (a.chosen - a.fallback) || a.sample - b.sample);
}

function placeAmong(sorted: Float64Array, value: number): number {
  let below = 0;
  let equal = 0;
  for (const other of sorted) {
    if (other < value) below += 1;
    else if (other === value) equal += 1;
  }
  return (below + equal / 2) / sorted.length;
}
