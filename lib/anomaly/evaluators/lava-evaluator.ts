import { checkEapInput } from '../eap/input';
import { NumericsError } from '../errors';
import { lavaExact, lavaFast } from '../transport/lava';
import type { Evaluator, EvaluatorMode } from './evaluator';
import { evaluatorNames } from './names';

export type LavaParameters = {
  /** Has no effect: nothing is drawn at random. */
  readonly seed: number;
  /** 'exact': one transport per auxiliary row; 'fast': one transport for all (ranks agree to 0.96-0.99 with the exact ones). */
  readonly mode: EvaluatorMode;
  /** true: the class costs that the released program mixes up; always one transport per auxiliary row. */
  readonly asReleased: boolean;
};

/** LAVA (Just et al. 2023): minus the calibrated gradient of the transport from the training set with x to the training set. */
export const lavaEvaluator: Evaluator<LavaParameters> = {
  id: 'LAVA',
  name: evaluatorNames.LAVA,
  description: 'How cheaply the auxiliary anomaly, as a labelled row, is moved onto the training set (optimal transport).',
  inPaper: true,
  cost: 'distances',
  defaults: { seed: 0, mode: 'fast', asReleased: false },
  estimateSeconds({ rows, auxiliary, columns }, { mode = 'fast', asReleased = false }) {
    const transports = mode === 'exact' || asReleased ? 2 + auxiliary * (asReleased ? 2 : 1) : 2;
    return 0.02 + rows * rows * (columns * 1e-9 + transports * SECONDS_PER_PAIR);
  },
  async evaluate(input, parameters, context = {}) {
    const { train, labels, auxiliary } = input;
    checkEapInput({ train, labels, auxiliary });
    const { mode, asReleased } = { ...lavaEvaluator.defaults, ...parameters };
    if (mode !== 'fast' && mode !== 'exact') throw new NumericsError('parameter.invalid', `The mode must be "fast" or "exact", not "${String(mode)}".`);
    if (asReleased && new Set(labels).size < 2) {
      throw new NumericsError('data.one_class', 'LAVA as released needs normals and known anomalies in the training set.');
    }
    const values = mode === 'exact' || asReleased ? await lavaExact(input, asReleased, context) : await lavaFast(input, context);
    return { values, columns: {}, facts: {} };
  },
};

/** One annealed solve, about 15 sweeps over all pairs. */
const SECONDS_PER_PAIR = 6e-8;
