import { describe, expect, it } from 'vitest';
import { pearson, spearman } from './correlation';

describe('spearman', () => {
  it('looks at the order alone', () => {
    expect(spearman([1, 2, 3, 4], [0.1, 5, 70, 900])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [9, 7, 1, -3])).toBeCloseTo(-1, 12);
  });

  it('gives ties their average rank', () => {
    // scipy.stats.spearmanr([1, 2, 2, 4], [1, 3, 2, 4])
    expect(spearman([1, 2, 2, 4], [1, 3, 2, 4])).toBeCloseTo(0.9486832980505138, 12);
  });

  it('leaves out pairs without a value and says nothing of constants', () => {
    expect(spearman([1, Number.NaN, 2, 3], [1, 2, 2, 3])).toBeCloseTo(1, 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1], [1])).toBeNaN();
    expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
  });
});
