import { describeDetector } from '@/lib/anomaly/detectors/registry';
import type { PrototypeDetector, PrototypeFitness, PrototypeMethod, PrototypeRows, PrototypeSearch } from '@/lib/api/contracts/prototypes';
import { countOf } from '../format';

export const methodNames: Record<PrototypeMethod, string> = { greedy: 'Greedy', evolution: 'Evolution', 'core-set': 'Core-set' };

export const methodNotes: Record<PrototypeMethod, string> = {
  greedy: 'the normals that are best alone; they tend to be alike',
  evolution: 'bred from random subsets',
  'core-set': 'without labels, the nearest to the means of a Gaussian mixture',
};

export const fitnessNames: Record<PrototypeFitness, string> = { 'equation-3': 'Eq. 3 of the paper', auroc: 'AUROC' };

/** A detector as sentences and lists name it. */
export function detectorName(detector: PrototypeDetector): string {
  return detector === 'knn' ? 'deep k-NN' : describeDetector(detector).name;
}

/** "100 training normals; 10 test normals and 6 real anomalies choose, 10 and 6 others judge". */
export function rowsSentence({ candidates, trainingNormals, validation, test, missing }: PrototypeRows): string {
  const among = candidates < trainingNormals ? `${countOf(candidates, 'normal')} drawn from ${countOf(trainingNormals, 'training normal')}` : `All ${countOf(candidates, 'training normal')}`;
  if (validation === null || test === null) return `${among}. ${missing ?? ''} So the core-set alone is picked, and nothing judges it.`;
  return `${among}; ${countOf(validation.normals, 'test normal')} and ${countOf(validation.anomalies, 'real anomaly', 'real anomalies')} choose, ${test.normals} and ${test.anomalies} others judge.`;
}

/** How lists of searches name one: "deep k-NN, scattering, 31 normals". */
export function searchName({ settings, modelName, summary }: Pick<PrototypeSearch, 'settings' | 'modelName' | 'summary'>): string {
  const parts = [detectorName(settings.detector), modelName, ...(summary === null ? [] : [countOf(summary.rows.candidates, 'normal')])];
  return parts.join(', ');
}

/** Numbers of normals from text like "1, 5, 10, 25", ascending and each once; null where it is something else. */
export function sizesOf(text: string): number[] | null {
  const numbers = text.split(/[\s,;]+/).filter((part) => part !== '').map(Number);
  const fine = numbers.length > 0 && numbers.every((value) => Number.isInteger(value) && value >= 1 && value <= 500);
  const sizes = [...new Set(numbers)].sort((a, b) => a - b);
  return fine && sizes.length <= 8 ? sizes : null;
}
