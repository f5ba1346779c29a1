import type { RandomGenerator } from '@/lib/anomaly/random/generator';

/** Uniform between two numbers. */
export function between(low: number, high: number, random: RandomGenerator): number {
  return low + (high - low) * random.uniform();
}

/** Uniform whole number from 0 to `last`, both included. */
export function upTo(last: number, random: RandomGenerator): number {
  return random.integer(last + 1);
}
