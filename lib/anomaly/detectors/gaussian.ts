import type { NumericsContext } from '../context';
import { pause } from '../context';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { principalComponents, type PrincipalComponents } from '../linalg/principal-components';
import { roundSignificand } from '../linalg/squared-distances';
import { checkShare } from './check-parameter';
import type { Detector } from './detector';
import { ledoitWolf, type Shrinkage } from './ledoit-wolf';
import { fitOneClass, type OneClassFit } from './one-class';

/** Which principal components count: all, those of the largest variances, or those that PCA throws away. */
export type GaussianComponents = 'all' | 'largest' | 'smallest';

export type GaussianParameters = {
  /** Has no effect: nothing is drawn at random. */
  readonly seed: number;
  /** Share of the variance that the largest components explain. */
  readonly explained: number;
};

/** Even where the formula asks for no shrinkage the covariance must be invertible. */
const SMALLEST_INTENSITY = 1e-6;

/** Variances that differ by less are one, and are not torn apart. */
const TIE = 1e-9;

/** Mahalanobis distance in some of the principal components, and in all directions without variance where `withRest`. */
type GaussianModel = {
  readonly mean: Float64Array;
  readonly directions: Matrix;
  readonly from: number;
  readonly to: number;
  readonly withRest: boolean;
  /** Inverse of the shrunk variance of each component. */
  readonly precisions: Float64Array;
  /** The same in the directions where the normals do not vary. */
  readonly restPrecision: number;
};

/** Components, largest first, that explain at least the given share; one more where the next is as large. */
function countExplaining(variances: Float64Array, share: number): number {
  const wanted = variances.reduce((sum, value) => sum + value, 0) * share;
  let sum = 0;
  let count = 0;
  while (count < variances.length && sum < wanted * (1 - 1e-12)) sum += variances[count++]!;
  while (count < variances.length && count > 0 && variances[count]! >= variances[count - 1]! * (1 - TIE)) count += 1;
  return count;
}

function modelOf(components: PrincipalComponents, { intensity, target }: Shrinkage, wanted: GaussianComponents, explained: number): GaussianModel {
  const { mean, directions, variances } = components;
  const explaining = wanted === 'all' ? 0 : countExplaining(variances, explained);
  // Few columns may all be needed to explain the share; the smallest component is then left to NPCA.
  const cut = wanted === 'smallest' && explaining === mean.length ? explaining - 1 : explaining;
  const floor = intensity * target;
  return {
    mean,
    directions,
    from: wanted === 'smallest' ? cut : 0,
    to: wanted === 'largest' ? cut : variances.length,
    withRest: wanted !== 'largest',
    precisions: variances.map((variance) => 1 / ((1 - intensity) * variance + floor)),
    // Where the normals are all alike there is no scale: plain Euclidean distance.
    restPrecision: floor > 0 ? 1 / floor : 1,
  };
}

/** Squared Mahalanobis distance of the row whose difference to the mean is in `z`. */
function squaredMahalanobis(model: GaussianModel, z: Float64Array): number {
  const { directions, from, to, precisions, withRest, restPrecision } = model;
  const d = z.length;
  let rest = 0;
  for (let c = 0; c < d; c += 1) rest += z[c]! * z[c]!;
  const rounding = rest * 1e-13 * Math.sqrt(d);
  let sum = 0;
  for (let j = 0; j < directions.rows; j += 1) {
    if (j >= to || (j < from && !withRest)) break;
    let along = 0;
    for (let c = 0; c < d; c += 1) along += z[c]! * directions.data[j * d + c]!;
    rest -= along * along;
    if (j >= from) sum += along * along * precisions[j]!;
  }
  return withRest && directions.rows < d && rest > rounding ? sum + rest * restPrecision : sum;
}

async function distancesOf(model: GaussianModel, queries: Matrix, context: NumericsContext): Promise<Float64Array> {
  const { data, rows, cols } = queries;
  if (rows > 0 && cols !== model.mean.length) {
    throw new NumericsError('data.shape', `The rows to be scored have ${cols} columns, the training set ${model.mean.length}.`);
  }
  const z = new Float64Array(cols);
  const scores = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    if (i % 64 === 0) await pause(context);
    for (let c = 0; c < cols; c += 1) z[c] = data[i * cols + c]! - model.mean[c]!;
    scores[i] = Math.sqrt(roundSignificand(squaredMahalanobis(model, z)));
  }
  return scores;
}

/**
 * Each normal's distance under mean and covariance of the others, intensity and target of the shrinkage kept: with z the difference to
 * the mean of all n, A = (1 - intensity) n / (n - 1) S + intensity target I and q = zᵀ A⁻¹ z the squared distance is
 * (n / (n - 1))² q / (1 - b q), b = (1 - intensity) n / (n - 1)² (Sherman and Morrison).
 */
async function leftOutDistances(components: PrincipalComponents, { intensity, target }: Shrinkage, normals: Matrix, context: NumericsContext): Promise<Float64Array> {
  const n = normals.rows;
  const grown = n / (n - 1);
  const model = modelOf(components, { intensity, target }, 'all', 1);
  const precisions = components.variances.map((variance) => 1 / ((1 - intensity) * grown * variance + intensity * target));
  const own = await distancesOf({ ...model, precisions }, normals, context);
  const b = ((1 - intensity) * grown) / (n - 1);
  return own.map((distance) => grown * Math.sqrt((distance * distance) / Math.max(1 - b * distance * distance, 1e-12)));
}

function fitGaussian(normals: Matrix, wanted: GaussianComponents, explained: number): OneClassFit {
  const components = principalComponents(normals);
  const found = ledoitWolf(components, normals.cols);
  const shrinkage = { ...found, intensity: Math.max(found.intensity, SMALLEST_INTENSITY) };
  const model = modelOf(components, shrinkage, wanted, explained);
  return {
    score: (queries, context) => distancesOf(model, queries, context),
    // In a part of the components the part itself would change with each row left out.
    ...(wanted === 'all' ? { leftOut: (context) => leftOutDistances(components, shrinkage, normals, context) } : {}),
  };
}

function gaussianDetector(id: string, name: string, description: string, wanted: GaussianComponents): Detector<GaussianParameters> {
  const defaults: GaussianParameters = { seed: 0, explained: 0.99 };
  return {
    id,
    name,
    description,
    defaults,
    fit(train, labels, parameters, context = {}) {
      const { explained } = { ...defaults, ...parameters };
      checkShare('The explained share of variance', explained);
      return fitOneClass(
        train,
        labels,
        async (normals, inner) => {
          await pause(inner);
          return fitGaussian(normals, wanted, explained);
        },
        context,
      );
    },
  };
}

/** Mahalanobis distance to the mean of the normals under their Ledoit-Wolf covariance (Rippel, Mertens and Merhof 2020). */
export const mahalanobisDetector = gaussianDetector('mahalanobis', 'Mahalanobis', 'Distance to the mean of the normals in units of their spread in each direction.', 'all');

/** The same in the largest components that explain 99 % of the variance (Rippel et al. 2020, PCA). */
export const pcaDetector = gaussianDetector('pca', 'Mahalanobis PCA', 'Mahalanobis distance in the directions in which normals vary most.', 'largest');

/** The same in the components that PCA throws away (Rippel et al. 2020, NPCA): where normals hardly vary, anomalies show. */
export const npcaDetector = gaussianDetector('npca', 'Mahalanobis NPCA', 'Mahalanobis distance in the directions in which normals hardly vary.', 'smallest');
