import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { ameEvaluator } from './ame-evaluator';
import { capEvaluator } from './cap-evaluator';
import { conditionalEvaluator } from './conditional-evaluator';
import { dataBanzhafEvaluator } from './data-banzhaf-evaluator';
import { dataOobEvaluator } from './data-oob-evaluator';
import { densityAndConditionalEvaluator } from './density-and-conditional-evaluator';
import { densityEvaluator } from './density-evaluator';
import { eapEvaluator } from './eap-evaluator';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { influenceEvaluator } from './influence-evaluator';
import { knnShapleyEvaluator } from './knn-shapley-evaluator';
import { looEvaluator } from './loo-evaluator';
import { lavaEvaluator } from './lava-evaluator';
import { randomEvaluator } from './random-evaluator';
import { rarityEvaluator } from './rarity-evaluator';

/**
 * All evaluators, in the order in which they are offered: EAP, the twelve others of its paper, then those in no paper. A new one is a
 * file beside this one and a line here.
 */
const evaluators = {
  EAP: eapEvaluator,
  LOO: looEvaluator,
  KNNSHAP: knnShapleyEvaluator,
  DATABANZHAF: dataBanzhafEvaluator,
  AME: ameEvaluator,
  INF: influenceEvaluator,
  DATAOOB: dataOobEvaluator,
  LAVA: lavaEvaluator,
  RANDOMEV: randomEvaluator,
  RARITY: rarityEvaluator,
  P_X: densityEvaluator,
  P_YX: conditionalEvaluator,
  P_YX_NPX: densityAndConditionalEvaluator,
  CAP: capEvaluator,
} as const;

export type EvaluatorId = keyof typeof evaluators;

/** What is known about an evaluator without running it. */
export type EvaluatorDescription = Omit<Evaluator<{ readonly seed: number }>, 'evaluate'>;

export const evaluatorIds = Object.keys(evaluators) as readonly EvaluatorId[];

export function isEvaluatorId(id: string): id is EvaluatorId {
  return Object.hasOwn(evaluators, id);
}

/** The evaluator whose id or printed name `text` is, in any case ("P_y|x", "p_yx", "KNNSHAP"); undefined when there is none. */
export function evaluatorIdOf(text: string): EvaluatorId | undefined {
  const wanted = text.trim().toLowerCase();
  return evaluatorIds.find((id) => id.toLowerCase() === wanted || evaluators[id].name.toLowerCase() === wanted);
}

export function describeEvaluator(id: EvaluatorId): EvaluatorDescription {
  return evaluators[id];
}

/** Throws `parameter.invalid` for a name that is none of the evaluator's parameters. */
export function checkParameterNames(id: EvaluatorId, parameters: Readonly<Record<string, unknown>>): void {
  const { name, defaults } = evaluators[id];
  const unknown = Object.keys(parameters).find((key) => !Object.hasOwn(defaults, key));
  if (unknown !== undefined) throw new NumericsError('parameter.invalid', `${name} has no parameter named "${unknown}".`);
}

/** Runs an evaluator by its id. `parameters` override its defaults; unknown names give `parameter.invalid`. */
export async function evaluateWith(
  id: EvaluatorId,
  input: EvaluatorInput,
  parameters: Readonly<Record<string, unknown>> & { readonly seed?: number },
  context: NumericsContext = {},
): Promise<Evaluation> {
  checkParameterNames(id, parameters);
  const evaluator: Evaluator<{ readonly seed: number }> = evaluators[id];
  return evaluator.evaluate(input, parameters, context);
}
