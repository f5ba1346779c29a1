/** A reproducible stream of random numbers; the same seed gives the same images on every machine. */
export type SeededRandom = {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Standard normal (Box-Muller, one value per call), cut at three standard deviations. */
  gauss(): number;
  /** Integer in [0, count). */
  below(count: number): number;
  /** -1 or 1. */
  sign(): number;
  /** One item, uniformly. */
  pick<T>(items: readonly T[]): T;
};

/** Mixes integers and words into one 32-bit seed (FNV-1a with a final avalanche). */
export function mixSeed(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (const character of `${String(part)}|`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A stream for the given seed (any integer; mix several with `mixSeed`). */
export function seededRandom(seed: number): SeededRandom {
  const unit = mulberry32(seed);
  const below = (count: number) => Math.floor(unit() * count);
  return {
    unit,
    below,
    between: (low, high) => low + (high - low) * unit(),
    gauss: () => {
      const value = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return Math.max(-3, Math.min(3, value));
    },
    sign: () => (unit() < 0.5 ? -1 : 1),
    pick: (items) => items[below(items.length)] as (typeof items)[number],
  };
}

/** A new array with the items in random order (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = out[i] as T;
    out[i] = out[j] as T;
    out[j] = held;
  }
  return out;
}
