import type { Drawn } from './generator';

/** How an image came about: what a sample keeps of it, beside its generator. */
export type Provenance = {
  readonly generator: string;
  readonly seed: number;
  readonly index: number;
  /** Ids of the seed samples, or names of the seed files. */
  readonly parents: readonly string[];
  /** What the person set, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
};

/** What a sample keeps as its parameters: provenance and everything that was drawn, flat. */
export function sampleParameters(drawn: Drawn, { generator: _generator, ...provenance }: Provenance): Record<string, unknown> {
  return { ...drawn, ...provenance };
}

/** Name of the file of image `index` of a batch. */
export function anomalyFileName({ generator, seed, index }: Pick<Provenance, 'generator' | 'seed' | 'index'>): string {
  return `${generator}-${seed}-${String(index).padStart(4, '0')}.png`;
}
