import { createRandom } from '../random/generator';

type Entry = { readonly members: Int32Array; readonly fitness: number };

/** Keys need not be secret, only mixed; a seed of their own keeps them from shifting the draws of who uses them. */
const KEY_SEED = 7;

/**
 * Fitness of subsets that were seen before, whatever the order of their members: a population that has settled breeds the same subsets over and
 * over. Subsets are found by a sum of random keys and then compared member by member.
 */
export class KnownSubsets {
  private readonly entries = new Map<number, Entry[]>();
  private readonly keys: Float64Array;
  private readonly mark: Int32Array;
  private stamp = 0;

  constructor(size: number) {
    const random = createRandom(KEY_SEED);
    // 2^40 keys of whole numbers: sums of up to 2^13 of them stay exact.
    this.keys = Float64Array.from({ length: size }, () => Math.floor(random.uniform() * 2 ** 40));
    this.mark = new Int32Array(size);
  }

  get(members: Int32Array): number | undefined {
    return this.entries.get(this.keyOf(members))?.find((entry) => this.same(entry.members, members))?.fitness;
  }

  add(members: Int32Array, fitness: number): void {
    const key = this.keyOf(members);
    const before = this.entries.get(key);
    if (before === undefined) this.entries.set(key, [{ members, fitness }]);
    else before.push({ members, fitness });
  }

  private keyOf(members: Int32Array): number {
    let sum = 0;
    for (const member of members) sum += this.keys[member]!;
    return sum;
  }

  private same(one: Int32Array, other: Int32Array): boolean {
    this.stamp += 1;
    for (const member of one) this.mark[member] = this.stamp;
    for (const member of other) if (this.mark[member] !== this.stamp) return false;
    return true;
  }
}
