import { roleNames } from './score-table';

/** What the shape of a point says: its role, the same as its colour, or nothing. */
export const shapeKeys = ['role', 'colour', 'none'] as const;
export type ShapeKey = (typeof shapeKeys)[number];

/** Shapes by the names that plotly.js gives them. */
export type Shape = 'circle' | 'diamond' | 'triangle-up' | 'triangle-down' | 'square' | 'x' | 'cross' | 'star';

export const roleShapes: Readonly<Record<(typeof roleNames)[number], Shape>> = { normal: 'circle', anomaly: 'diamond', auxiliary: 'triangle-up' };

/** Shapes that say the same as colours with a meaning of their own. */
const ownShapes: Readonly<Record<string, Shape>> = {
  'zone-realistic': 'circle',
  'zone-unrealistic': 'triangle-up',
  'zone-indistinguishable': 'square',
  'verdict-accepted': 'circle',
  'verdict-rejected': 'x',
  'verdict-skipped': 'diamond',
  ...Object.fromEntries(roleNames.map((role) => [`role-${role}`, roleShapes[role]])),
};

const shapesInTurn: readonly Shape[] = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'triangle-down', 'x', 'star'];

/** The shape that goes with a tone: its own where it has one, shapes in turn for series, circles for the rest. */
export function shapeOfTone(tone: string): Shape {
  const series = /^series-(\d+)$/.exec(tone);
  return ownShapes[tone] ?? (series ? shapesInTurn[Number(series[1]) % shapesInTurn.length]! : 'circle');
}

/** What shapes say unless chosen otherwise: where the colour has shapes with a meaning, they double it for those who do not see hues. */
export function usualShape(colour: string): ShapeKey {
  return colour === 'zone' || colour === 'decision' ? 'colour' : 'role';
}
