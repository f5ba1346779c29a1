import type { VectorFeature } from '@/lib/api/contracts/samples';
import { formatNumber } from './format';

/** A feature as it is drawn: texts, and the difference as a signed share of the longest bar. */
export type FeatureBar = {
  readonly name: string;
  readonly value: string;
  readonly normal: string;
  /** In [-1, 1]. */
  readonly share: number;
  /** "+4.20 sd" */
  readonly difference: string;
};

/** Bars are not stretched below this many standard deviations: a vector close to its normals shows short ones. */
const SHORTEST_SCALE = 3;

/** Features of a vector as signed bars on one scale. */
export function featureBars(features: readonly VectorFeature[]): FeatureBar[] {
  const scale = features.reduce((most, { difference }) => Math.max(most, Math.abs(difference)), SHORTEST_SCALE);
  return features.map(({ name, value, normal, difference }) => ({
    name,
    value: formatNumber(value),
    normal: formatNumber(normal),
    share: difference / scale,
    difference: `${difference > 0 ? '+' : ''}${formatNumber(difference)} sd`,
  }));
}

/** What a screen reader says of the largest difference; null without one. */
export function featureWords(features: readonly VectorFeature[] | null | undefined): string | null {
  const [first] = featureBars(features ?? []);
  return first === undefined ? null : `${first.name} ${first.value}, nearest normals ${first.normal}`;
}

/**
 * The same features of another vector, beside the same normals.
 * @param other its value of a feature by name, and the standard deviation of the training rows
 */
export function featuresOfOther(features: readonly VectorFeature[], other: (name: string) => { value: number; deviation: number } | null): VectorFeature[] {
  return features.flatMap((feature) => {
    const found = other(feature.name);
    return found === null ? [] : [{ ...feature, value: found.value, difference: (found.value - feature.normal) / found.deviation }];
  });
}
