import { pause, type NumericsContext } from '../context';
import type { Evaluation, Evaluator, EvaluatorInput } from './evaluator';
import { evaluatorNames } from './names';
import { fitSeconds, joinSeconds, sharedSeconds } from './model-based/cost';
import { detectorDefaults, type DetectorParameters, type JoiningParameters } from './model-based/parameters';
import { prepareSetting } from './model-based/setting';
import { SubsetDetector } from './model-based/subset-detector';

export type LooParameters = DetectorParameters & JoiningParameters;

const ROWS_PER_PAUSE = { fast: 256, exact: 8 };

async function leaveOneOut(input: EvaluatorInput, parameters: LooParameters, context: NumericsContext): Promise<Evaluation> {
  const setting = await prepareSetting(input, parameters, context);
  const { rows, auxiliary } = setting;
  const { mode } = parameters;
  const detector = new SubsetDetector(setting);
  detector.observe(Int32Array.from({ length: rows }, (_, i) => i));
  const alone = detector.fit();
  const values = new Float64Array(auxiliary);
  for (let x = 0; x < auxiliary; x += 1) {
    if (x % ROWS_PER_PAUSE[mode] === 0) {
      await pause(context);
      context.onProgress?.(x, auxiliary, 'auxiliary');
    }
    values[x] = detector.utilityWith(x, mode) - alone;
  }
  context.onProgress?.(auxiliary, auxiliary, 'auxiliary');
  return { values, columns: {}, facts: { baseUtility: alone } };
}

/** Leave-one-out: U(D + x) - U(D), U the F1 on D of the detector (docs/methods/model-based-evaluators.md). Many ties. */
export const looEvaluator: Evaluator<LooParameters> = {
  id: 'LOO',
  name: evaluatorNames.LOO,
  description: 'Leave-one-out: how much the detector improves on the training set when the auxiliary anomaly alone is added to it.',
  limits: 'F1 moves in coarse steps, so most auxiliary anomalies share a few values; the fast mode can order them otherwise than the exact one.',
  inPaper: true,
  cost: 'many_fits',
  // It needs one fit an auxiliary row only, and its fast mode is no faithful stand-in (docs/benchmarks.md).
  defaults: { ...detectorDefaults, mode: 'exact' },
  estimateSeconds(size, parameters) {
    const chosen = { ...looEvaluator.defaults, ...parameters };
    return sharedSeconds(size) + fitSeconds(size, chosen, 1) + joinSeconds(size, chosen, 1, size.auxiliary);
  },
  evaluate(input, parameters, context = {}) {
    return leaveOneOut(input, { ...looEvaluator.defaults, ...parameters }, context);
  },
};
