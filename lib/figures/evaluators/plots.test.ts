import { describe, expect, it } from 'vitest';
import type { Run } from '@/lib/api/contracts/runs';
import { printTones } from '../experiments/plots';
import { idOf } from '../testing/score-columns';
import { qualitiesOf, valuesOf } from '../testing/run-values';
import { alignRuns } from './agreement';
import { barsCsv, labelledRoc, rocCsv, valueBars, type EvaluatorMultiple } from './multiples';
import { barsGridPlot, gridSize, rocGridPlot } from './multiples-plots';
import { pairCsv, pairPlot } from './pair-plot';

const labelled = valuesOf([{ quality: 0.9, qualityLabel: 'realistic' }, { quality: 0.4, qualityLabel: 'realistic' }, { quality: 0.5, qualityLabel: 'unrealistic' }, { quality: 0.1, qualityLabel: 'indistinguishable' }]);
const multiple = (id: string, values = labelled): EvaluatorMultiple => ({ run: { id } as Run, title: `<${id}>`, roc: labelledRoc(values), bars: valueBars(values) });

describe('small figures per evaluator', () => {
  it('take the labels as classes of the curve and as groups of the bars', () => {
    const { roc, bars } = multiple('a');
    expect(roc?.auc).toBe(0.75);
    expect(bars?.series.map(({ name, total }) => [name, total])).toEqual([['realistic', 2], ['indistinguishable', 1], ['unrealistic', 1]]);
  });

  it('need no labels for the bars: zones, or all together', () => {
    const zoned = valuesOf([{ quality: 1, zone: 'realistic' }, { quality: 0, zone: 'unrealistic' }]);
    expect(labelledRoc(zoned)).toBeNull();
    expect(valueBars(zoned)?.series.map(({ name }) => name)).toEqual(['realistic', 'unrealistic']);
    expect(valueBars(qualitiesOf(1, 2))?.series.map(({ name, total }) => [name, total])).toEqual([['all', 2]]);
  });

  it('are exported together, the shown run behind the others', () => {
    const multiples = [...'abcde'].map((id) => multiple(id));
    const roc = rocGridPlot(multiples, 'b', printTones);
    expect(roc.data).toHaveLength(2 * 5 - 1);
    expect(roc.data.filter(({ xaxis }) => xaxis === 'x2')).toHaveLength(1);
    expect(Object.keys(roc.layout).filter((key) => key.startsWith('xaxis'))).toHaveLength(5);
    expect(JSON.stringify(roc.layout['annotations'])).toContain('&lt;a&gt;: 0.75');
    expect(gridSize(5).height).toBeGreaterThan(gridSize(4).height);
    const bars = barsGridPlot(multiples, printTones);
    expect(bars.data.filter(({ showlegend }) => showlegend).map(({ name }) => name)).toEqual(['realistic', 'indistinguishable', 'unrealistic']);
    expect(new Set(bars.data.map(({ marker }) => (marker as { color: string }).color)).size).toBe(3);
    expect(rocCsv(multiples).rows[0]).toEqual(['<a>', 0, 0]);
    expect(barsCsv([multiple('a')]).rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(4);
  });
});

describe('two runs against each other', () => {
  const aligned = alignRuns([qualitiesOf(1, 2, 3), qualitiesOf(3, 1, 2)]);

  it('draws each sample by both percentiles', () => {
    const { data, layout } = pairPlot(aligned, ['EAP', 'LAVA, <fast>'], printTones);
    expect([...(data[1]!['x'] as Float64Array)]).toEqual([0, 50, 100]);
    expect([...(data[1]!['y'] as Float64Array)]).toEqual([100, 0, 50]);
    expect(JSON.stringify(layout['yaxis'])).toContain('percentile by LAVA, &lt;fast&gt;');
  });

  it('lists them', () => {
    expect(pairCsv(aligned, ['A', 'B'])).toEqual({ header: ['sample', 'percentile by A', 'percentile by B'], rows: [[idOf(0), 0, 100], [idOf(1), 50, 0], [idOf(2), 100, 50]] });
  });
});
