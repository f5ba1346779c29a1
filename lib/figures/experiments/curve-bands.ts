import type { ExperimentCurves } from '@/lib/api/contracts/experiments';
import { meanAndDeviation } from '@/lib/anomaly/protocol/summary';
import type { CsvCell } from '../csv';

export type CurveDirection = 'good' | 'poor';

/** Mean accuracy over the seeds after adding so many auxiliary samples, with its standard deviation (0 for one seed). */
export type CurveBand = { readonly evaluator: string; readonly seeds: number; readonly added: readonly number[]; readonly mean: readonly number[]; readonly deviation: readonly number[] };

type Points = ExperimentCurves['curves'][number][CurveDirection];

/**
 * One band per evaluator (EAP paper, Figure 2). Seeds of a set share their numbers of added samples; where they do not, each
 * curve is read in between its points by a straight line, as far as all of them reach. Evaluators without a curve are left out.
 */
export function curveBands(curves: ExperimentCurves['curves'], evaluators: readonly string[], direction: CurveDirection): CurveBand[] {
  return evaluators.flatMap((evaluator) => {
    const own = curves.filter((curve) => curve.evaluator === evaluator && curve[direction].added.length > 0).map((curve) => curve[direction]);
    if (own.length === 0) return [];
    const reach = Math.min(...own.map(({ added }) => added.at(-1)!));
    const added = [...new Set(own.flatMap((curve) => curve.added))].filter((count) => count <= reach).sort((a, b) => a - b);
    const values = added.map((count) => meanAndDeviation(own.map((curve) => accuracyAt(curve, count))));
    return [{ evaluator, seeds: own.length, added, mean: values.map(({ mean }) => mean), deviation: values.map(({ deviation }) => (Number.isNaN(deviation) ? 0 : deviation)) }];
  });
}

function accuracyAt({ added, accuracy }: Points, count: number): number {
  const after = added.findIndex((one) => one >= count);
  if (after <= 0 || added[after] === count) return accuracy[Math.max(0, after)]!;
  const [from, to] = [added[after - 1]!, added[after]!];
  const weight = (count - from) / (to - from);
  return accuracy[after - 1]! * (1 - weight) + accuracy[after]! * weight;
}

export function curveBandsCsv(bands: readonly CurveBand[], direction: CurveDirection): { header: string[]; rows: CsvCell[][] } {
  return {
    header: ['direction', 'evaluator', 'seeds', 'added', 'accuracy', 'accuracy_std'],
    rows: bands.flatMap(({ evaluator, seeds, added, mean, deviation }) => added.map((count, i) => [direction, evaluator, seeds, count, mean[i]!, deviation[i]!])),
  };
}
