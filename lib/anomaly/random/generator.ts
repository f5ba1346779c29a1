import { log } from '../elementary/log';
import { NumericsError } from '../errors';

/** A seeded stream of random numbers. */
export type RandomGenerator = {
  /** A whole number in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Uniform whole number in [0, bound), without bias. */
  integer(bound: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
};

/** SplitMix32: turns any 32-bit seed, also 0, into well-mixed words for the state of another generator. */
function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** xoshiro128** of Blackman and Vigna (2018): 32-bit steps only, so every runtime gives the same stream. */
function xoshiro128(seed: number, stream: number): () => number {
  const low = splitMix32(seed % 2 ** 32);
  const mixed = splitMix32((low() ^ Math.floor(seed / 2 ** 32) ^ Math.imul(stream, 0x85ebca6b)) >>> 0);
  let a = mixed();
  let b = mixed();
  let c = mixed();
  let d = mixed() | 1;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function createNormal(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * log(s)) / s);
        spare = y * factor;
        return x * factor;
      }
    }
  };
}

/**
 * A generator for a seed (whole number in [0, 2^53)). Different `stream` numbers of one seed give unrelated
 * sequences, so that each tree, subset or repetition can have its own whatever the order of computation.
 */
export function createRandom(seed: number, stream = 0): RandomGenerator {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new NumericsError('parameter.invalid', `The seed must be a whole number from 0 to 2^53 - 1, not ${seed}.`);
  }
  const uint32 = xoshiro128(seed, stream);
  const uniform = () => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992;
  const integer = (bound: number) => {
    const limit = 4_294_967_296 - (4_294_967_296 % bound);
    for (;;) {
      const value = uint32();
      if (value < limit) return value % bound;
    }
  };
  return { uint32, uniform, integer, normal: createNormal(uniform) };
}
