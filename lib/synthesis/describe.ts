import { pairCount } from './diffstyle/pairs';
import { diffStyle } from './diffstyle/parameters';
import type { Generator, ParameterValues } from './generator';
import { completeParameters } from './parameters';
import { generatorOf, generators } from './registry';

/** What a form, a check or a list needs to know of a generator; true also of the one that needs a network. */
export type GeneratorDescription = Omit<Generator, 'attempts' | 'generate'> & { /** Needs a diffusion network, which runs on the server only. */ readonly needsNetwork: boolean };

/** All generators, in the order in which they are shown. */
export const generatorDescriptions: readonly GeneratorDescription[] = [...generators.map((generator) => ({ ...generator, needsNetwork: false })), { ...diffStyle, needsNetwork: true }];

/** @throws NumericsError `parameter.invalid` for a name that no generator has */
export function describeGenerator(id: string): GeneratorDescription {
  return generatorDescriptions.find((generator) => generator.id === id) ?? { ...generatorOf(id), needsNetwork: false };
}

/**
 * Checks what was given for a generator and fills in defaults.
 * @throws NumericsError `parameter.invalid`
 */
export function checkedParameters(id: string, given: Readonly<Record<string, unknown>>): ParameterValues {
  return completeParameters(describeGenerator(id), given);
}

/** Seed images that a generator cannot do without. */
export function fewestSeeds(id: string): number {
  return describeGenerator(id).otherImage === 'required' ? 2 : 1;
}

/** How many images a generator can make of so many seed images; null where there is no end. */
export function mostImages(id: string, seedCount: number): number | null {
  return id === diffStyle.id ? pairCount(seedCount) : null;
}
