import type { FeatureSet } from '@/lib/api/contracts/features';
import type { PatchMap, PatchScale } from '@/lib/api/contracts/patches';

/** The feature set whose heat maps are shown: that of the run if it has some, else the newest with some; and why there are none. */
export function heatMapSource(sets: readonly FeatureSet[], runSetId: string | null): { setId: string | null; absence: string } {
  const ready = sets.filter(({ patches }) => patches?.state === 'ready');
  const chosen = ready.find(({ id }) => id === runSetId) ?? ready[0];
  if (chosen !== undefined) return { setId: chosen.id, absence: '' };
  const pending = sets.some(({ patches }) => patches?.state === 'pending');
  return { setId: null, absence: pending ? 'The heat maps are still being made.' : 'No heat map yet: make one on the Features page.' };
}

/** Control points of viridis (van der Walt and Smith 2015): perceptually uniform, also for colour-blind people and in grey. */
const viridis: readonly (readonly [number, number, number])[] = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37],
];

/** Colour at `level` in [0, 1], red, green and blue in 0..255; linear between the control points. */
export function heatColour(level: number): [number, number, number] {
  const position = Math.min(1, Math.max(0, level)) * (viridis.length - 1);
  const index = Math.min(viridis.length - 2, Math.floor(position));
  const share = position - index;
  const [from, to] = [viridis[index]!, viridis[index + 1]!];
  return [0, 1, 2].map((c) => Math.round(from[c]! + share * (to[c]! - from[c]!))) as [number, number, number];
}

/** Where the 99th percentile of normal patches lies between "as normal" (0) and "far from normal" (1). */
export const NORMAL_LEVEL = 1 / 3;

/**
 * A distance as a level in [0, 1], the same in every image of a set: 0 up to the median of normal patches, 1/3 at their 99th percentile, 1 from there on as
 * far again twice.
 */
export function heatLevel(distance: number, { normalMedian, normalHigh }: Pick<PatchScale, 'normalMedian' | 'normalHigh'>): number {
  const range = normalHigh - normalMedian;
  if (!(range > 0)) return distance > normalHigh ? 1 : 0;
  return Math.min(1, Math.max(0, (NORMAL_LEVEL * (distance - normalMedian)) / range));
}

/** Pixels drawn for each patch and axis. */
const FINE = 8;
/** The image shines through everywhere, most where it is as normal. */
const [faintest, strongest] = [0.25, 0.6];

/** A picture of a heat map: RGBA, row by row. */
export type HeatPicture = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> };

/** Draws a map eight times as fine as its patches; distances are bilinear between the centres of the patches, then coloured. */
export function heatPicture({ rows, columns, distances, scale }: Pick<PatchMap, 'rows' | 'columns' | 'distances' | 'scale'>): HeatPicture {
  const [width, height] = [columns * FINE, rows * FINE];
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom, down] = neighbours(y, rows);
    for (let x = 0; x < width; x += 1) {
      const [left, right, across] = neighbours(x, columns);
      const above = mixed(distances[top * columns + left]!, distances[top * columns + right]!, across);
      const below = mixed(distances[bottom * columns + left]!, distances[bottom * columns + right]!, across);
      const level = heatLevel(mixed(above, below, down), scale);
      rgba.set([...heatColour(level), 255 * mixed(faintest, strongest, level)], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}

/** The two patches around a drawn pixel, and how far it is on the way from the first to the second. */
function neighbours(pixel: number, count: number): [number, number, number] {
  const position = Math.min(count - 1, Math.max(0, (pixel + 0.5) / FINE - 0.5));
  const first = Math.floor(position);
  return [first, Math.min(count - 1, first + 1), position - first];
}

const mixed = (from: number, to: number, share: number): number => from + share * (to - from);

/** The colours of the legend as a CSS gradient from left to right. */
export function heatGradient(): string {
  const stops = viridis.map((_, i) => `rgb(${heatColour(i / (viridis.length - 1)).join(' ')})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

const vertical = ['top', 'middle', 'bottom'] as const;
const horizontal = ['left', 'centre', 'right'] as const;

/** A heat map in words: where its largest distance lies, and how it compares with what 99 % of normal patches stay below. */
export function heatSentence({ rows, columns, distances, area, scale }: PatchMap): string {
  const farthest = distances.reduce((best, distance, i) => (distance > distances[best]! ? i : best), 0);
  const x = area.left + (area.width * ((farthest % columns) + 0.5)) / columns;
  const y = area.top + (area.height * (Math.floor(farthest / columns) + 0.5)) / rows;
  const place = `${vertical[third(y)]} ${horizontal[third(x)]}`;
  const distance = distances[farthest]!;
  if (distance <= scale.normalHigh || scale.normalHigh === 0) return `Nothing farther from normal than 99 % of normal patches; the farthest is at the ${place}.`;
  return `Farthest from normal at the ${place}: ${(distance / scale.normalHigh).toFixed(1)} times what 99 % of normal patches stay below.`;
}

const third = (share: number): 0 | 1 | 2 => (share < 1 / 3 ? 0 : share < 2 / 3 ? 1 : 2);

/** Whether the network saw the whole image, up to rounding. */
export function seesAll({ left, top, width, height }: PatchMap['area']): boolean {
  return left < 0.002 && top < 0.002 && width > 0.996 && height > 0.996;
}

/** CSS clip path of the part of an image that the network did not see. */
export function unseenClip({ left, top, width, height }: PatchMap['area']): string {
  const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;
  const [l, t, r, b] = [percent(left), percent(top), percent(left + width), percent(top + height)];
  return `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${l} ${t}, ${r} ${t}, ${r} ${b}, ${l} ${b}, ${l} ${t})`;
}
