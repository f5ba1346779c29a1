import { pause, type NumericsContext } from '../context';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '../linalg/distances';
import { gatherEvidence } from './evidence';
import { createExplanation, explainRow, zoneOf, zones, type Explanation } from './explanation';
import { EapFit, type FitSetting } from './fit';
import { checkEapInput, type EapInput } from './input';
import { checkEapParameters, eapPresets, type EapParameters } from './parameters';
import { medianRadius } from './spheres';
import { spreadOf, type Spread } from './spread';
import { drawSubsets, rowsOfMask } from './subsets';

/** EAP of every auxiliary row; columns have length l. All but `quality` and `spread` come from one pass over the whole training set. */
export type EapResult = {
  readonly parameters: EapParameters;
  /** n, m and number of sphere centres. */
  readonly rows: number;
  readonly anomalies: number;
  readonly centres: number;
  /** Median radius of the covering spheres of positive radius; NaN when there is none. */
  readonly typicalRadius: number;
  readonly alpha0: number;
  readonly beta0: number;
  readonly kHat: number;
  /** k_a of each training anomaly, in row order. */
  readonly coveringRanks: Int32Array;
  /** Length scale of the training rows, which SSDO measures distances by. */
  readonly eta: number;
  readonly lambda: number;
  /** S of the density. */
  readonly sumInverse: number;
  /** The quality score, higher = more useful: of the one pass, or the mean over the subsets where there are any. */
  readonly quality: Float64Array;
  readonly qualityOnePass: Float64Array;
  readonly rarity: Float64Array;
  readonly density: Float64Array;
  /** Detector score f(x). */
  readonly detectorScore: Float64Array;
  readonly probability: Float64Array;
  readonly explanation: Explanation;
  /** Only with subsets. */
  readonly spread: Spread | undefined;
};

type PreparedFit = { readonly fit: EapFit; readonly auxiliaryEvidence: Float64Array };

/**
 * Expected Anomaly Posterior of each auxiliary row (EAP paper; docs/methods/eap.md). Memory: the n x n squared distances up to
 * 256 MiB, otherwise blocks of 16 MiB, n numbers per subset and l x subsets numbers. Deterministic for a seed; the same, bit for
 * bit, with and without `context.product`. Progress steps, each counted to its own total: detector (fits), neighbours and spheres
 * (training rows), auxiliary (rows). Throws NumericsError: data.* for unusable input, parameter.invalid, job.cancelled.
 */
export async function eap(input: EapInput, parameters: Partial<EapParameters> = {}, context: NumericsContext = {}): Promise<EapResult> {
  const chosen: EapParameters = { ...eapPresets.paper, ...parameters };
  checkEapInput(input);
  checkEapParameters(chosen);
  const anomalies = Int32Array.from({ length: input.train.rows }, (_, i) => i).filter((i) => input.labels[i] === 1);
  const alpha0 = chosen.alpha0 ?? anomalies.length / input.train.rows;
  const fits = await prepareFits(input, { labels: input.labels, anomalies, parameters: chosen, alpha0 }, context);
  await observeTraining(selfDistances(input.train, context.product), fits, context);
  const columns = await scoreAuxiliary(input, fits, context);
  const full = fits[0]!.fit;
  return {
    parameters: chosen,
    rows: input.train.rows,
    anomalies: anomalies.length,
    centres: full.spheres.centres.length,
    typicalRadius: medianRadius(full.spheres),
    alpha0,
    beta0: 1 - alpha0,
    kHat: full.kHat,
    coveringRanks: full.ranks.ranks,
    eta: full.eta,
    lambda: full.lambda,
    sumInverse: full.sumInverse,
    ...columns,
  };
}

/** The fit on all rows, then one per subset, each with its own detector. */
async function prepareFits(input: EapInput, setting: FitSetting, context: NumericsContext): Promise<PreparedFit[]> {
  const { labels, parameters } = setting;
  const subsets = input.subsetMasks?.map(rowsOfMask) ?? drawSubsets(labels, parameters.centres, parameters.subsets, parameters.seed);
  const everyRow = Int32Array.from({ length: labels.length }, (_, i) => i);
  const memberLists = [everyRow, ...subsets];
  const evidenceOf = gatherEvidence(input, parameters, context);
  const fits: PreparedFit[] = [];
  for (const [index, members] of memberLists.entries()) {
    await pause(context);
    const evidence = await evidenceOf(members, index);
    fits.push({ fit: new EapFit(members, setting, evidence.train), auxiliaryEvidence: evidence.auxiliary });
    context.onProgress?.(index + 1, memberLists.length, 'detector');
  }
  return fits;
}

async function observeTraining(distances: DistanceSource, fits: readonly PreparedFit[], context: NumericsContext): Promise<void> {
  const n = distances.references;
  await forEachBlock(distances, context, (block, start, end) => {
    for (const { fit } of fits) {
      for (let row = start; row < end; row += 1) fit.observeNeighbours(row, block, (row - start) * n);
    }
    context.onProgress?.(end, n, 'neighbours');
  });
  for (const { fit } of fits) fit.settleNeighbours();
  await forEachBlock(distances, context, (block, start, end) => {
    for (const { fit } of fits) {
      for (let row = start; row < end; row += 1) fit.observeSpheres(row, block, (row - start) * n);
    }
    context.onProgress?.(end, n, 'spheres');
  });
  for (const { fit } of fits) fit.settleSpheres();
}

type AuxiliaryColumns = Pick<
  EapResult,
  'quality' | 'qualityOnePass' | 'rarity' | 'density' | 'detectorScore' | 'probability' | 'explanation' | 'spread'
>;

async function scoreAuxiliary(input: EapInput, fits: readonly PreparedFit[], context: NumericsContext): Promise<AuxiliaryColumns> {
  const l = input.auxiliary.rows;
  const n = input.train.rows;
  const [full, ...subsets] = fits;
  const columns = {
    qualityOnePass: new Float64Array(l),
    rarity: new Float64Array(l),
    density: new Float64Array(l),
    detectorScore: new Float64Array(l),
    probability: new Float64Array(l),
    explanation: createExplanation(l),
  };
  const subsetQuality = new Float64Array(l * subsets.length);
  await forEachBlock(crossDistances(input.auxiliary, input.train, context.product), context, (block, start, end) => {
    for (let row = start; row < end; row += 1) {
      const offset = (row - start) * n;
      const scored = full!.fit.scoreRow(full!.auxiliaryEvidence[row]!, block, offset);
      columns.qualityOnePass[row] = scored.quality;
      columns.rarity[row] = scored.rarity;
      columns.density[row] = scored.density;
      columns.detectorScore[row] = scored.score;
      columns.probability[row] = scored.probability;
      explainRow(columns.explanation, row, full!.fit.spheres, input.labels, block, offset);
      columns.explanation.zone[row] = zones.indexOf(zoneOf(scored.density, scored.probability));
      subsets.forEach(({ fit, auxiliaryEvidence }, s) => {
        subsetQuality[row * subsets.length + s] = fit.scoreRow(auxiliaryEvidence[row]!, block, offset).quality;
      });
    }
    context.onProgress?.(end, l, 'auxiliary');
  });
  const spread = subsets.length > 0 ? spreadOf(subsetQuality, l, subsets.length) : undefined;
  return { ...columns, quality: spread?.mean ?? columns.qualityOnePass, spread };
}
