import type { NumericsContext } from '../context';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '../linalg/distances';
import { checkWhole } from './check-parameter';
import type { Detector } from './detector';
import { fitOneClass } from './one-class';

export type NearestNeighbourParameters = {
  /** Has no effect: nothing is drawn at random. */
  readonly seed: number;
  /** Neighbours whose distances are averaged; cut to the normals there are. */
  readonly k: number;
};

/** The k smallest values added, ascending; for small k. */
class Smallest {
  readonly values: Float64Array;

  constructor(k: number) {
    this.values = new Float64Array(k);
  }

  reset(): void {
    this.values.fill(Infinity);
  }

  add(value: number): void {
    const { values } = this;
    let i = values.length - 1;
    if (value >= values[i]!) return;
    for (; i > 0 && values[i - 1]! > value; i -= 1) values[i] = values[i - 1]!;
    values[i] = value;
  }

  meanRoot(): number {
    let sum = 0;
    for (const squared of this.values) sum += Math.sqrt(squared);
    return sum / this.values.length;
  }
}

/** Mean distance to the k nearest references; `self`: a row is not its own neighbour. */
async function meanDistances(distances: DistanceSource, k: number, self: boolean, context: NumericsContext): Promise<Float64Array> {
  const width = distances.references;
  const smallest = new Smallest(Math.min(k, self ? width - 1 : width));
  const scores = new Float64Array(distances.rows);
  await forEachBlock(distances, context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      smallest.reset();
      const offset = (i - start) * width;
      for (let j = 0; j < width; j += 1) if (!self || j !== i) smallest.add(block[offset + j]!);
      scores[i] = smallest.meanRoot();
    }
  });
  return scores;
}

/** Deep k-NN (Bergman, Cohen and Hoshen 2020): mean Euclidean distance to the k nearest training normals. */
export const nearestNeighbourDetector: Detector<NearestNeighbourParameters> = {
  id: 'knn',
  name: 'k-NN',
  description: 'Mean distance to the 3 nearest training normals: simple, hard to beat with few normals.',
  defaults: { seed: 0, k: 3 },
  fit(train, labels, parameters, context) {
    const { k } = { ...nearestNeighbourDetector.defaults, ...parameters };
    checkWhole('The number of neighbours', k, 1);
    return fitOneClass(
      train,
      labels,
      async (normals) => ({
        score: (queries, inner) => meanDistances(crossDistances(queries, normals, inner.product), k, false, inner),
        leftOut: (inner) => meanDistances(selfDistances(normals, inner.product), k, true, inner),
      }),
      context,
    );
  },
};
