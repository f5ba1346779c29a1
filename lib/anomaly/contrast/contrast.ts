import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { crossDistances, forEachBlock } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';

export type ContrastOptions = {
  /** How many reference rows make the mean. */
  readonly neighbours: number;
  /** How many features are named per row. */
  readonly features: number;
  /** Index of each query row among the references, -1 where it is none: a row is not compared with itself. */
  readonly self: Int32Array;
};

/** The features that set each row apart; `count` per row, unused places hold feature -1. */
export type Contrast = {
  readonly count: number;
  /** Queries x count: features by falling size of the difference. */
  readonly feature: Int32Array;
  /** Mean of that feature over the row's nearest references. */
  readonly reference: Float64Array;
  /** Value of the row minus that mean. */
  readonly difference: Float64Array;
};

/**
 * For each row of `queries` (p x d): the features in which it differs most from the mean of its nearest rows of
 * `references` (q x d), nearest by Euclidean distance. Both are standardised, so that the differences are in standard
 * deviations. Equal distances go to the earlier reference, equal differences to the earlier feature; a difference of
 * 0 is not named.
 * @throws NumericsError `data.too_few_rows` when a row is left without any reference
 */
export async function contrast(queries: Matrix, references: Matrix, options: ContrastOptions, context: NumericsContext = {}): Promise<Contrast> {
  const { self } = options;
  const count = Math.min(options.features, queries.cols);
  const out = { count, feature: new Int32Array(queries.rows * count).fill(-1), reference: new Float64Array(queries.rows * count), difference: new Float64Array(queries.rows * count) };
  if (references.rows === 0 || (references.rows === 1 && self.some((index) => index === 0))) {
    throw new NumericsError('data.too_few_rows', 'Every row needs another row to be compared with.');
  }
  const nearest = new Nearest(Math.min(options.neighbours, references.rows));
  const mean = new Float64Array(queries.cols);
  await forEachBlock(crossDistances(queries, references, context.product), context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      nearest.find(block.subarray((i - start) * references.rows, (i - start + 1) * references.rows), self[i] ?? -1);
      meanOf(references, nearest, mean);
      place(queries.data.subarray(i * queries.cols, (i + 1) * queries.cols), mean, i * count, out);
    }
    context.onProgress?.(end, queries.rows, 'contrast');
  });
  return out;
}

/** The few smallest of a row of distances, found by insertion. */
class Nearest {
  readonly index: Int32Array;
  private readonly distance: Float64Array;
  size = 0;

  constructor(private readonly wanted: number) {
    this.index = new Int32Array(wanted);
    this.distance = new Float64Array(wanted);
  }

  find(distances: Float64Array, skipped: number): void {
    this.size = 0;
    for (let j = 0; j < distances.length; j += 1) {
      const distance = distances[j]!;
      if (j === skipped || (this.size === this.wanted && distance >= this.distance[this.size - 1]!)) continue;
      let at = this.size < this.wanted ? this.size++ : this.wanted - 1;
      for (; at > 0 && this.distance[at - 1]! > distance; at -= 1) {
        this.distance[at] = this.distance[at - 1]!;
        this.index[at] = this.index[at - 1]!;
      }
      this.distance[at] = distance;
      this.index[at] = j;
    }
  }
}

function meanOf({ data, cols }: Matrix, { index, size }: Nearest, mean: Float64Array): void {
  mean.fill(0);
  for (let n = 0; n < size; n += 1) {
    const from = index[n]! * cols;
    for (let j = 0; j < cols; j += 1) mean[j]! += data[from + j]! / size;
  }
}

function place(row: Float64Array, mean: Float64Array, at: number, { count, feature, reference, difference }: Contrast): void {
  for (let j = 0; j < row.length; j += 1) {
    const by = row[j]! - mean[j]!;
    if (by === 0 || Math.abs(by) <= (feature[at + count - 1]! < 0 ? 0 : Math.abs(difference[at + count - 1]!))) continue;
    let to = at + count - 1;
    for (; to > at && (feature[to - 1]! < 0 || Math.abs(difference[to - 1]!) < Math.abs(by)); to -= 1) {
      feature[to] = feature[to - 1]!;
      reference[to] = reference[to - 1]!;
      difference[to] = difference[to - 1]!;
    }
    feature[to] = j;
    reference[to] = mean[j]!;
    difference[to] = by;
  }
}
