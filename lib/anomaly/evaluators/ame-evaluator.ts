import { pause, type NumericsContext } from '../context';
import { fitLassoCv } from '../regression/lasso-cv';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { evaluatorNames } from './names';
import { joinedFitSeconds, sharedSeconds } from './model-based/cost';
import { auxiliaryCoefficients, designRow, distinctColumns, selectColumns } from './model-based/ame-design';
import { coinMask, drawGenerator, keptRows, usableDraw, type Draws } from './model-based/draws';
import { drawingDefaults, type DrawingParameters } from './model-based/parameters';
import { prepareSetting, type ModelSetting } from './model-based/setting';
import { SubsetDetector } from './model-based/subset-detector';

export type AmeParameters = DrawingParameters;

/** Shares of the training rows that are kept. */
const SHARES = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Fits between two looks at the cancel signal. */
const FITS_PER_PAUSE = 4;

/** One draw: a mask of the training rows and the auxiliary row that joins them. */
export type AmeDraw = {
  readonly train: Uint8Array;
  readonly joined: number;
  /** Mask of the auxiliary rows that stands in the design row where the fit failed; only for `asReleased`. */
  readonly onFailure: () => Uint8Array;
};

function seededDraws({ train, auxiliary }: EvaluatorInput, { seed, models }: AmeParameters): Draws<AmeDraw> {
  return (draw, attempt) => {
    const share = SHARES[Math.floor(draw / models)]!;
    const random = drawGenerator(seed, draw, attempt);
    const mask = coinMask(train.rows, share, random);
    return { train: mask, joined: random.integer(auxiliary.rows), onFailure: () => coinMask(auxiliary.rows, share, random) };
  };
}

type Observations = { readonly design: Float64Array; readonly utilities: Float64Array; readonly drawn: Uint8Array; readonly fits: number };

/** Fits all draws; a design row and a utility for each. */
async function observe(setting: ModelSetting, parameters: AmeParameters, draws: Draws<AmeDraw>, count: number, context: NumericsContext): Promise<Observations> {
  const { rows, auxiliary } = setting;
  const { asReleased, detectorNeighbours } = parameters;
  const least = asReleased ? detectorNeighbours : 1;
  const isUsable = ({ train }: AmeDraw) => keptRows(train, rows).length >= least;
  const detector = new SubsetDetector(setting);
  const width = rows + auxiliary;
  const design = new Float64Array(count * width);
  const utilities = new Float64Array(count);
  const drawn = new Uint8Array(auxiliary);
  let fits = 0;
  for (let draw = 0; draw < count; draw += 1) {
    if (draw % FITS_PER_PAUSE === 0) await pause(context);
    const chosen = asReleased ? draws(draw, 0) : usableDraw(draws, draw, isUsable);
    const row = design.subarray(draw * width, (draw + 1) * width);
    row.set(chosen.train);
    if (isUsable(chosen)) {
      detector.observe(keptRows(chosen.train, rows));
      utilities[draw] = detector.utilityWith(chosen.joined, 'exact');
      row[rows + chosen.joined] = 1;
      drawn[chosen.joined] = 1;
      fits += 1;
    } else {
      row.set(chosen.onFailure(), rows);
    }
    designRow(row, asReleased ? 1 : 0);
    context.onProgress?.(draw + 1, count, 'draws');
  }
  return { design, utilities, drawn, fits };
}

/** AME from given draws, `count` of them, or from seeded ones. */
export async function averageMarginalEffect(
  input: EvaluatorInput,
  parameters: AmeParameters,
  context: NumericsContext = {},
  draws: Draws<AmeDraw> = seededDraws(input, parameters),
  count = SHARES.length * parameters.models,
): Promise<Evaluation> {
  const setting = await prepareSetting(input, parameters, context);
  const { rows, auxiliary } = setting;
  if (auxiliary === 0) return { values: new Float64Array(0), columns: {}, facts: { fits: 0 } };
  const { design, utilities, drawn, fits } = await observe(setting, parameters, draws, count, context);
  const mean = utilities.reduce((sum, utility) => sum + utility, 0) / count;
  const target = utilities.map((utility) => utility - mean);
  const width = rows + auxiliary;
  if (parameters.asReleased) {
    const { coefficients, alpha } = await fitLassoCv(design, width, target, {}, context);
    return { values: coefficients.slice(rows), columns: {}, facts: { fits, alpha } };
  }
  const columns = distinctColumns(rows, drawn);
  const { coefficients, alpha } = await fitLassoCv(selectColumns(design, width, columns), columns.length, target, { solver: 'exact' }, context);
  return { values: auxiliaryCoefficients(coefficients, columns, rows, drawn), columns: {}, facts: { fits, alpha } };
}

/** AME (Lin et al. 2022): lasso coefficients of the auxiliary rows in the regression of the utility on what was drawn. */
export const ameEvaluator: Evaluator<AmeParameters> = {
  id: 'AME',
  name: evaluatorNames.AME,
  description: 'Average marginal effect: what a lasso regression says the auxiliary anomaly adds to detectors fitted on random training subsets.',
  limits: 'Most values are exactly 0: each fit sees one auxiliary anomaly, and with fewer fits than candidates some are never seen.',
  inPaper: true,
  cost: 'many_fits',
  defaults: drawingDefaults,
  estimateSeconds(size, parameters) {
    const chosen = { ...ameEvaluator.defaults, ...parameters };
    const fits = chosen.models * SHARES.length;
    return sharedSeconds(size) + fits * joinedFitSeconds(size, chosen, 0.55) + fits * fits * (size.rows + size.auxiliary) * 1.6e-8;
  },
  evaluate(input, parameters, context) {
    return averageMarginalEffect(input, { ...ameEvaluator.defaults, ...parameters }, context);
  },
};
