import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkEapInput, type EapInput } from '../eap/input';
import { spreadOf, type Spread } from '../eap/spread';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '../linalg/distances';
import { createRandom, type RandomGenerator } from '../random/generator';
import { CapFit, type CapScore } from './cap-fit';

export type CapParameters = {
  readonly seed: number;
  /** 0: one pass over the whole training set. Otherwise the quality is the mean over so many random training subsets. */
  readonly subsets: number;
};

/** CAP of every auxiliary row, length l each; the columns are of the pass over the whole training set. */
export type CapResult = {
  /** Of the one pass, or the mean over the subsets where there are any. */
  readonly quality: Float64Array;
  readonly columns: Readonly<Record<keyof CapScore, Float64Array>>;
  /** Only with subsets. */
  readonly spread: Spread | undefined;
};

const columnNames = [
  'quality', 'novelty', 'expectedCount', 'normalTail', 'anomalyTail', 'logNormalDistance', 'logAnomalyDistance', 'logScaledDistance',
] as const satisfies readonly (keyof CapScore)[];

/** Smallest share of the rows that a subset keeps on average. */
const SMALLEST_SHARE = 0.5;
const MAX_DRAWS = 1000;
const SUBSET_STREAM = 2_000_003;

/**
 * Calibrated Anomaly Posterior of each auxiliary row (docs/methods/cap.md): no detector, nothing random in one pass, O((n + l) n d).
 * Progress steps: scales, distances (training rows), auxiliary (rows). Throws NumericsError: data.* for unusable input, also for
 * fewer than two normals or no known anomaly, parameter.invalid, job.cancelled.
 */
export async function cap(input: Pick<EapInput, 'train' | 'labels' | 'auxiliary'>, parameters: CapParameters, context: NumericsContext = {}): Promise<CapResult> {
  checkEapInput({ train: input.train, labels: input.labels, auxiliary: input.auxiliary });
  const { subsets, seed } = parameters;
  if (!Number.isSafeInteger(subsets) || subsets < 0) {
    throw new NumericsError('parameter.invalid', `The number of subsets must be a whole number from 0 on, not ${subsets}.`);
  }
  const everyRow = Int32Array.from({ length: input.labels.length }, (_, i) => i);
  const full = new CapFit(everyRow, input.labels);
  const drawn = Array.from({ length: subsets }, (_, s) => new CapFit(drawSubset(input.labels, createRandom(seed, SUBSET_STREAM + s)), input.labels));
  await fitOn(selfDistances(input.train, context.product), [full, ...drawn], context);
  return scoreAuxiliary(input, full, drawn, context);
}

/** Each row kept with one probability drawn from U(0.5, 1); draws that CAP cannot use are repeated. */
function drawSubset(labels: Uint8Array, random: RandomGenerator): Int32Array {
  for (let attempt = 0; attempt < MAX_DRAWS; attempt += 1) {
    const share = SMALLEST_SHARE + random.uniform() * (1 - SMALLEST_SHARE);
    const kept = Int32Array.from({ length: labels.length }, (_, i) => i).filter(() => random.uniform() < share);
    const anomalies = kept.filter((row) => labels[row] === 1).length;
    if (anomalies >= 1 && kept.length - anomalies >= 2) return kept;
  }
  throw new NumericsError('data.too_few_rows', `No random subset of the ${labels.length} training rows had two normals and an anomaly.`);
}

async function fitOn(distances: DistanceSource, fits: readonly CapFit[], context: NumericsContext): Promise<void> {
  const n = distances.references;
  await forEachBlock(distances, context, (block, start, end) => {
    for (const fit of fits) {
      for (let row = start; row < end; row += 1) fit.observeScales(row, block, (row - start) * n);
    }
    context.onProgress?.(end, n, 'scales');
  });
  for (const fit of fits) fit.settleScales();
  await forEachBlock(distances, context, (block, start, end) => {
    for (const fit of fits) {
      for (let row = start; row < end; row += 1) fit.observeDistances(row, block, (row - start) * n);
    }
    context.onProgress?.(end, n, 'distances');
  });
  for (const fit of fits) {
    await pause(context);
    fit.settleDistances();
  }
}

async function scoreAuxiliary(
  { train, auxiliary }: Pick<EapInput, 'train' | 'auxiliary'>,
  full: CapFit,
  drawn: readonly CapFit[],
  context: NumericsContext,
): Promise<CapResult> {
  const l = auxiliary.rows;
  const columns = Object.fromEntries(columnNames.map((name) => [name, new Float64Array(l)])) as Record<keyof CapScore, Float64Array>;
  const subsetQuality = new Float64Array(l * drawn.length);
  await forEachBlock(crossDistances(auxiliary, train, context.product), context, (block, start, end) => {
    for (let row = start; row < end; row += 1) {
      const offset = (row - start) * train.rows;
      const scored = full.scoreRow(block, offset);
      for (const name of columnNames) columns[name][row] = scored[name];
      drawn.forEach((fit, s) => {
        subsetQuality[row * drawn.length + s] = fit.scoreRow(block, offset).quality;
      });
    }
    context.onProgress?.(end, l, 'auxiliary');
  });
  const spread = drawn.length > 0 ? spreadOf(subsetQuality, l, drawn.length) : undefined;
  return { quality: spread?.mean ?? columns.quality, columns, spread };
}
