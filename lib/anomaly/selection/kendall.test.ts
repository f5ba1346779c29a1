import { describe, expect, it } from 'vitest';
import { normalUpperTail } from '../distributions/normal';
import golden from '../golden/selection.json';
import { createRandom } from '../random/generator';
import { atMostInversions } from './inversions';
import { bonferroniThreshold, kendallTau } from './kendall';

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]));
}

const inversionsOf = (order: readonly number[]) => order.reduce((sum, value, i) => sum + order.slice(i).filter((other) => other < value).length, 0);

describe("Kendall's tau-b", () => {
  it.each(golden.kendall.map((c, i) => [i, c.x.length, c] as const))('equals SciPy in case %i of %i values', (_, n, { x, y, tau, p }) => {
    const result = kendallTau(x, y);
    expect(result.tau).toBeCloseTo(tau, 13);
    expect(Math.abs(result.pValue / p - 1)).toBeLessThan(1e-11);
    expect(result.count).toBe(n);
  });

  it("gives the p-values that the SWSA paper prints in its Table 2 for ten models", () => {
    // 45 pairs: tau = 1 - 4 inversions / 90
    const withInversions = (count: number) => {
      const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      for (let left = count; left > 0; ) {
        for (let i = 0; i < 9 && left > 0; i += 1) {
          if (order[i]! > order[i + 1]!) continue;
          [order[i], order[i + 1]] = [order[i + 1]!, order[i]!];
          left -= 1;
        }
      }
      return kendallTau([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], order);
    };
    for (const [inversions, tau, p] of [[3, 0.866, 1.15e-4], [8, 0.644, 9.14e-3], [2, 0.911, 2.97e-5], [14, 0.377, 1.55e-1], [17, 0.244, 3.81e-1]] as const) {
      const result = withInversions(inversions);
      expect(Math.trunc(result.tau * 1000) / 1000).toBe(tau);
      expect(Math.abs(result.pValue / p - 1)).toBeLessThan(5e-3);
    }
    expect(bonferroniThreshold(9)).toBeCloseTo(5.56e-3, 5);
  });

  it('counts inversions as brute force does', () => {
    for (const n of [2, 3, 5, 6]) {
      const counts = permutations(n).map(inversionsOf);
      for (let count = 0; count <= (n * (n - 1)) / 2; count += 1) {
        expect(atMostInversions(n, count)).toBeCloseTo(counts.filter((c) => c <= count).length / counts.length, 13);
      }
    }
  });

  it('does not change under monotone transforms, and changes its sign when one list is turned round', () => {
    const random = createRandom(5);
    const x = Array.from({ length: 12 }, random.normal);
    const y = x.map((value) => value + random.normal());
    const plain = kendallTau(x, y);
    expect(kendallTau(x.map(Math.exp), y.map((value) => value ** 3))).toEqual(plain);
    const turned = kendallTau(x.map((value) => -value), y);
    expect(turned.tau).toBeCloseTo(-plain.tau, 14);
    expect(turned.pValue).toBe(plain.pValue);
  });

  it('has no value for one constant list and refuses lists that do not fit', () => {
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toMatchObject({ tau: Number.NaN, pValue: Number.NaN });
    expect(() => kendallTau([1, 2], [1])).toThrow(expect.objectContaining({ code: 'data.shape' }));
    expect(() => kendallTau([1], [1])).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => kendallTau([1, NaN], [1, 2])).toThrow(expect.objectContaining({ code: 'data.not_finite' }));
  });
});

it('normal tails equal SciPy, far out too', () => {
  golden.normal_tail.z.forEach((z, i) => {
    expect(Math.abs(normalUpperTail(z) / golden.normal_tail.upper[i]! - 1)).toBeLessThan(1e-12);
    expect(Math.abs(normalUpperTail(-z) / golden.normal_tail.lower[i]! - 1)).toBeLessThan(1e-12);
  });
  expect([normalUpperTail(Infinity), normalUpperTail(-Infinity), normalUpperTail(NaN)]).toEqual([0, 1, NaN]);
});
