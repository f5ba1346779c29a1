import type { SinglePrecision } from '../detectors/isolation-tree';
import { NumericsError } from '../errors';
import { createRandom } from '../random/generator';
import { NORMAL_MASK } from './gini-split';
import { VotingTree } from './random-tree';
import type { RankedColumns } from './ranked-columns';

export type RandomForestParameters = {
  /** Number of trees. */
  readonly trees: number;
  readonly seed: number;
};

/** The seed is that of the authors' released program. */
export const randomForestDefaults: RandomForestParameters = { trees: 100, seed: 331 };

/**
 * Random forest (Breiman 2001) with scikit-learn's choices: bootstrap of n of n rows, Gini impurity, floor(sqrt(d)) columns per node,
 * grown until pure, single precision. Fits on rows `members` of `columns` with `labels` (0 or 1 per row of `columns`) and gives, for each
 * query, the mean over the trees of the share of anomalies in its leaf. The forest depends on the members' order, not on the queries.
 * Throws `data.too_few_rows` without a member, `data.shape` beyond 65,535 members.
 */
export function forestAnomalyShares(
  columns: RankedColumns,
  members: Int32Array,
  labels: Uint8Array,
  queries: SinglePrecision,
  parameters: RandomForestParameters = randomForestDefaults,
): Float64Array {
  const { trees, seed } = parameters;
  const n = members.length;
  if (n < 1 || columns.cols < 1) throw new NumericsError('data.too_few_rows', 'A random forest needs at least one row and one column.');
  if (n > NORMAL_MASK) throw new NumericsError('data.shape', `A random forest takes at most ${NORMAL_MASK} rows, not ${n}.`);
  if (!Number.isSafeInteger(trees) || trees < 1) throw new NumericsError('parameter.invalid', `The number of trees must be a whole number from 1 on, not ${trees}.`);
  const tree = new VotingTree(columns, queries);
  const copies = new Int32Array(n);
  for (let t = 0; t < trees; t += 1) {
    const random = createRandom(seed, t + 1);
    copies.fill(0);
    for (let i = 0; i < n; i += 1) copies[Math.floor((random.uint32() * n) / 4_294_967_296)]! += 1;
    tree.grow(members, labels, copies, random.uint32());
  }
  return tree.votes.map((vote) => vote / trees);
}

/** Class 1 (anomaly) where the mean share is above the boundary (default one half); a tie is normal. */
export function forestPredictions(shares: Float64Array, boundary = 0.5): Uint8Array {
  return Uint8Array.from(shares, (share) => (share > boundary ? 1 : 0));
}
