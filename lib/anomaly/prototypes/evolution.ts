import { pause, type NumericsContext } from '../context';
import { checkWhole } from '../detectors/check-parameter';
import { NumericsError } from '../errors';
import { createRandom, type RandomGenerator } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
import type { SubsetFitness } from './fitness';
import { KnownSubsets } from './known-subsets';

/** Settings of the paper. */
export const paperEvolution = { population: 1000, generations: 500 } as const;

export type EvolutionOptions = {
  readonly seed: number;
  /** P, at least 2; default 1,000. */
  readonly population?: number;
  /** G; default 500. */
  readonly generations?: number;
};

export type Evolved = {
  /** Row numbers of the best individual of the final population, ascending. */
  readonly members: Int32Array;
  readonly fitness: number;
  /** Best fitness after each generation. */
  readonly history: readonly number[];
};

type Individual = { readonly members: Int32Array; readonly fitness: number };

/** Generations between two looks at the cancel signal where a fitness needs no waiting. */
const PAUSE_EVERY = 5;

/** Draws new individuals from old ones; `mark` tells what is in a set without building one. */
class Breeder {
  private readonly mark: Int32Array;
  private readonly pool: Int32Array;
  private stamp = 0;

  constructor(
    private readonly size: number,
    private readonly count: number,
    private readonly random: RandomGenerator,
  ) {
    this.mark = new Int32Array(size);
    this.pool = new Int32Array(Math.max(size, 2 * count));
  }

  initial(): Int32Array {
    return sampleWithoutReplacement(this.size, this.count, this.random);
  }

  /** Crossover with another parent or mutation, with equal chances; one sample of all there are cannot be replaced by another. */
  next(parent: Int32Array, other: () => Int32Array): Int32Array {
    const crossing = this.size === this.count || this.random.uint32() < 2 ** 31;
    return crossing ? this.crossover(parent, other()) : this.mutation(parent);
  }

  /** M members drawn from the union of both parents. */
  private crossover(first: Int32Array, second: Int32Array): Int32Array {
    this.stamp += 1;
    let length = 0;
    for (const parent of [first, second]) {
      for (const member of parent) {
        if (this.mark[member] === this.stamp) continue;
        this.mark[member] = this.stamp;
        this.pool[length++] = member;
      }
    }
    const child = new Int32Array(this.count);
    for (let i = 0; i < this.count; i += 1) {
      const j = i + this.random.integer(length - i);
      child[i] = this.pool[j]!;
      this.pool[j] = this.pool[i]!;
    }
    return child;
  }

  /** One member replaced by a sample that is not one (Eq. 4). */
  private mutation(parent: Int32Array): Int32Array {
    this.stamp += 1;
    for (const member of parent) this.mark[member] = this.stamp;
    const child = parent.slice();
    const out = this.random.integer(this.count);
    for (;;) {
      const sample = this.random.integer(this.size);
      if (this.mark[sample] === this.stamp) continue;
      child[out] = sample;
      return child;
    }
  }
}

/**
 * The evolutionary algorithm of "How Low Can You Go?" (algorithm 1): random subsets of `count` of `size` normals; in every generation the less
 * fit half is removed, and each individual that is left gives a new one by crossover (members drawn from the union of two parents) or mutation (one
 * member replaced), with equal chances. The best never gets lost. Deterministic for a seed; of equals the older individual stays.
 * Throws `parameter.invalid` unless 1 <= count <= size, `job.cancelled`.
 */
export async function evolveSubset(size: number, count: number, fitness: SubsetFitness, options: EvolutionOptions, context: NumericsContext = {}): Promise<Evolved> {
  const { seed, population = paperEvolution.population, generations = paperEvolution.generations } = options;
  if (!Number.isSafeInteger(count) || count < 1 || count > size) throw new NumericsError('parameter.invalid', `Of ${size} normals from 1 to ${size} can be chosen, not ${count}.`);
  checkWhole('The population', population, 2);
  checkWhole('The number of generations', generations, 0);
  const random = createRandom(seed);
  const breeder = new Breeder(size, count, random);
  const judged = judge(new KnownSubsets(size), fitness, context);
  let individuals = await judged(Array.from({ length: population }, () => breeder.initial()));
  const survivors = Math.ceil(population / 2);
  const history: number[] = [];
  for (let generation = 1; generation <= generations; generation += 1) {
    if (generation % PAUSE_EVERY === 1) await pause(context);
    const fittest = individuals.sort(byFitness).slice(0, survivors);
    const parent = () => fittest[random.integer(fittest.length)]!.members;
    const children = fittest.slice(0, population - survivors).map(({ members }) => breeder.next(members, parent));
    individuals = [...fittest, ...(await judged(children))];
    history.push(individuals.reduce((best, one) => Math.max(best, one.fitness), -Infinity));
    context.onProgress?.(generation, generations, 'evolution');
  }
  const best = individuals.sort(byFitness)[0]!;
  return { members: best.members.slice().sort(), fitness: best.fitness, history };
}

/** The sort is stable: of equals the older one stays ahead. */
function byFitness(a: Individual, b: Individual): number {
  return b.fitness - a.fitness;
}

/** Gives subsets their fitness; what was seen before is not computed again. */
function judge(known: KnownSubsets, fitness: SubsetFitness, context: NumericsContext): (subsets: readonly Int32Array[]) => Promise<Individual[]> {
  const compute = async (members: Int32Array, value: number | Promise<number>): Promise<number> => {
    const found = typeof value === 'number' ? value : await value;
    known.add(members, found);
    if (typeof value !== 'number') await pause(context);
    return found;
  };
  return async (subsets) => {
    const found: Individual[] = [];
    for (const members of subsets) found.push({ members, fitness: known.get(members) ?? (await compute(members, fitness(members))) });
    return found;
  };
}
