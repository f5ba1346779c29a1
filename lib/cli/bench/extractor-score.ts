import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { featureBlocks, type FeatureBlock } from './extractor-blocks';
import { describeCandidate, type Candidate } from './extractor-candidates';
import { coefficientsOf, type Coefficients, type CoefficientSetting } from './extractor-coefficients';
import type { DevelopmentSet } from './extractor-development-sets';

/** AUROC of a candidate on every set, and the mean over the groups of sets. */
export type CandidateScore = { readonly candidate: Candidate; readonly bySet: readonly number[]; readonly mean: number };

const neighbours = 3;

/** A block's values, one row an image. */
export function blockRows({ parts, length }: FeatureBlock, coefficients: Coefficients, images: number): Float32Array {
  const rows = new Float32Array(images * length);
  let at = 0;
  for (const { output, minus } of parts) {
    const values = coefficients.get(output)!;
    const less = minus === undefined ? undefined : coefficients.get(minus)!;
    for (let i = 0; i < images; i += 1) {
      for (let c = 0; c < values.length; c += 1) {
        const level = less === undefined ? 0 : less.data[i * less.length + (c % less.length)]!;
        rows[i * length + at + c] = values.data[i * values.length + c]! - level;
      }
    }
    at += values.length;
  }
  return rows;
}

/** Squared distances of every test image to every training image over a block, divided by the block's length. */
function blockDistances(rows: Float32Array, length: number, train: number): Float32Array {
  const tests = rows.length / length - train;
  const distances = new Float32Array(tests * train);
  for (let t = 0; t < tests; t += 1) {
    const from = (train + t) * length;
    for (let n = 0; n < train; n += 1) {
      let sum = 0;
      for (let c = 0; c < length; c += 1) sum += (rows[from + c]! - rows[n * length + c]!) ** 2;
      distances[t * train + n] = sum / length;
    }
  }
  return distances;
}

/** Mean of the smallest distances (roots of the squares in a row). */
function nearestMean(squares: Float32Array, from: number, count: number): number {
  const best = new Float64Array(neighbours).fill(Infinity);
  for (let i = 0; i < count; i += 1) {
    const value = squares[from + i]!;
    if (value >= best[neighbours - 1]!) continue;
    let place = neighbours - 1;
    for (; place > 0 && best[place - 1]! > value; place -= 1) best[place] = best[place - 1]!;
    best[place] = value;
  }
  return best.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0) / neighbours;
}

/** Scores candidates; coefficients and distances of blocks are kept, so that another weight costs a sum and no extraction. */
export class CandidateScorer {
  readonly #sets: readonly DevelopmentSet[];
  readonly #settings = new Map<string, readonly Coefficients[]>();
  readonly #distances = new Map<string, readonly Float32Array[]>();
  readonly #scores = new Map<string, CandidateScore>();

  constructor(sets: readonly DevelopmentSet[]) {
    this.#sets = sets;
  }

  /** Everything scored so far. */
  get scored(): readonly CandidateScore[] {
    return [...this.#scores.values()];
  }

  /** How many networks were run over all images. */
  get settings(): number {
    return this.#settings.size;
  }

  async score(candidate: Candidate): Promise<CandidateScore> {
    const key = describeCandidate(candidate);
    const known = this.#scores.get(key);
    if (known !== undefined) return known;
    const blocks = featureBlocks(candidate).filter(({ weight }) => weight > 0);
    const { size, sigma, frequency, slant, floor } = candidate;
    const distances: (readonly Float32Array[])[] = [];
    for (const block of blocks) distances.push(await this.#blockDistances({ size, sigma, frequency, slant, floor }, block));
    const bySet = this.#sets.map((set, s) => auroc(set, distances.map((perSet, b) => ({ squares: perSet[s]!, factor: blocks[b]!.weight ** 2 }))));
    const score = { candidate, bySet, mean: meanOverGroups(this.#sets, bySet) };
    this.#scores.set(key, score);
    return score;
  }

  async #coefficients(setting: CoefficientSetting): Promise<readonly Coefficients[]> {
    const key = JSON.stringify(setting);
    let known = this.#settings.get(key);
    if (known === undefined) {
      const fresh: Coefficients[] = [];
      for (const { images } of this.#sets) fresh.push(await coefficientsOf(setting, images));
      known = fresh;
      this.#settings.set(key, known);
    }
    return known;
  }

  async #blockDistances(setting: CoefficientSetting, block: FeatureBlock): Promise<readonly Float32Array[]> {
    const key = JSON.stringify([setting, block.parts]);
    let known = this.#distances.get(key);
    if (known === undefined) {
      const coefficients = await this.#coefficients(setting);
      known = this.#sets.map(({ images, train }, s) => blockDistances(blockRows(block, coefficients[s]!, images.length), block.length, train));
      this.#distances.set(key, known);
    }
    return known;
  }
}

function auroc({ images, train, good }: DevelopmentSet, parts: readonly { squares: Float32Array; factor: number }[]): number {
  const tests = images.length - train;
  const squares = new Float32Array(tests * train);
  for (const { squares: part, factor } of parts) for (let i = 0; i < squares.length; i += 1) squares[i] = squares[i]! + factor * part[i]!;
  const scores = Float64Array.from({ length: tests }, (_, t) => nearestMean(squares, t * train, train));
  return rocAuc(Uint8Array.from(scores, (_, t) => (t >= good ? 1 : 0)), scores);
}

/** Sets of one group share its say. */
function meanOverGroups(sets: readonly DevelopmentSet[], bySet: readonly number[]): number {
  const groups = [...new Set(sets.map(({ group }) => group))];
  const means = groups.map((group) => {
    const values = bySet.filter((_, s) => sets[s]!.group === group);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  return means.reduce((sum, value) => sum + value, 0) / means.length;
}
