import { describe, expect, it } from 'vitest';
import { spearman } from '../correlation';
import type { ComparedRun } from '../run-comparison';
import { idOf } from '../testing/score-columns';
import { agreementMatrix, alignRuns, leastAgreeing, percentilesOf } from './agreement';
import { idsOf, largestDisagreements, makesChange, zoneChanges } from './disagreements';
import { takeRows } from './run-values';
import { qualitiesOf, valuesOf } from '../testing/run-values';

describe('the values of a run', () => {
  it('are those of scored auxiliary samples', () => {
    const values = valuesOf([{ role: 'normal', quality: 1 }, { quality: 0.5, zone: 'unrealistic', qualityLabel: 'realistic' }, {}, { quality: 0.2 }]);
    expect([...values.quality]).toEqual([0.5, 0.2]);
    expect([...values.zone]).toEqual([2, 0]);
    expect([...values.label]).toEqual([1, 0]);
    expect(idsOf(alignRuns([values]), () => true)).toEqual([idOf(1), idOf(3)]);
  });
});

describe('percentiles', () => {
  it('go from the worst at 0 to the best at 100, ties half', () => {
    expect([...percentilesOf(Float64Array.of(0.9, 0.1, 0.5, 0.5, 0.2))]).toEqual([100, 0, 62.5, 62.5, 25]);
    expect([...percentilesOf(Float64Array.of(3))]).toEqual([100]);
    expect([...percentilesOf(Float64Array.of(-2, -2, -2))]).toEqual([50, 50, 50]);
  });
});

describe('agreement of runs', () => {
  const quality = (seed: number, n = 200) => Array.from({ length: n }, (_, i) => Math.round(20 * Math.abs(Math.sin(seed * (i + 1)))) / 20);

  it('is Spearman’s correlation over the samples', () => {
    const [a, b, c] = [quality(1.3), quality(2.7), quality(0.4)];
    const matrix = agreementMatrix(alignRuns([qualitiesOf(...a), qualitiesOf(...b), qualitiesOf(...c)]));
    expect(matrix[0]![1]).toBeCloseTo(spearman(a, b), 10);
    expect(matrix[2]![1]).toBeCloseTo(spearman(c, b), 10);
    expect(matrix[1]![2]).toBe(matrix[2]![1]);
    expect(matrix.map((row, i) => row[i])).toEqual([1, 1, 1]);
  });

  it('counts the samples that all runs scored, wherever they stand', () => {
    const all = qualitiesOf(1, 2, 3, 4, 5);
    const some = takeRows(all, Uint32Array.of(4, 1, 3));
    const aligned = alignRuns([all, some]);
    expect(aligned.rows).toBe(3);
    expect(idsOf(aligned, () => true)).toEqual([1, 3, 4].map(idOf));
    expect(aligned.runs.map((run) => [...run.quality])).toEqual([[2, 4, 5], [2, 4, 5]]);
    expect(aligned.percentiles.map((one) => [...one])).toEqual([[0, 50, 100], [0, 50, 100]]);
    expect(agreementMatrix(alignRuns([all, takeRows(all, new Uint32Array(0))]))[0]![1]).toBeNaN();
  });
});

describe('the run that agrees least', () => {
  const line = (id: string, evaluator: string) => ({ run: { id, evaluator } }) as ComparedRun;
  const lines = [line('a', 'EAP'), line('b', 'LAVA'), line('c', 'RANDOMEV'), line('d', 'LOO'), line('e', 'AME')];

  it('is no random order, and none whose agreement is not known', () => {
    expect(leastAgreeing({ lines, matrix: [[1, 0.4, -0.9, 0.1, Number.NaN]], rows: 9 }, 'a')?.run.id).toBe('d');
    expect(leastAgreeing({ lines: lines.slice(0, 1), matrix: [[1]], rows: 9 }, 'a')).toBeNull();
    expect(leastAgreeing({ lines, matrix: [], rows: 9 }, 'z')).toBeNull();
  });
});

describe('disagreements', () => {
  const aligned = alignRuns([
    valuesOf([{ quality: 5, zone: 'realistic' }, { quality: 4, zone: 'realistic' }, { quality: 3, zone: 'unrealistic' }, { quality: 2, zone: 'unrealistic' }, { quality: 1, zone: 'indistinguishable' }]),
    valuesOf([{ quality: 1, zone: 'unrealistic' }, { quality: 4, zone: 'realistic' }, { quality: 3, zone: 'unrealistic' }, { quality: 2, zone: 'realistic' }, { quality: 5, zone: 'indistinguishable' }]),
  ]);

  it('come with the largest difference of percentiles first', () => {
    expect(largestDisagreements(aligned, undefined, 2)).toEqual([
      { row: 0, sampleId: idOf(0), a: 100, b: 0 },
      { row: 4, sampleId: idOf(4), a: 0, b: 100 },
    ]);
    expect(largestDisagreements(alignRuns([]))).toEqual([]);
  });

  it('count the changes of zone, whose samples can be listed', () => {
    expect(zoneChanges(aligned)).toEqual({ zones: ['realistic', 'unrealistic', 'indistinguishable'], counts: [[1, 1, 0], [1, 1, 0], [0, 0, 1]] });
    const change = makesChange(aligned, { from: 'unrealistic', to: 'realistic' });
    expect(idsOf(aligned, change)).toEqual([idOf(3)]);
    expect(largestDisagreements(aligned, change).map(({ sampleId }) => sampleId)).toEqual([idOf(3)]);
  });

  it('know no zones where a run has none', () => {
    expect(zoneChanges(alignRuns([qualitiesOf(1, 2), qualitiesOf(2, 1)]))).toBeNull();
  });
});
