import type { EapResult } from '@/lib/anomaly/eap/eap';
import type { EapInput } from '@/lib/anomaly/eap/input';
import { describeEvaluator, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { AssayError } from '@/lib/errors';
import { given, parametersInForce, type ScoreChoices } from './choices';
import type { Compute } from './compute';

const eapSteps = {
  detector: 'fitting the detector',
  neighbours: 'measuring distances between training samples',
  spheres: 'building covering spheres',
  auxiliary: 'scoring auxiliary samples',
};

/** Values of the auxiliary rows by any evaluator. What only EAP knows, `eap` among it, is null for the others. */
export type Valuation = {
  readonly quality: Float64Array;
  readonly probability: Float64Array | null;
  readonly density: Float64Array | null;
  readonly rarity: Float64Array | null;
  readonly explanation: EapResult['explanation'] | null;
  readonly spread: EapResult['spread'] | null;
  readonly eap: (Pick<EapResult, 'kHat' | 'lambda' | 'alpha0' | 'beta0' | 'typicalRadius'> & { readonly spheres: number }) | null;
  /** Numbers of the whole run, as the evaluator names them. */
  readonly facts: Readonly<Record<string, number>>;
  /** Further numbers per auxiliary row, as the evaluator names them. */
  readonly parts: Readonly<Record<string, Float64Array>>;
  /** The choices in force, defaults included. */
  readonly parameters: Record<string, string | number | boolean | null>;
};

/**
 * Runs the evaluator of that name over vectors of a feature set or of a file.
 * @throws AssayError `parameter.invalid` for one that is not known
 */
export async function valueAuxiliary(evaluator: string, input: EapInput, choices: ScoreChoices, compute: Compute): Promise<Valuation> {
  if (evaluator === 'EAP') return eapValuation(await compute('eap', { input, parameters: parametersInForce(choices) }, { words: eapSteps }));
  if (!isEvaluatorId(evaluator)) throw new AssayError('parameter.invalid', `There is no evaluator named ${evaluator}.`);
  const parameters = { ...describeEvaluator(evaluator).defaults, ...given(choices.parameters), seed: choices.seed };
  const { values, columns, facts } = await compute('evaluate', { evaluator, input, parameters });
  const { probability = null, density = null, rarity = evaluator === 'RARITY' ? values : null, ...parts } = columns;
  return { quality: values, probability, density, rarity, explanation: null, spread: null, eap: null, facts, parts, parameters };
}

function eapValuation(result: EapResult): Valuation {
  const { kHat, lambda, alpha0, beta0, typicalRadius, centres, eta } = result;
  return {
    quality: result.quality,
    probability: result.probability,
    density: result.density,
    rarity: result.rarity,
    explanation: result.explanation,
    spread: result.spread ?? null,
    eap: { kHat, lambda, alpha0, beta0, typicalRadius, spheres: centres },
    facts: { eta },
    parts: {},
    parameters: { ...result.parameters, alpha0: result.parameters.alpha0 ?? null },
  };
}
