import { checkSsdoParameters, ssdoDefaults } from '../../detectors/ssdo';
import { isolationForestDefaults } from '../../detectors/isolation-forest';
import { NumericsError } from '../../errors';
import type { EvaluatorMode } from '../evaluator';

/** What every evaluator that fits detectors can be told. */
export type DetectorParameters = {
  readonly seed: number;
  /** Neighbour whose distance sets the detector's length scale eta; cut to the rows of a fit - 1. */
  readonly detectorNeighbours: number;
  /** Weight of the labels against the detector's prior. */
  readonly detectorAlpha: number;
  readonly trees: number;
  /** Rows drawn for each tree; cut to the rows of a fit. */
  readonly treeSample: number;
  /**
   * True: lambda from a percentage cut down to a whole number, and draws too small for the detector kept out (or, for AME,
   * in with a performance of 0) as the authors' released program does. False: the exact percentage; such draws are redrawn.
   */
  readonly asReleased: boolean;
};

/** Those that also draw. */
export type DrawingParameters = DetectorParameters & {
  /** Number B of random draws (AME: for each of its eight shares). */
  readonly models: number;
};

/** Those that also add single auxiliary rows to a fit. */
export type JoiningParameters = {
  /**
   * 'exact': every added row means a new forest, length scale and kernel sums. 'fast': forest and length scale stay those of
   * the rows without it; one kernel term joins the sums, and lambda is read anew.
   */
  readonly mode: EvaluatorMode;
};

export const detectorDefaults: DetectorParameters = {
  seed: 0,
  detectorNeighbours: ssdoDefaults.neighbours,
  detectorAlpha: ssdoDefaults.alpha,
  trees: isolationForestDefaults.trees,
  treeSample: isolationForestDefaults.sampleSize,
  asReleased: false,
};

/** `models` of the EAP paper's experiments. */
export const drawingDefaults: DrawingParameters = { ...detectorDefaults, models: 50 };

function demandWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new NumericsError('parameter.invalid', `The ${name} must be a whole number from ${least} on, not ${value}.`);
  }
}

/** Throws `parameter.invalid` for the first parameter out of its range. */
export function checkModelParameters(p: DetectorParameters & { readonly models?: number; readonly mode?: EvaluatorMode }): void {
  checkSsdoParameters({ neighbours: p.detectorNeighbours, alpha: p.detectorAlpha });
  demandWhole('seed', p.seed, 0);
  demandWhole('number of trees', p.trees, 1);
  demandWhole('sample size of a tree', p.treeSample, 1);
  if (p.models !== undefined) demandWhole('number of models', p.models, 1);
  if (p.mode !== undefined && p.mode !== 'fast' && p.mode !== 'exact') {
    throw new NumericsError('parameter.invalid', `The mode must be "fast" or "exact", not "${String(p.mode)}".`);
  }
  if (typeof p.asReleased !== 'boolean') throw new NumericsError('parameter.invalid', 'asReleased must be true or false.');
}
