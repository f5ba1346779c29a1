import { checkWhole } from '../detectors/check-parameter';
import { NumericsError } from '../errors';
import { paperEvolution } from './evolution';
import type { PrototypeDetector } from './single-scores';

/** How subsets are chosen: by single AUROC, by the evolutionary algorithm, or without labels by a Gaussian mixture. */
export const prototypeMethods = ['greedy', 'evolution', 'core-set'] as const;
export type PrototypeMethod = (typeof prototypeMethods)[number];

/** What evolution maximises: the paper's Eq. 3 on scores of single normals, or the AUROC of the detector trained with the subset. */
export const prototypeFitnesses = ['equation-3', 'auroc'] as const;
export type PrototypeFitness = (typeof prototypeFitnesses)[number];

/** M of the paper's tables. */
export const paperSizes: readonly number[] = [1, 5, 10, 25];

/** Population and generations where every subset needs a fit of its own. */
const fewFits = { population: 20, generations: 10 } as const;

export type PrototypeOptions = {
  readonly seed: number;
  /** Default: deep k-NN. */
  readonly detector?: PrototypeDetector;
  /** Numbers M of normals to choose; default 1, 5, 10, 25. Those above the number of normals are left out. */
  readonly sizes?: readonly number[];
  /** Default: all that the data allow. */
  readonly methods?: readonly PrototypeMethod[];
  /** Default: equation-3. */
  readonly fitness?: PrototypeFitness;
  /** Default: 1,000 and 500 as in the paper, or 20 and 10 where every subset needs a fit of its own. */
  readonly population?: number;
  readonly generations?: number;
  /** Random subsets of each size; default 10. */
  readonly randomDraws?: number;
  /** Whether the long tail is computed; default true. */
  readonly longTail?: boolean;
};

/** Options with every default filled in. */
export type PrototypePlan = Required<PrototypeOptions>;

/** Neighbours of deep k-NN. */
export function neighboursOf({ parameters }: PrototypeDetector): number {
  const k = parameters?.['k'] ?? 3;
  if (typeof k !== 'number') throw new NumericsError('parameter.invalid', 'The number of neighbours must be a whole number.');
  checkWhole('The number of neighbours', k, 1);
  return k;
}

/**
 * Fills in defaults for a number of normals.
 * @param labelled whether there is a validation set; without one only the core-set can be chosen
 */
export function planPrototypes(options: PrototypeOptions, normals: number, labelled: boolean): PrototypePlan {
  const { detector = { id: 'knn' }, fitness = 'equation-3', randomDraws = 10, longTail = labelled } = options;
  const methods = options.methods ?? (labelled ? prototypeMethods : (['core-set'] as const));
  if (!labelled && (longTail || methods.some((method) => method !== 'core-set'))) {
    throw new NumericsError('parameter.invalid', 'Without a validation set that has labels only the core-set can be chosen, and no long tail.');
  }
  checkWhole('The number of random subsets', randomDraws, 0);
  const effort = needsFits(detector, fitness) ? fewFits : paperEvolution;
  const { population = effort.population, generations = effort.generations } = options;
  checkWhole('The population', population, 2);
  checkWhole('The number of generations', generations, 0);
  const sizes = possibleSizes(options.sizes ?? paperSizes, normals);
  return { seed: options.seed, detector, sizes, methods, fitness, population, generations, randomDraws, longTail };
}

/** Different sizes, ascending, without those that there are too few normals for. */
function possibleSizes(sizes: readonly number[], normals: number): number[] {
  for (const size of sizes) checkWhole('The number of prototypes', size, 1);
  const possible = [...new Set(sizes)].filter((size) => size <= normals).sort((a, b) => a - b);
  if (possible.length > 0) return possible;
  throw new NumericsError('data.too_few_rows', `There are ${normals} normals, too few to choose ${Math.min(...sizes)} of.`);
}

/** Whether evolution must fit a detector for every subset. */
export function needsFits(detector: PrototypeDetector, fitness: PrototypeFitness): boolean {
  return fitness === 'auroc' && detector.id !== 'knn';
}
