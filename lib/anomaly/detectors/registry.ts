import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import type { Detector, FittedDetector } from './detector';
import { forestDetector } from './forest-detector';
import { mahalanobisDetector, npcaDetector, pcaDetector } from './gaussian';
import { nearestNeighbourDetector } from './nearest-neighbours';
import { patchCoreDetector } from './patch-core';
import { ssdoDetector } from './ssdo-detector';

/** Every detector by its id, in the order of tables. */
const detectors = {
  ssdo: ssdoDetector,
  knn: nearestNeighbourDetector,
  mahalanobis: mahalanobisDetector,
  pca: pcaDetector,
  npca: npcaDetector,
  patchcore: patchCoreDetector,
  iforest: forestDetector,
} as const;

export type DetectorId = keyof typeof detectors;

export const detectorIds = Object.keys(detectors) as readonly DetectorId[];

export function isDetectorId(id: string): id is DetectorId {
  return Object.hasOwn(detectors, id);
}

/** Name, description and defaults of a detector. */
export function describeDetector(id: DetectorId): Pick<Detector<{ readonly seed: number }>, 'id' | 'name' | 'description' | 'defaults'> {
  const { name, description, defaults } = detectors[id];
  return { id, name, description, defaults };
}

/**
 * Fits a detector by its id. Throws `parameter.invalid` for a parameter that it does not have, otherwise as the detector does.
 */
export async function fitDetector(
  id: DetectorId,
  train: Matrix,
  labels: Uint8Array,
  parameters: Readonly<Record<string, unknown>> & { readonly seed?: number } = {},
  context: NumericsContext = {},
): Promise<FittedDetector> {
  const detector = detectors[id];
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(detector.defaults, name));
  if (unknown !== undefined) throw new NumericsError('parameter.invalid', `${detector.name} has no parameter "${unknown}".`);
  // Each detector checks its own values; the union of all has no common parameters beside the seed.
  return (detector as unknown as Detector<{ readonly seed: number }>).fit(train, labels, parameters, context);
}
