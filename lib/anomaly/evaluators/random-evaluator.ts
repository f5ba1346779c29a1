import { throwIfCancelled } from '../context';
import { checkEapInput } from '../eap/input';
import { createRandom } from '../random/generator';
import type { Evaluator } from './evaluator';
import { evaluatorNames } from './names';

export type RandomParameters = { readonly seed: number };

/** Keeps these draws apart from all others under the same seed. */
const RANDOM_STREAM = 0x52_41_4e_44;

/** RANDOMEV: the baseline that knows nothing, uniform in [0, 1). */
export const randomEvaluator: Evaluator<RandomParameters> = {
  id: 'RANDOMEV',
  name: evaluatorNames.RANDOMEV,
  description: 'A random number for every auxiliary anomaly: what any evaluator must beat.',
  inPaper: true,
  cost: 'distances',
  defaults: { seed: 0 },
  estimateSeconds() {
    return 0.001;
  },
  async evaluate(input, parameters, context = {}) {
    throwIfCancelled(context);
    const { train, labels, auxiliary } = input;
    checkEapInput({ train, labels, auxiliary });
    const random = createRandom({ ...randomEvaluator.defaults, ...parameters }.seed, RANDOM_STREAM);
    return { values: Float64Array.from({ length: auxiliary.rows }, () => random.uniform()), columns: {}, facts: {} };
  },
};
