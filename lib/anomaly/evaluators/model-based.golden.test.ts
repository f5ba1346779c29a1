import { describe, expect, it } from 'vitest';
import { goldenInput, largestDifference } from '../golden/golden-data';
import golden from '../golden/model_based.json';
import { ameEvaluator, averageMarginalEffect, type AmeDraw } from './ame-evaluator';
import { dataBanzhaf, dataBanzhafEvaluator } from './data-banzhaf-evaluator';
import { dataOob, dataOobEvaluator } from './data-oob-evaluator';
import { influence, influenceEvaluator } from './influence-evaluator';
import { looEvaluator } from './loo-evaluator';

const input = goldenInput(golden.dataset);
const rows = input.train.rows;
const released = { detectorNeighbours: golden.detector.ssdo_k, detectorAlpha: golden.detector.alpha, asReleased: true } as const;
const stored = (masks: number[][]) => (draw: number) => Uint8Array.from(masks[draw]!);

describe('the model-based evaluators against the released program with stored draws', () => {
  it('LOO', async () => {
    const { values, facts } = await looEvaluator.evaluate(input, { ...released, mode: 'exact' });
    expect(Math.abs(facts.baseUtility! - golden.loo.baseline_f1)).toBeLessThan(1e-6);
    expect(largestDifference(values, golden.loo.values)).toBeLessThan(1e-6);
  });

  it('DATABANZHAF', async () => {
    const { masks, values: expected } = golden.banzhaf;
    const parameters = { ...dataBanzhafEvaluator.defaults, ...released, mode: 'exact', models: masks.length } as const;
    const { values } = await dataBanzhaf(input, parameters, {}, stored(masks));
    expect(largestDifference(values, expected)).toBeLessThan(1e-6);
  });

  it('INF', async () => {
    const { masks, values: expected } = golden.inf;
    const parameters = { ...influenceEvaluator.defaults, ...released, mode: 'exact', models: masks.length } as const;
    const { values } = await influence(input, parameters, {}, stored(masks));
    expect(largestDifference(values, expected)).toBeLessThan(1e-6);
  });

  it('DATAOOB', async () => {
    const { masks, values: expected, fraction_called_anomaly: share } = golden.oob;
    const { values, columns } = await dataOob(input, { ...dataOobEvaluator.defaults, ...released, models: masks.length }, {}, stored(masks));
    expect(largestDifference(columns.calledAnomaly!, share)).toBeLessThan(1e-6);
    expect(largestDifference(values, expected)).toBeLessThan(1e-6);
  });

  it('AME, with its failed draws', async () => {
    const { subsets, values: expected, alpha_chosen: alpha } = golden.ame;
    const draws = (draw: number): AmeDraw => {
      const bits = Uint8Array.from(subsets[draw]!.slice(rows));
      return { train: Uint8Array.from(subsets[draw]!.slice(0, rows)), joined: Math.max(0, bits.indexOf(1)), onFailure: () => bits };
    };
    const { values, facts } = await averageMarginalEffect(input, { ...ameEvaluator.defaults, ...released }, {}, draws, subsets.length);
    expect(Math.abs(facts.alpha! - alpha)).toBeLessThan(1e-8);
    expect(largestDifference(values, expected)).toBeLessThan(1e-6);
    expect(facts.fits).toBe(golden.ame.performance.filter((performance) => performance > 0).length);
  }, 30_000);
});
