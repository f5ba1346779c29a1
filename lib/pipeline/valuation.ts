import type { EapResult } from '@/lib/anomaly/eap/eap';
import type { EapInput } from '@/lib/anomaly/eap/input';
import { evaluateWith, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from './context';
import { given, scoreVectors, withNumerics, type ScoreChoices } from './score-vectors';

/** Values of the auxiliary rows by any evaluator. What only EAP knows is null for the others. */
export type Valuation = {
  readonly quality: Float64Array;
  readonly probability: Float64Array | null;
  readonly density: Float64Array | null;
  readonly rarity: Float64Array | null;
  readonly explanation: EapResult['explanation'] | null;
  readonly spread: EapResult['spread'] | null;
  readonly facts: Pick<EapResult, 'kHat' | 'lambda' | 'alpha0' | 'beta0' | 'typicalRadius'> & { readonly spheres: number } | null;
  /** The choices in force, defaults included. */
  readonly parameters: Record<string, string | number | boolean | null>;
};

/** Runs the evaluator of that name. @throws AssayError `parameter.invalid` for one that is not known */
export async function valueAuxiliary(
  evaluator: string,
  input: EapInput,
  choices: ScoreChoices,
  context: Pick<PipelineContext, 'signal' | 'progress'>,
): Promise<Valuation> {
  if (evaluator === 'EAP') return eapValuation(await scoreVectors(input, choices, context));
  if (!isEvaluatorId(evaluator)) throw new AssayError('parameter.invalid', `There is no evaluator named ${evaluator}.`);
  const parameters = { ...given(choices.parameters), seed: choices.seed };
  const { values, columns } = await withNumerics(context, {}, (numerics) => evaluateWith(evaluator, input, parameters, numerics));
  return {
    quality: values,
    probability: columns['probability'] ?? null,
    density: columns['density'] ?? null,
    rarity: evaluator === 'RARITY' ? values : (columns['rarity'] ?? null),
    explanation: null,
    spread: null,
    facts: null,
    parameters,
  };
}

function eapValuation(result: EapResult): Valuation {
  const { kHat, lambda, alpha0, beta0, typicalRadius, centres } = result;
  return {
    quality: result.quality,
    probability: result.probability,
    density: result.density,
    rarity: result.rarity,
    explanation: result.explanation,
    spread: result.spread ?? null,
    facts: { kHat, lambda, alpha0, beta0, typicalRadius, spheres: centres },
    parameters: { ...result.parameters, alpha0: result.parameters.alpha0 ?? null },
  };
}
