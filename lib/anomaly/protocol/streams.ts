import { createRandom, type RandomGenerator } from '../random/generator';

/** What random numbers of an experiment are for; each purpose has its own stream, so that one does not shift another. */
export type Purpose = 'split' | 'clusters' | 'foreign sets' | 'foreign rows' | 'projection' | 'order' | 'ranking';

/** FNV-1a of a text's UTF-16 units, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

/**
 * Random numbers of one purpose in the experiment of a set and a seed. The set's name takes part, so that the same
 * seed does not draw the same foreign sets for every target.
 */
export function experimentRandom(set: string, seed: number, purpose: Purpose): RandomGenerator {
  return createRandom(seed, hash(`${purpose} ${set}`));
}
