import { pause, type NumericsContext } from '../../context';
import type { Evaluation, EvaluatorInput } from '../evaluator';
import { keptRows, usableDraw, type Draws } from './draws';
import type { DrawingParameters, JoiningParameters } from './parameters';
import { prepareSetting } from './setting';
import { SubsetDetector } from './subset-detector';

/** Exact fits between two looks at the cancel signal; each takes some milliseconds. */
const EXACT_FITS_PER_PAUSE = 8;

/** Sums and counts of the utilities of fits with and without each auxiliary row. */
class WithWithout {
  private readonly sums: readonly [Float64Array, Float64Array];
  private readonly counts: readonly [Int32Array, Int32Array];

  constructor(private readonly rows: number) {
    this.sums = [new Float64Array(rows), new Float64Array(rows)];
    this.counts = [new Int32Array(rows), new Int32Array(rows)];
  }

  add(row: number, drawn: boolean, utility: number): void {
    const side = drawn ? 1 : 0;
    this.sums[side][row]! += utility;
    this.counts[side][row]! += 1;
  }

  /** mean(with) - mean(without) of each row; the mean of nothing is 0. */
  differences(): Float64Array {
    return new Float64Array(this.rows).map((_, row) => this.mean(1, row) - this.mean(0, row));
  }

  private mean(side: 0 | 1, row: number): number {
    return this.counts[side][row]! > 0 ? this.sums[side][row]! / this.counts[side][row]! : 0;
  }
}

/**
 * What DATABANZHAF and INF share: in each of B draws (a 0/1 mask over the n training, then the l auxiliary rows) the detector is
 * fitted on the drawn training rows S; auxiliary rows not drawn note U(S) as a fit without them, each drawn one U(S + that row
 * alone) as a fit with it. The value is the difference of the two means.
 */
export async function withAndWithout(
  input: EvaluatorInput,
  parameters: DrawingParameters & JoiningParameters,
  draws: Draws<Uint8Array>,
  context: NumericsContext,
): Promise<Evaluation> {
  const setting = await prepareSetting(input, parameters, context);
  const { rows, auxiliary } = setting;
  const { models, mode, asReleased, detectorNeighbours } = parameters;
  const least = asReleased ? detectorNeighbours + 1 : 2;
  const isUsable = (mask: Uint8Array) => keptRows(mask, rows).length >= least;
  const detector = new SubsetDetector(setting);
  const tally = new WithWithout(auxiliary);
  let fits = 0;
  for (let draw = 0; draw < models && auxiliary > 0; draw += 1) {
    await pause(context);
    const mask = asReleased ? draws(draw, 0) : usableDraw(draws, draw, isUsable);
    if (!isUsable(mask)) continue;
    detector.observe(keptRows(mask, rows));
    const alone = detector.fit();
    fits += 1;
    for (let x = 0; x < auxiliary; x += 1) {
      const drawn = mask[rows + x] !== 0;
      tally.add(x, drawn, drawn ? detector.utilityWith(x, mode) : alone);
      if (!drawn) continue;
      fits += 1;
      if (mode === 'exact' && fits % EXACT_FITS_PER_PAUSE === 0) await pause(context);
    }
    context.onProgress?.(draw + 1, models, 'draws');
  }
  return { values: tally.differences(), columns: {}, facts: { fits } };
}
