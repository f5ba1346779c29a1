import type { ValidationScores } from './paired-bootstrap';

/** Places of all rows of a validation set by one candidate, 0..1, in the order of the rows. */
export type Places = { readonly anomalies: Float64Array; readonly normals: Float64Array };

/**
 * The place of a row: of an anomaly the share of normals that score lower, of a normal the share of anomalies that score higher; equals count half. Each
 * side averages to the AUROC, so that rows with a low place are those that cost it.
 */
export function placesOf({ anomalies, normals }: ValidationScores): Places {
  const sortedNormals = normals.slice().sort();
  const sortedAnomalies = anomalies.slice().sort();
  return {
    anomalies: anomalies.map((score) => shareBelow(sortedNormals, score)),
    normals: normals.map((score) => 1 - shareBelow(sortedAnomalies, score)),
  };
}

/** Share of sorted values that lie below; equals count half. */
function shareBelow(sorted: Float64Array, value: number): number {
  return (firstAt(sorted, (other) => other >= value) + firstAt(sorted, (other) => other > value)) / (2 * sorted.length);
}

/** Position of the first value that `reaches`; values are sorted so that all later ones do too. */
function firstAt(sorted: Float64Array, reaches: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
