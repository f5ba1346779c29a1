import type { CostClass } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, evaluatorIds, type EvaluatorDescription, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';

/** Evaluators that are offered together, under what they have in common. */
export type EvaluatorGroup = { readonly id: string; readonly title: string; readonly evaluators: readonly EvaluatorDescription[] };

const costTitles: readonly (readonly [CostClass, string])[] = [
  ['distances', 'Distances only'],
  ['one_fit', 'One detector fit'],
  ['many_fits', 'Many fits'],
];

/** The evaluators of the registry as they are offered: the default one, the paper's others by what they compute from, our own. */
export function evaluatorGroups(): EvaluatorGroup[] {
  const all = evaluatorIds.map((id) => describeEvaluator(id));
  const others = all.filter(({ id, inPaper }) => inPaper && id !== 'EAP');
  return [
    { id: 'default', title: 'Default ranking', evaluators: all.filter(({ id }) => id === 'EAP') },
    ...costTitles.map(([cost, title]) => ({ id: cost, title, evaluators: others.filter((one) => one.cost === cost) })),
    { id: 'own', title: 'Our own', evaluators: all.filter(({ inPaper }) => !inPaper) },
  ].filter(({ evaluators }) => evaluators.length > 0);
}

/** Whether an evaluator has a parameter, which its defaults name. */
export function hasParameter(id: EvaluatorId, name: string): boolean {
  return Object.hasOwn(describeEvaluator(id).defaults, name);
}
