import { throwIfCancelled, type NumericsContext } from '../context';
import { checkWhole } from '../detectors/check-parameter';
import { fitDetector, type DetectorId } from '../detectors/registry';
import { NumericsError } from '../errors';
import { selectRows, type Matrix } from '../linalg/matrix';
import { nearestNeighbours, nearestReferences } from '../linalg/nearest';
import type { ValidationScores } from './paired-bootstrap';

/** The paper's detector, whose scores are sums of squared distances; k = 3. */
export const DEEP_NEAREST_NEIGHBOUR = 'deep-nn';

/** How features of one extractor are turned into scores: the paper's detector, or one of the registry. */
export type SupportDetector =
  | { readonly id: typeof DEEP_NEAREST_NEIGHBOUR; readonly k?: number }
  | { readonly id: DetectorId; readonly parameters?: Readonly<Record<string, unknown>> };

/** Features of one extractor. Columns agree; `support` holds X_seed and X_in together. */
export type SupportFeatures = {
  readonly support: Matrix;
  /** Rows of `support` that are X_in. */
  readonly heldOut: readonly number[];
  readonly synthetic: Matrix;
  /** Real test data, where there are labels. */
  readonly real: { readonly anomalies: Matrix; readonly normals: Matrix } | null;
};

/** Scores of one candidate, as `selectCandidate` takes them. */
export type SupportScores = { readonly synthetic: ValidationScores; readonly real: ValidationScores | null };

/**
 * What the detector learns from while synthetic anomalies are scored. `support`: the whole support set, as in the paper. A synthetic anomaly is then
 * compared with the very image that it was made of, and a small change looks more normal than any normal. `held-out`: X_in alone,
 * so that neither a held-out normal meets itself nor a synthetic anomaly its parent. Real samples are scored by a fit on the whole support set either way.
 * A held-out normal then has one row less to be near to than a synthetic anomaly has, which lowers AUROCs where X_in is small (below about 20).
 */
export type SupportBank = 'support' | 'held-out';

type Fitted = { readonly unseen: Float64Array; score(queries: Matrix): Promise<Float64Array> };

/**
 * Scores synthetic anomalies, held-out normals and, where they are there, real samples by a detector that learnt from the
 * support set (SWSA paper, Section 4.2). A support sample never counts as its own neighbour: held-out normals get the scores of
 * a fit that leaves them out. Throws NumericsError as the detector does.
 */
export async function supportScores(detector: SupportDetector, features: SupportFeatures, context: NumericsContext = {}, bank: SupportBank = 'support'): Promise<SupportScores> {
  throwIfCancelled(context);
  const { support, heldOut, synthetic, real } = features;
  const wrong = heldOut.find((row) => !(row >= 0 && row < support.rows));
  if (wrong !== undefined) throw new NumericsError('data.shape', `The support set has no row ${wrong}.`);
  const fit = (normals: Matrix) => (detector.id === DEEP_NEAREST_NEIGHBOUR ? fitDeepNearestNeighbour(normals, detector.k ?? 3, context) : fitRegistered(detector, normals, context));
  const whole = bank === 'support' || real !== null ? await fit(support) : undefined;
  const judging = bank === 'support' && whole !== undefined ? whole : await fit(selectRows(support, heldOut));
  const normals = bank === 'support' ? Float64Array.from(heldOut, (row) => judging.unseen[row]!) : judging.unseen;
  return {
    synthetic: { anomalies: await judging.score(synthetic), normals },
    real: real === null || whole === undefined ? null : { anomalies: await whole.score(real.anomalies), normals: await whole.score(real.normals) },
  };
}

/** Deep nearest neighbours (Bergman et al. 2020; SWSA paper, Eq. 4): sum of squared distances to the k nearest of the support set. */
async function fitDeepNearestNeighbour(support: Matrix, k: number, context: NumericsContext): Promise<Fitted> {
  checkWhole('The number of neighbours', k, 1);
  if (support.rows < 2) throw new NumericsError('data.too_few_rows', `A support set needs at least 2 normals, there are ${support.rows}.`);
  const quiet = { ...context, onProgress: undefined };
  const own = Math.min(k, support.rows - 1);
  const among = await nearestNeighbours(support, own, quiet);
  return {
    unseen: sumsOf(among.squared, own),
    async score(queries) {
      const kept = Math.min(k, support.rows);
      if (queries.rows === 0) return new Float64Array(0);
      return sumsOf((await nearestReferences(queries, support, kept, quiet)).squared, kept);
    },
  };
}

function sumsOf(squared: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: squared.length / k }, (_, i) => squared.subarray(i * k, (i + 1) * k).reduce((sum, value) => sum + value, 0));
}

async function fitRegistered(detector: Extract<SupportDetector, { parameters?: unknown }>, support: Matrix, context: NumericsContext): Promise<Fitted> {
  const fit = await fitDetector(detector.id, support, new Uint8Array(support.rows), detector.parameters ?? {}, context);
  return { unseen: await fit.trainScores(context), score: async (queries) => (queries.rows === 0 ? new Float64Array(0) : fit.score(queries, context)) };
}
