import { pause, type NumericsContext } from '../context';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { evaluatorNames } from './names';
import { fitSeconds, sharedSeconds } from './model-based/cost';
import { coinMask, drawGenerator, keptRows, usableDraw, type Draws } from './model-based/draws';
import { drawingDefaults, type DrawingParameters } from './model-based/parameters';
import { prepareSetting } from './model-based/setting';
import { SubsetDetector } from './model-based/subset-detector';

export type DataOobParameters = DrawingParameters;

const KEPT = 0.5;

/** Out-of-bag values from given draws of training rows, or from seeded ones: every row kept with probability one half. */
export async function dataOob(
  input: EvaluatorInput,
  parameters: DataOobParameters,
  context: NumericsContext = {},
  draws: Draws<Uint8Array> = (draw, attempt) => coinMask(input.train.rows, KEPT, drawGenerator(parameters.seed, draw, attempt)),
): Promise<Evaluation> {
  const setting = await prepareSetting(input, parameters, context);
  const { rows, auxiliary } = setting;
  const { models, asReleased, detectorNeighbours } = parameters;
  const least = asReleased ? detectorNeighbours + 1 : 2;
  const isUsable = (mask: Uint8Array) => keptRows(mask, rows).length >= least;
  const detector = new SubsetDetector(setting);
  const calls = new Float64Array(auxiliary);
  let fits = 0;
  for (let draw = 0; draw < models && auxiliary > 0; draw += 1) {
    await pause(context);
    const mask = asReleased ? draws(draw, 0) : usableDraw(draws, draw, isUsable);
    if (!isUsable(mask)) continue;
    fits += 1;
    detector.observe(keptRows(mask, rows));
    detector.fit();
    for (let x = 0; x < auxiliary; x += 1) if (detector.callsAnomaly(x)) calls[x]! += 1;
    context.onProgress?.(draw + 1, models, 'draws');
  }
  const share = calls.map((count) => (fits > 0 ? count / fits : 0));
  return { values: share.map((rho) => (2 * rho) / (1 + rho)), columns: { calledAnomaly: share }, facts: { fits } };
}

/**
 * Data-OOB (Kwon and Zou 2023) as the EAP paper's program runs it: F1 of the out-of-bag calls against "all are anomalies", which
 * is 2 rho / (1 + rho) for the share rho of calls (docs/methods/model-based-evaluators.md).
 */
export const dataOobEvaluator: Evaluator<DataOobParameters> = {
  id: 'DATAOOB',
  name: evaluatorNames.DATAOOB,
  description: 'How often detectors fitted on random halves of the training set call the auxiliary anomaly an anomaly.',
  limits: 'Rewards what is easy to detect: unrealistic samples far from all data get the highest values.',
  inPaper: true,
  cost: 'many_fits',
  defaults: drawingDefaults,
  estimateSeconds(size, parameters) {
    const chosen = { ...dataOobEvaluator.defaults, ...parameters };
    return sharedSeconds(size) + chosen.models * fitSeconds(size, chosen, KEPT);
  },
  evaluate(input, parameters, context) {
    return dataOob(input, { ...dataOobEvaluator.defaults, ...parameters }, context);
  },
};
