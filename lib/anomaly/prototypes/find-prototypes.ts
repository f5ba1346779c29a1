import { throwIfCancelled, type NumericsContext } from '../context';
import { checkMatrix, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
import { evolveSubset } from './evolution';
import { fastAuroc } from './fast-auroc';
import { equationThreeFitness, neighbourFitness, refittedFitness, type SubsetFitness } from './fitness';
import { mixtureCoreSet } from './gaussian-mixture';
import { greedyOrder, singleAurocs } from './greedy';
import { checkLabelledRows, type LabelledRows } from './labelled-rows';
import { longTail, neighbourPresence, refittedPresence, type TailEntry } from './long-tail';
import { neighboursOf, planPrototypes, type PrototypeMethod, type PrototypeOptions, type PrototypePlan } from './prototype-options';
import { scoresTrainedOn, singleScores } from './single-scores';

export type PrototypeInput = {
  /** Candidate normals, N x d. */
  readonly normals: Matrix;
  /** What subsets are chosen by; null where there are no labels. */
  readonly validation: LabelledRows | null;
  /** What chosen subsets are judged by: rows that took no part in the choice. Null where there are none. */
  readonly test: LabelledRows | null;
};

/** AUROC of a detector trained with a subset; null where there is no such set. */
export type SubsetAurocs = { readonly validation: number | null; readonly test: number | null };

export type ChosenSubset = SubsetAurocs & {
  readonly method: PrototypeMethod;
  readonly size: number;
  /** Row numbers of the chosen normals; greedy: best first, core-set: heaviest component first, evolution: ascending. */
  readonly members: readonly number[];
  /** Best fitness by generation; empty but for evolution. */
  readonly history: readonly number[];
};

/** Random subsets of one size, for comparison. */
export type RandomSubsets = {
  readonly size: number;
  readonly draws: readonly SubsetAurocs[];
};

export type Prototypes = {
  readonly plan: PrototypePlan;
  /** Training with all normals. */
  readonly full: SubsetAurocs;
  /** By method, then by size. */
  readonly chosen: readonly ChosenSubset[];
  readonly random: readonly RandomSubsets[];
  /** Every normal, most harmful first; empty where it was not asked for. */
  readonly tail: readonly TailEntry[];
};

/** Seeds of the parts, so that one does not shift the draws of another. */
const streams = { evolution: 1, coreSet: 2, random: 3 } as const;

type Judge = (members: ArrayLike<number>) => Promise<SubsetAurocs>;

/**
 * Prototypes of normality ("How Low Can You Go?", Sections 3 and 4): chooses M normals that a detector is best trained with, by up to three
 * methods and for several M, and compares them with random subsets and training with all. Plain data in, plain data out; the same input and seed give
 * the same result. Throws `data.*`, `parameter.invalid`, `job.cancelled`.
 */
export async function findPrototypes(input: PrototypeInput, options: PrototypeOptions, context: NumericsContext = {}): Promise<Prototypes> {
  const { normals, validation, test } = input;
  checkMatrix(normals, 'The normals');
  if (validation !== null) checkLabelledRows(validation, normals.cols, 'The validation set');
  if (test !== null) checkLabelledRows(test, normals.cols, 'The test set');
  const plan = planPrototypes(options, normals.rows, validation !== null);
  const judge = judgeOf(input, plan, context);
  const full = await judge(Int32Array.from({ length: normals.rows }, (_, row) => row));
  const singles = validation === null ? null : await labelledWork(normals, validation, plan, context);
  const chosen: ChosenSubset[] = [];
  for (const method of plan.methods) {
    for (const size of plan.sizes) {
      throwIfCancelled(context);
      const { members, history } = await choose(method, size, normals, singles, plan, context);
      chosen.push({ method, size, members: [...members], history, ...(await judge(members)) });
    }
  }
  const random = await randomSubsets(normals.rows, plan, judge, context);
  const tail = singles === null || !plan.longTail ? [] : longTail(singles.alone, await singles.presence());
  return { plan, full, chosen, random, tail };
}

function judgeOf({ normals, validation, test }: PrototypeInput, { detector }: PrototypePlan, context: NumericsContext): Judge {
  const aurocOn = async (rows: LabelledRows | null, members: ArrayLike<number>) => (rows === null ? null : fastAuroc(rows.labels)(await scoresTrainedOn(detector, normals, members, rows.points, context)));
  return async (members) => ({ validation: await aurocOn(validation, members), test: await aurocOn(test, members) });
}

/** What is computed once from normals and validation set and used for every M. */
type LabelledWork = {
  /** AUROC of each normal as the only one. */
  readonly alone: Float64Array;
  readonly greedy: Int32Array;
  readonly fitness: SubsetFitness;
  presence(): Promise<Float64Array>;
};

async function labelledWork(normals: Matrix, validation: LabelledRows, plan: PrototypePlan, context: NumericsContext): Promise<LabelledWork> {
  const { detector, fitness } = plan;
  const scores = await singleScores(detector, normals, validation.points, context);
  const alone = singleAurocs(scores, validation.labels);
  const neighbours = detector.id === 'knn' ? neighboursOf(detector) : null;
  const byAuroc = () => (neighbours === null ? refittedFitness(detector, normals, validation, context) : neighbourFitness(scores, validation.labels, neighbours));
  return {
    alone,
    greedy: greedyOrder(alone),
    fitness: fitness === 'equation-3' ? equationThreeFitness(scores, validation.labels) : byAuroc(),
    presence: () => (neighbours === null ? refittedPresence(detector, normals, validation, context) : neighbourPresence(scores, validation.labels, neighbours, context)),
  };
}

async function choose(method: PrototypeMethod, size: number, normals: Matrix, work: LabelledWork | null, plan: PrototypePlan, context: NumericsContext): Promise<{ members: Int32Array; history: readonly number[] }> {
  const seed = createRandom(plan.seed, method === 'evolution' ? streams.evolution : streams.coreSet).uint32();
  // Planning has made sure that there are labels for all methods but the core-set.
  if (method === 'core-set' || work === null) return { members: await mixtureCoreSet(normals, size, { seed }, context), history: [] };
  if (method === 'greedy') return { members: work.greedy.slice(0, size), history: [] };
  const step = `evolution of ${size}`;
  const onProgress = context.onProgress && ((done: number, total: number) => context.onProgress?.(done, total, step));
  return evolveSubset(normals.rows, size, work.fitness, { seed, population: plan.population, generations: plan.generations }, { ...context, onProgress });
}

async function randomSubsets(rows: number, { sizes, randomDraws, seed }: PrototypePlan, judge: Judge, context: NumericsContext): Promise<RandomSubsets[]> {
  const random = createRandom(seed, streams.random);
  const found: RandomSubsets[] = [];
  for (const size of sizes) {
    const draws: SubsetAurocs[] = [];
    for (let draw = 0; draw < randomDraws; draw += 1) {
      throwIfCancelled(context);
      draws.push(await judge(sampleWithoutReplacement(rows, size, random)));
    }
    found.push({ size, draws });
  }
  return found;
}

/** Mean and standard deviation (divisor n) of what was found on one of the sets; null where there is nothing. */
export function randomSummary({ draws }: RandomSubsets, set: keyof SubsetAurocs): { readonly mean: number; readonly standardDeviation: number } | null {
  const values = draws.flatMap((draw) => (draw[set] === null ? [] : [draw[set]]));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, standardDeviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}
