import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { eapEvaluator } from './eap-evaluator';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { rarityEvaluator } from './rarity-evaluator';

/** All evaluators, in the order in which they are offered. A new one is a file beside this one and a line here. */
const evaluators = { EAP: eapEvaluator, RARITY: rarityEvaluator } as const;

export type EvaluatorId = keyof typeof evaluators;

/** What is known about an evaluator without running it. */
export type EvaluatorDescription = Omit<Evaluator<{ readonly seed: number }>, 'evaluate'>;

export const evaluatorIds = Object.keys(evaluators) as readonly EvaluatorId[];

export function isEvaluatorId(id: string): id is EvaluatorId {
  return Object.hasOwn(evaluators, id);
}

export function describeEvaluator(id: EvaluatorId): EvaluatorDescription {
  return evaluators[id];
}

/** Runs an evaluator by name. `parameters` override its defaults; unknown names give `parameter.invalid`. */
export function evaluateWith(
  id: EvaluatorId,
  input: EvaluatorInput,
  parameters: Readonly<Record<string, unknown>> & { readonly seed?: number },
  context: NumericsContext = {},
): Promise<Evaluation> {
  const evaluator: Evaluator<{ readonly seed: number }> = evaluators[id];
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(evaluator.defaults, name));
  if (unknown !== undefined) {
    return Promise.reject(new NumericsError('parameter.invalid', `${evaluator.name} has no parameter named "${unknown}".`));
  }
  return evaluator.evaluate(input, parameters, context);
}
