import { checkEapInput } from '../eap/input';
import { coveringSpheres, rarityOf } from '../eap/rarity';
import type { Ball } from '../eap/spheres';
import type { Evaluator } from './evaluator';
import { evaluatorNames } from './names';

export type RarityParameters = {
  /** Has no effect: rarity draws nothing at random. */
  readonly seed: number;
  /** Neighbour whose distance is a sphere's radius; cut to the training rows - 1. */
  readonly k: number;
  readonly ball: Ball;
  /** true: open spheres, as in the released program, where no ball is given. Matters only for rows at a sphere's very edge. */
  readonly asReleased: boolean;
};

/** RARITY (Han et al. 2023): r_10(x) with all training rows as centres; 0, ranked last, outside all spheres. */
export const rarityEvaluator: Evaluator<RarityParameters> = {
  id: 'RARITY',
  name: evaluatorNames.RARITY,
  description: 'Radius of the smallest sphere around a training row and its 10 nearest that holds the auxiliary anomaly; 0 outside all of them.',
  inPaper: true,
  cost: 'distances',
  defaults: { seed: 0, k: 10, ball: 'closed', asReleased: false },
  estimateSeconds({ rows, auxiliary, columns }) {
    const pairs = rows * (rows + auxiliary);
    return 0.02 + pairs * columns * 2e-10 + pairs * 1e-8;
  },
  async evaluate(input, parameters, context = {}) {
    checkEapInput(input);
    const { k } = { ...rarityEvaluator.defaults, ...parameters };
    const ball = parameters.ball ?? (parameters.asReleased === true ? 'open' : 'closed');
    const centres = Int32Array.from({ length: input.train.rows }, (_, i) => i);
    const spheres = await coveringSpheres(input.train, centres, k, ball, context);
    return { values: await rarityOf(input.auxiliary, input.train, spheres, context), columns: {}, facts: {} };
  },
};
