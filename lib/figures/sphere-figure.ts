import type { Neighbour, Score } from '@/lib/api/contracts/runs';

/**
 * The sphere of one score drawn true to scale on a line: centre at 0, surface at `radius`, the sample at
 * `distance`; all in units of feature distance. `gap` is null when the sample lies inside.
 */
export type SphereFigure = {
  readonly centre: Neighbour;
  readonly radius: number;
  readonly distance: number;
  readonly gap: number | null;
  readonly typicalRadius: number | null;
  /** Feature distance that the drawing must hold to the right of the centre. */
  readonly reach: number;
};

/** Null when the score names no sphere (other evaluators than EAP). */
export function sphereFigure(score: Score): SphereFigure | null {
  const { centre, gap } = score;
  if (centre) {
    return { centre, radius: centre.radius, distance: centre.distance, gap: null, typicalRadius: null, reach: Math.max(centre.radius, centre.distance) };
  }
  if (gap) {
    const reach = Math.max(gap.distance, gap.radius + gap.typicalRadius);
    return { centre: gap, radius: gap.radius, distance: gap.distance, gap: gap.gap, typicalRadius: gap.typicalRadius, reach };
  }
  return null;
}

/** The training samples worth seeing beside a sample, each once: the sphere's centre, the nearest normal, the nearest real anomaly. */
export function comparisonSamples(score: Score): readonly { readonly title: string; readonly neighbour: Neighbour }[] {
  const sphere = score.centre ?? score.gap;
  const candidates = [
    { title: score.centre ? 'centre of its smallest sphere' : 'centre of the nearest sphere', neighbour: sphere },
    { title: 'nearest normal', neighbour: score.nearestNormal },
    { title: 'nearest real anomaly', neighbour: score.nearestAnomaly },
  ];
  const shown = new Map<string, { title: string; neighbour: Neighbour }>();
  for (const { title, neighbour } of candidates) {
    if (!neighbour) continue;
    const same = shown.get(neighbour.sampleId);
    if (same) same.title = `${same.title}, ${title}`;
    else shown.set(neighbour.sampleId, { title, neighbour });
  }
  return [...shown.values()];
}
