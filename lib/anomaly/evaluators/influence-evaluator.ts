import type { NumericsContext } from '../context';
import { sampleWithoutReplacement } from '../random/sampling';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { evaluatorNames } from './names';
import { fitSeconds, joinSeconds, sharedSeconds } from './model-based/cost';
import { drawGenerator, type Draws } from './model-based/draws';
import { drawingDefaults, type DrawingParameters, type JoiningParameters } from './model-based/parameters';
import { withAndWithout } from './model-based/with-without';

export type InfluenceParameters = DrawingParameters & JoiningParameters;

const KEPT = 0.7;

/** To the nearest whole number, halves to the even one. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function seededDraws(input: EvaluatorInput, seed: number): Draws<Uint8Array> {
  const size = input.train.rows + input.auxiliary.rows;
  return (draw, attempt) => {
    const mask = new Uint8Array(size);
    for (const row of sampleWithoutReplacement(size, roundHalfToEven(KEPT * size), drawGenerator(seed, draw, attempt))) mask[row] = 1;
    return mask;
  };
}

/** Subsampled influence from given draws, or from seeded ones: seven tenths of all training and auxiliary rows. */
export function influence(
  input: EvaluatorInput,
  parameters: InfluenceParameters,
  context: NumericsContext = {},
  draws: Draws<Uint8Array> = seededDraws(input, parameters.seed),
): Promise<Evaluation> {
  return withAndWithout(input, parameters, draws, context);
}

/** Influence by subsampling (Feldman and Zhang 2020) as the EAP paper's program runs it (docs/methods/model-based-evaluators.md). */
export const influenceEvaluator: Evaluator<InfluenceParameters> = {
  id: 'INF',
  name: evaluatorNames.INF,
  description: 'How much better detectors fitted on random 70 % samples of all rows do with the auxiliary anomaly than without it.',
  limits: 'Values are means over random draws and so carry noise; other seeds give other orders.',
  inPaper: true,
  cost: 'many_fits',
  defaults: { ...drawingDefaults, mode: 'fast' },
  estimateSeconds(size, parameters) {
    const chosen = { ...influenceEvaluator.defaults, ...parameters };
    return sharedSeconds(size) + chosen.models * (fitSeconds(size, chosen, KEPT) + joinSeconds(size, chosen, KEPT, KEPT * size.auxiliary));
  },
  evaluate(input, parameters, context) {
    return influence(input, { ...influenceEvaluator.defaults, ...parameters }, context);
  },
};
