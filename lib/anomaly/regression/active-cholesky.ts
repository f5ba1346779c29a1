/** Smallest share of a column's length that must lie outside the span of the others for it to count as independent. */
const INDEPENDENT = 1e-10;

/**
 * The Cholesky factor L (L Lᵀ = G) of the Gram matrix of a changing list of columns, kept up to date in O(k²) when a column is
 * appended or removed.
 */
export class ActiveCholesky {
  /** Lower triangle, row i starts at i * capacity. */
  private factor: Float64Array;
  private capacity: number;
  private size = 0;

  constructor(capacity = 16) {
    this.capacity = capacity;
    this.factor = new Float64Array(capacity * capacity);
  }

  /**
   * Appends a column, given its products with those in the list, in order, and with itself. False, and nothing changed, when it
   * depends on them linearly.
   */
  append(products: Float64Array, squaredLength: number): boolean {
    const { size } = this;
    if (size === this.capacity) this.grow();
    const { factor, capacity } = this;
    const row = size * capacity;
    let rest = squaredLength;
    for (let i = 0; i < size; i += 1) {
      const at = i * capacity;
      let value = products[i]!;
      for (let j = 0; j < i; j += 1) value -= factor[at + j]! * factor[row + j]!;
      value /= factor[at + i]!;
      factor[row + i] = value;
      rest -= value * value;
    }
    if (!(rest > INDEPENDENT * squaredLength)) return false;
    factor[row + size] = Math.sqrt(rest);
    this.size += 1;
    return true;
  }

  /** Removes the column at `position`; those after it move up. */
  remove(position: number): void {
    const { factor, capacity, size } = this;
    for (let i = position; i < size - 1; i += 1) {
      factor.copyWithin(i * capacity, (i + 1) * capacity, (i + 1) * capacity + i + 2);
    }
    this.size -= 1;
    // Each row has one entry too many right of the diagonal; rotations of neighbouring columns take it back.
    for (let j = position; j < this.size; j += 1) this.rotate(j);
  }

  private rotate(j: number): void {
    const { factor, capacity, size } = this;
    const at = j * capacity + j;
    const length = Math.hypot(factor[at]!, factor[at + 1]!);
    const cosine = factor[at]! / length;
    const sine = factor[at + 1]! / length;
    factor[at] = length;
    factor[at + 1] = 0;
    for (let i = j + 1; i < size; i += 1) {
      const left = i * capacity + j;
      const a = factor[left]!;
      const b = factor[left + 1]!;
      factor[left] = cosine * a + sine * b;
      factor[left + 1] = cosine * b - sine * a;
    }
  }

  /** Replaces `values` by G^-1 `values`. */
  solve(values: Float64Array): void {
    const { factor, capacity, size } = this;
    for (let i = 0; i < size; i += 1) {
      const row = i * capacity;
      let value = values[i]!;
      for (let j = 0; j < i; j += 1) value -= factor[row + j]! * values[j]!;
      values[i] = value / factor[row + i]!;
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      const row = i * capacity;
      const value = values[i]! / factor[row + i]!;
      values[i] = value;
      for (let j = 0; j < i; j += 1) values[j]! -= factor[row + j]! * value;
    }
  }

  private grow(): void {
    const { factor, capacity, size } = this;
    const wider = new Float64Array(4 * capacity * capacity);
    for (let i = 0; i < size; i += 1) wider.set(factor.subarray(i * capacity, i * capacity + size), i * 2 * capacity);
    this.factor = wider;
    this.capacity = 2 * capacity;
  }
}
