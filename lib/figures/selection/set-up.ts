import type { FeatureSet, Model } from '@/lib/api/contracts/features';
import { MAX_DRAWS, type ModelSelectionSettings, type SelectionDetector, type SyntheticSource } from '@/lib/api/contracts/selections';
import { countOf, formatDuration } from '../format';

/** What the set-up of a selection of models holds; numbers of the advanced part as they were typed. */
export type SetUpChoice = {
  readonly supportLimit: number | null;
  readonly seedImages: number | null;
  readonly synthetic: SyntheticSource;
  readonly modelIds: readonly string[];
  readonly detectors: readonly SelectionDetector[];
  readonly bank: ModelSelectionSettings['bank'];
  readonly draws: string;
  readonly hardest: string;
  readonly seed: string;
};

/** A network of the library, and how much of the project it has seen. */
export type ExtractorChoice = {
  readonly id: string;
  readonly name: string;
  readonly dim: number;
  /** Images of the project that must be extracted first. */
  readonly missing: number;
  /** As fast as the newest extraction here was; null where there was none. */
  readonly imagesPerSecond: number | null;
};

/** The networks of the library; those that a ready set covers best count by what that set lacks. */
export function extractorChoices(models: readonly Model[], sets: readonly FeatureSet[], samples: number): ExtractorChoice[] {
  return models.map(({ id, name, dim }) => {
    const own = sets.filter((set) => set.modelId === id);
    const ready = own.filter(({ state }) => state === 'ready');
    return { id, name, dim, missing: Math.min(samples, ...ready.map(({ missing }) => missing)), imagesPerSecond: own.find(({ imagesPerSecond }) => imagesPerSecond !== null)?.imagesPerSecond ?? null };
  });
}

/** "vectors are there", "240 images to extract, about 12 s". */
export function extractorNote({ missing, imagesPerSecond }: ExtractorChoice): string {
  if (missing === 0) return 'vectors are there';
  const time = imagesPerSecond === null ? '' : `, about ${formatDuration(missing / imagesPerSecond)}`;
  return `${countOf(missing, 'image')} to extract first${time}`;
}

/** Seconds of extraction before the comparison, `made` new images included; null where a speed is not known. */
export function extractionSeconds(extractors: readonly ExtractorChoice[], made: number): number | null {
  return extractors.reduce<number | null>((sum, { missing, imagesPerSecond }) => (sum === null || imagesPerSecond === null ? null : sum + (missing + made) / imagesPerSecond), 0);
}

/** The paper's settings, over all networks. */
export function setUpAtFirst(extractors: readonly ExtractorChoice[]): Omit<SetUpChoice, 'synthetic'> {
  return { supportLimit: null, seedImages: null, modelIds: extractors.map(({ id }) => id), detectors: ['deep-nn'], bank: 'support', draws: '1000', hardest: '10, 5', seed: '0' };
}

/** Why the selection cannot start as it stands, or null. */
export function obstacleOf({ choice, extractors, normals, images }: { choice: Pick<SetUpChoice, 'modelIds' | 'detectors'>; extractors: readonly ExtractorChoice[]; normals: number; images: boolean }): string | null {
  if (normals < 4) return `There are ${countOf(normals, 'training normal')}; a selection needs at least 4. Normals marked as test do not count.`;
  if (images && extractors.length === 0) return 'There is no network in the library. Add one on the Features page.';
  if (images && choice.modelIds.length === 0) return 'Tick at least one network.';
  if (choice.detectors.length === 0) return 'Tick at least one detector.';
  return null;
}

const wholeWithin = (text: string, minimum: number, maximum: number) => /^\d+$/.test(text.trim()) && Number(text) >= minimum && Number(text) <= maximum;
const mostHardest = 5;

/** The advanced numbers, or the sentence that says which is wrong. */
export function parsedAdvanced({ draws, hardest, seed }: Pick<SetUpChoice, 'draws' | 'hardest' | 'seed'>): { draws: number; hardest: number[]; seed: number } | string {
  if (!wholeWithin(draws, 1, MAX_DRAWS)) return `Bootstrap draws: a whole number from 1 to ${MAX_DRAWS}.`;
  if (!wholeWithin(seed, 0, 2 ** 31 - 1)) return 'Seed: a whole number from 0 on.';
  const parts = hardest.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length > mostHardest || !parts.every((part) => wholeWithin(part, 1, 10_000))) return `Hardest: at most ${mostHardest} whole numbers from 1 to 10000, separated by commas.`;
  return { draws: Number(draws), hardest: [...new Set(parts.map(Number))].sort((a, b) => b - a), seed: Number(seed) };
}
