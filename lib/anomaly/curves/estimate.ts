import type { CurveSize } from './curve';
import { curveGrid } from './grid';

/** Measured parts of the running time, in seconds. */
const SECONDS = {
  /** Per row of a forest, and per row and column that a node looks at. */
  forestRow: 1.5e-5,
  forestRowColumn: 8e-6,
  /** Per test row of a forest. */
  forestQuery: 5e-6,
  /** Per pair of rows of a support vector machine. */
  svmPair: 1.6e-8,
  /** Per coordinate of a distance, of which half are mirrored. */
  distance: 1e-9,
};

/**
 * Rough running time in seconds of the learning curves of `rankings` rankings on one core of the machine of docs/benchmarks.md; rankings
 * that arrive at the same sets of rows take less.
 */
export function estimateCurveSeconds({ rows, auxiliary, test, columns, rankings, classifier, points }: CurveSize): number {
  const good = Math.round(auxiliary / 3);
  const sizes = [good, auxiliary - good].flatMap((count) => curveGrid(count, points).slice(1));
  const fit = classifier === 'svm' ? svmFit(test) : forestFit(test, columns);
  const shared = classifier === 'svm' ? (rows + auxiliary) * (rows + auxiliary + 2 * test) * columns * SECONDS.distance : 0;
  return 0.02 + shared + fit(rows) + rankings * sizes.reduce((sum, size) => sum + fit(rows + size), 0);
}

function svmFit(test: number): (n: number) => number {
  return (n) => 0.0003 + SECONDS.svmPair * n * (n + test);
}

function forestFit(test: number, columns: number): (n: number) => number {
  const perRow = SECONDS.forestRow + SECONDS.forestRowColumn * Math.floor(Math.sqrt(columns));
  return (n) => n * perRow + test * SECONDS.forestQuery;
}
