import { columnDot, type CentredProblem } from './lasso';
import { ActiveCholesky } from './active-cholesky';

/** A product may exceed the penalty by so much, relatively, before its column counts as missing. */
const SLACK = 1e-9;

/** An active column with its coefficient; `sign` is +1 or -1 and that of the coefficient, or it is 0. */
type Active = { readonly column: number; readonly sign: number; coefficient: number };

/**
 * The minimum of |y - X w|² / 2 + penalty |w|_1, exactly, for one penalty after another (feature-sign search, Lee et al. 2006): with
 * the signs of the active columns known, their coefficients solve a linear system; a coefficient that would change
 * its sign leaves at 0, and the column whose product exceeds the penalty most joins. The work of a penalty is
 * that of the columns that come and go since the last one, where coordinate descent needs thousands of sweeps
 * when there are more columns than rows.
 */
export class LassoPath {
  readonly coefficients: Float64Array;
  private readonly active: Active[] = [];
  private readonly cholesky = new ActiveCholesky();
  private readonly targetProducts: Float64Array;
  /** x_j'r of all columns. */
  private readonly products: Float64Array;
  /** X'x_j of columns that have been active. */
  private readonly gram = new Map<number, Float64Array>();

  constructor(private readonly problem: CentredProblem) {
    const { features, rows, columns, target } = problem;
    this.coefficients = new Float64Array(features);
    this.targetProducts = Float64Array.from({ length: features }, (_, j) => columnDot(columns, j * rows, target, rows));
    this.products = Float64Array.from(this.targetProducts);
  }

  /** Moves the coefficients to the minimum for `penalty`, from wherever they are. */
  moveTo(penalty: number): void {
    this.settleSigns(penalty);
    // Columns that could not join, by rounding, at this penalty.
    const barred = new Set<number>();
    for (let j = this.mostMissing(penalty, barred); j >= 0; j = this.mostMissing(penalty, barred)) {
      if (!this.join(j)) barred.add(j);
      this.settleSigns(penalty);
      if (this.coefficients[j] === 0) barred.add(j);
    }
  }

  private mostMissing(penalty: number, barred: ReadonlySet<number>): number {
    const { products, coefficients, problem } = this;
    let found = -1;
    let largest = penalty * (1 + SLACK);
    for (let j = 0; j < problem.features; j += 1) {
      const product = Math.abs(products[j]!);
      if (product > largest && coefficients[j] === 0 && problem.squaredLengths[j]! > 0 && !barred.has(j)) {
        largest = product;
        found = j;
      }
    }
    return found;
  }

  /** False when the column depends on the active ones and none of them can make room. */
  private join(column: number): boolean {
    const sign = Math.sign(this.products[column]!);
    const row = this.gramRow(column);
    const own = this.problem.squaredLengths[column]!;
    if (this.cholesky.append(this.productsWithActive(row), own)) {
      this.active.push({ column, sign, coefficient: 0 });
      return true;
    }
    const coefficient = this.makeRoom(row, sign);
    if (coefficient === undefined || !this.cholesky.append(this.productsWithActive(row), own)) return false;
    this.active.push({ column, sign, coefficient });
    return true;
  }

  /**
   * For a column that the active ones span: moves along the combination that leaves the fit as it is until an active coefficient
   * is 0, and lets that one go. The coefficient that the new column has then; undefined when none becomes 0.
   */
  private makeRoom(row: Float64Array, sign: number): number | undefined {
    const { active } = this;
    const combination = this.productsWithActive(row);
    this.cholesky.solve(combination);
    let step = Infinity;
    let leaving = -1;
    active.forEach(({ coefficient }, i) => {
      const length = coefficient / (sign * combination[i]!);
      if (length > 0 && length < step) {
        step = length;
        leaving = i;
      }
    });
    if (leaving < 0) return undefined;
    active.forEach((one, i) => {
      one.coefficient -= sign * step * combination[i]!;
    });
    this.leave(leaving);
    return sign * step;
  }

  /** Solves for the active coefficients, letting go of those that reach 0 on the way, then renews the products. */
  private settleSigns(penalty: number): void {
    const { active, cholesky } = this;
    for (;;) {
      const goal = Float64Array.from(active, ({ column, sign }) => this.targetProducts[column]! - penalty * sign);
      cholesky.solve(goal);
      let step = 1;
      let leaving = -1;
      active.forEach(({ coefficient, sign }, i) => {
        if (goal[i]! * sign > 0) return;
        const length = coefficient / (coefficient - goal[i]!);
        if (leaving < 0 || length < step) {
          step = Number.isFinite(length) ? length : 0;
          leaving = i;
        }
      });
      active.forEach((one, i) => {
        one.coefficient += step * (goal[i]! - one.coefficient);
      });
      if (leaving < 0) break;
      this.leave(leaving);
    }
    this.publish();
  }

  private leave(position: number): void {
    const [{ column }] = this.active.splice(position, 1) as [Active];
    this.coefficients[column] = 0;
    this.cholesky.remove(position);
  }

  /** Brings `coefficients` and `products` up to date with the active columns. */
  private publish(): void {
    const { products, targetProducts, coefficients } = this;
    products.set(targetProducts);
    for (const { column, coefficient } of this.active) {
      coefficients[column] = coefficient;
      const row = this.gramRow(column);
      for (let j = 0; j < products.length; j += 1) products[j]! -= coefficient * row[j]!;
    }
  }

  private productsWithActive(row: Float64Array): Float64Array {
    return Float64Array.from(this.active, ({ column }) => row[column]!);
  }

  private gramRow(column: number): Float64Array {
    const known = this.gram.get(column);
    if (known !== undefined) return known;
    const { columns, rows, features } = this.problem;
    const own = columns.subarray(column * rows, (column + 1) * rows);
    const row = Float64Array.from({ length: features }, (_, j) => columnDot(columns, j * rows, own, rows));
    this.gram.set(column, row);
    return row;
  }
}
