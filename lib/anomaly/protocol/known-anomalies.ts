import { kMeans } from '../clustering/k-means';
import { selectRows, type Matrix } from '../linalg/matrix';
import type { RandomGenerator } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';

/**
 * How training anomalies are picked among those outside the test: at random, or from few clusters, so that the known
 * anomalies are a biased picture of the others, as the authors' released program does on purpose.
 */
export type KnownAnomalies = 'random' | 'clustered';

const CLUSTERS = 10;

/**
 * `count` of the given rows. Clustered: k-means with 10 clusters (or as many as there are rows), rows ordered by the number of
 * their cluster, at random within it, the first ones taken.
 */
export function pickKnown(points: Matrix, rows: Int32Array, count: number, how: KnownAnomalies, random: RandomGenerator): Int32Array {
  const order = Int32Array.from(sampleWithoutReplacement(rows.length, rows.length, random), (i) => rows[i]!);
  if (how === 'random') return order.slice(0, count);
  const { clusterOf } = kMeans(selectRows(points, order), { clusters: Math.min(CLUSTERS, order.length), seed: random.uint32() });
  const places = Array.from({ length: order.length }, (_, i) => i).sort((a, b) => clusterOf[a]! - clusterOf[b]!);
  return Int32Array.from(places.slice(0, count), (place) => order[place]!);
}
