import { log } from '../elementary/log';
import type { SparseAffinities } from './affinities';

/** Writes sum_j p_ij q_ij (y_i - y_j) to `forces`, q = 1 / (1 + |y_i - y_j|²). */
export function attraction(p: SparseAffinities, positions: Float64Array, forces: Float64Array): void {
  const { offsets, columns, values } = p;
  forces.fill(0);
  for (let i = 0; i + 1 < offsets.length; i += 1) {
    const x = positions[2 * i]!;
    const y = positions[2 * i + 1]!;
    let forceX = 0;
    let forceY = 0;
    for (let e = offsets[i]!, end = offsets[i + 1]!; e < end; e += 1) {
      const other = 2 * columns[e]!;
      const dx = x - positions[other]!;
      const dy = y - positions[other + 1]!;
      const weight = values[e]! / (1 + dx * dx + dy * dy);
      forceX += weight * dx;
      forceY += weight * dy;
      forces[other]! -= weight * dx;
      forces[other + 1]! -= weight * dy;
    }
    forces[2 * i]! += forceX;
    forces[2 * i + 1]! += forceY;
  }
}

/** Kullback-Leibler divergence sum p_ij ln(p_ij / (q_ij / Z)) over both triangles for a given Z. */
export function divergence(p: SparseAffinities, positions: Float64Array, normalisation: number): number {
  const { offsets, columns, values } = p;
  let sum = 0;
  for (let i = 0; i + 1 < offsets.length; i += 1) {
    for (let e = offsets[i]!; e < offsets[i + 1]!; e += 1) {
      const dx = positions[2 * i]! - positions[2 * columns[e]!]!;
      const dy = positions[2 * i + 1]! - positions[2 * columns[e]! + 1]!;
      if (values[e]! > 0) sum += 2 * values[e]! * log(values[e]! * (1 + dx * dx + dy * dy) * normalisation);
    }
  }
  return sum;
}

/** Exact repulsion over all pairs, O(n²): the same sums as QuadTree.repulsion without approximation. */
export function exactRepulsion(positions: Float64Array, forces: Float64Array): number {
  forces.fill(0);
  let total = 0;
  for (let i = 0; i < positions.length; i += 2) {
    for (let j = i + 2; j < positions.length; j += 2) {
      const dx = positions[i]! - positions[j]!;
      const dy = positions[i + 1]! - positions[j + 1]!;
      const q = 1 / (1 + dx * dx + dy * dy);
      total += 2 * q;
      forces[i]! += q * q * dx;
      forces[i + 1]! += q * q * dy;
      forces[j]! -= q * q * dx;
      forces[j + 1]! -= q * q * dy;
    }
  }
  return total;
}
