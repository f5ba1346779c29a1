import type { NumericsContext } from '../context';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { evaluatorNames } from './names';
import { fitSeconds, joinSeconds, sharedSeconds } from './model-based/cost';
import { coinMask, drawGenerator, type Draws } from './model-based/draws';
import { drawingDefaults, type DrawingParameters, type JoiningParameters } from './model-based/parameters';
import { withAndWithout } from './model-based/with-without';

export type DataBanzhafParameters = DrawingParameters & JoiningParameters;

const KEPT = 0.5;

/** Data Banzhaf from given draws, or from seeded ones: every training and auxiliary row kept with probability one half. */
export function dataBanzhaf(
  input: EvaluatorInput,
  parameters: DataBanzhafParameters,
  context: NumericsContext = {},
  draws: Draws<Uint8Array> = (draw, attempt) =>
    coinMask(input.train.rows + input.auxiliary.rows, KEPT, drawGenerator(parameters.seed, draw, attempt)),
): Promise<Evaluation> {
  return withAndWithout(input, parameters, draws, context);
}

/** Data Banzhaf (Wang and Jia 2023) as the EAP paper runs it, with 50 draws (docs/methods/model-based-evaluators.md). */
export const dataBanzhafEvaluator: Evaluator<DataBanzhafParameters> = {
  id: 'DATABANZHAF',
  name: evaluatorNames.DATABANZHAF,
  description: 'How much better detectors fitted on random halves of the training set do with the auxiliary anomaly than without it.',
  limits: 'Values are means over random draws and so carry noise; other seeds give other orders.',
  inPaper: true,
  cost: 'many_fits',
  defaults: { ...drawingDefaults, mode: 'fast' },
  estimateSeconds(size, parameters) {
    const chosen = { ...dataBanzhafEvaluator.defaults, ...parameters };
    return sharedSeconds(size) + chosen.models * (fitSeconds(size, chosen, KEPT) + joinSeconds(size, chosen, KEPT, KEPT * size.auxiliary));
  },
  evaluate(input, parameters, context) {
    return dataBanzhaf(input, { ...dataBanzhafEvaluator.defaults, ...parameters }, context);
  },
};
