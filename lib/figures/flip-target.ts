import type { Neighbour, Score } from '@/lib/api/contracts/runs';
import { nameNeighbour } from './explain-score';
import { formatNumber } from './format';

/** What takes the place of a sample while it is flipped, and what the difference picture is a difference to. */
export type FlipTarget = {
  readonly neighbour: Neighbour;
  /** It is the nearest normal, which it is unless another neighbour was chosen. */
  readonly nearest: boolean;
};

type Neighbours = Pick<Score, 'nearestNormal' | 'nearestNormals' | 'nearestAnomalies'>;

/** The neighbour of this id where the score names it, else the nearest normal; null where neither is known. */
export function flipTarget({ nearestNormal, nearestNormals, nearestAnomalies }: Neighbours, chosenId: string | null): FlipTarget | null {
  const neighbour = [...nearestNormals, ...nearestAnomalies].find(({ sampleId }) => sampleId === chosenId) ?? nearestNormal;
  return neighbour && { neighbour, nearest: neighbour.sampleId === nearestNormal?.sampleId };
}

/** "Nearest normal", "Normal" or "Real anomaly". */
export function flipTitle({ neighbour: { role }, nearest }: FlipTarget): string {
  if (nearest) return 'Nearest normal';
  return role === 'normal' ? 'Normal' : 'Real anomaly';
}

/** "Nearest normal: 014.png, distance 0.312": what stands in the place of the sample. */
export function flipSentence(target: FlipTarget): string {
  return `${flipTitle(target)}: ${target.neighbour.fileName}, distance ${formatNumber(target.neighbour.distance)}`;
}

/** What the button that flips does. */
export function flipVerb(target: FlipTarget | null): string {
  if (target === null) return 'No nearest normal known';
  const name = nameNeighbour(target.neighbour);
  return `${target.nearest ? 'Nearest normal' : name[0]!.toUpperCase() + name.slice(1)} in its place`;
}
