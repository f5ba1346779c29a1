import type { MapMethod, Projection } from '@/lib/api/contracts/runs';
import { formatDateTime } from './format';

/** What a method keeps, and what it does not. */
export const mapMethodWords: Readonly<Record<MapMethod, string>> = {
  't-SNE': 'Keeps neighbours together. Distances between far groups mean little.',
  UMAP: 'Keeps neighbours together and more of the whole. Distances between far groups mean little.',
  PCA: 'The two directions of largest variance: distances keep their meaning, but much is hidden behind one another.',
};

/** "UMAP · Wavelet scattering · 22 Nov 2026, 14:05". */
export function mapName({ method, modelName, createdAt }: Pick<Projection, 'method' | 'modelName' | 'createdAt'>): string {
  return `${method} · ${modelName} · ${formatDateTime(createdAt)}`;
}

const parameterWords: readonly (readonly [key: string, word: string])[] = [['perplexity', 'perplexity'], ['neighbours', 'neighbours'], ['minimalDistance', 'least distance'], ['learningRate', 'learning rate']];

/** "perplexity 30, seed 0": what a map was made with, as far as a person sets it. */
export function mapManner({ parameters, seed }: Pick<Projection, 'parameters' | 'seed'>): string {
  const values = (parameters ?? {}) as Readonly<Record<string, unknown>>;
  const told = parameterWords.flatMap(([key, word]) => (typeof values[key] === 'number' ? [`${word} ${values[key]}`] : []));
  return [...told, `seed ${seed}`].join(', ');
}
