import type { NumericsContext } from '../context';
import { fitIsolationForest, isolationScores, scaleToFittingRange, toSinglePrecision } from '../detectors/isolation-forest';
import { fitDetector } from '../detectors/registry';
import { selectRows } from '../linalg/matrix';
import type { EapInput } from './input';
import type { EapParameters } from './parameters';

/**
 * What a fit needs of the detector beside distances, one number per row: SSDO's prior, or the score itself of any other detector. Training rows
 * outside the fit keep 0 and are never read.
 */
export type Evidence = { readonly train: Float64Array; readonly auxiliary: Float64Array };

/** Evidence of the fit on the given training rows; `index` is 0 for the whole training set and counts the subsets from 1 on. */
export type EvidenceOf = (members: Int32Array, index: number) => Promise<Evidence>;

/** Gives each fit its evidence by the chosen detector. Values given from outside (`prior`, `detectorScores`) come first and serve every fit. */
export function gatherEvidence(input: EapInput, parameters: EapParameters, context: NumericsContext): EvidenceOf {
  const given = parameters.detector === 'ssdo' ? input.prior : input.detectorScores;
  if (given !== undefined) return async () => given;
  return parameters.detector === 'ssdo' ? forestPriors(input, parameters) : detectorScores(input, parameters, context);
}

function seedOf(seed: number, index: number): number {
  return (seed + index * 7919) % 2 ** 53;
}

function forestPriors({ train, auxiliary }: EapInput, { trees, treeSample, seed }: EapParameters): EvidenceOf {
  const trainSingle = toSinglePrecision(train);
  const auxiliarySingle = toSinglePrecision(auxiliary);
  return async (members, index) => {
    const forest = fitIsolationForest(trainSingle, { trees, sampleSize: treeSample, seed: seedOf(seed, index) }, members);
    const fitting = isolationScores(forest, trainSingle, members);
    const scaled = scaleToFittingRange(fitting, fitting);
    return { train: spread(scaled, members, train.rows), auxiliary: scaleToFittingRange(isolationScores(forest, auxiliarySingle), fitting) };
  };
}

function detectorScores({ train, labels, auxiliary }: EapInput, { detector, seed, trees, treeSample }: EapParameters, context: NumericsContext): EvidenceOf {
  // Progress is counted by fits; what a detector counts inside one would run ahead of it.
  const quiet = { product: context.product, signal: context.signal };
  return async (members, index) => {
    const forest = detector === 'iforest' ? { trees, sampleSize: treeSample } : {};
    const own = Uint8Array.from(members, (row) => labels[row]!);
    const fitted = await fitDetector(detector, selectRows(train, members), own, { ...forest, seed: seedOf(seed, index) }, quiet);
    return { train: spread(await fitted.trainScores(quiet), members, train.rows), auxiliary: await fitted.score(auxiliary, quiet) };
  };
}

function spread(values: Float64Array, members: Int32Array, rows: number): Float64Array {
  const out = new Float64Array(rows);
  members.forEach((row, i) => {
    out[row] = values[i]!;
  });
  return out;
}
