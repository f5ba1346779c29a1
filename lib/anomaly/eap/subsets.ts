import { NumericsError } from '../errors';
import { createRandom, type RandomGenerator } from '../random/generator';
import type { TrainingRows } from './parameters';

/** Rows that the smallest share must leave on average beyond the anomalies (docs/methods/eap.md: p from (5 + 1 + m) / n). */
const SPARE_ROWS = 6;
const LARGEST_SHARE = 0.99;
const MAX_DRAWS = 1000;

/**
 * Random training subsets as the released program draws them: a share p ~ U((6 + m) / n, 0.99), each row kept with probability p.
 * Draws with fewer than two rows or two centres are repeated. Each subset is ascending row numbers.
 */
export function drawSubsets(labels: Uint8Array, centres: TrainingRows, count: number, seed: number): Int32Array[] {
  return Array.from({ length: count }, (_, s) => drawSubset(labels, centres, createRandom(seed, 1_000_003 + s)));
}

function drawSubset(labels: Uint8Array, centres: TrainingRows, random: RandomGenerator): Int32Array {
  const n = labels.length;
  const anomalies = labels.reduce((sum, label) => sum + label, 0);
  const lowest = Math.min((SPARE_ROWS + anomalies) / n, LARGEST_SHARE);
  for (let attempt = 0; attempt < MAX_DRAWS; attempt += 1) {
    const share = lowest + random.uniform() * (LARGEST_SHARE - lowest);
    const kept = Int32Array.from({ length: n }, (_, i) => i).filter(() => random.uniform() < share);
    const usable = centres === 'all' ? kept.length : kept.filter((row) => labels[row] === 0).length;
    if (usable >= 2) return kept;
  }
  throw new NumericsError('data.too_few_rows', `No random subset of the ${n} training rows had 2 usable rows.`);
}

/** Row numbers kept by a 0/1 mask. */
export function rowsOfMask(mask: Uint8Array): Int32Array {
  return Int32Array.from({ length: mask.length }, (_, i) => i).filter((i) => mask[i] !== 0);
}
