import { describe, expect, it } from 'vitest';
import { box, emptyMask, hasBit, maskOf, maskRows, selectInside, setBit, type Outline } from './lasso';
import { nearestInGrid, pointGrid } from './map-grid';

const all = (points: number) => new Uint8Array(points).fill(1);

/** The even-odd rule, point by point and edge by edge. */
function insideOutline(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Numbers in 0..1 that are the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function cloud(points: number, seed: number): { x: Float32Array; y: Float32Array } {
  const next = numbers(seed);
  return { x: Float32Array.from({ length: points }, () => next() * 10 - 5), y: Float32Array.from({ length: points }, () => next() * 4) };
}

describe('lasso', () => {
  it('selects the visible points inside an outline', () => {
    const places = Float32Array.of(0, 1, 2, 3);
    const mask = selectInside([-1, -1, 2.5, -1, 2.5, 2.5, -1, 2.5], places, places, Uint8Array.of(1, 0, 1, 1));
    expect([...maskRows(mask, 4)]).toEqual([0, 2]);
  });

  it('follows a concave outline', () => {
    const mask = selectInside([0, 0, 4, 0, 4, 4, 2, 1, 0, 4], Float32Array.of(2, 2), Float32Array.of(0.5, 3), all(2));
    expect([...maskRows(mask, 2)]).toEqual([0]);
    expect([...maskRows(selectInside(box(0, 0, 4, 4), Float32Array.of(2, 2), Float32Array.of(0.5, 3), all(2)), 2)]).toEqual([0, 1]);
  });

  it('agrees with the rule taken edge by edge, for a wild outline that crosses itself', () => {
    const { x, y } = cloud(5_000, 7);
    const next = numbers(11);
    const outline = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? next() * 9 - 4 : next() * 3.5));
    const expected = [...x.keys()].filter((point) => insideOutline(outline, x[point]!, y[point]!));
    expect(expected.length).toBeGreaterThan(500);
    expect([...maskRows(selectInside(outline, x, y, all(5_000)), 5_000)]).toEqual(expected);
  });

  it('selects nothing with a line', () => {
    expect(maskRows(selectInside([0, 0, 1, 1], Float32Array.of(0.5), Float32Array.of(0.5), all(1)), 1)).toHaveLength(0);
  });

  it('keeps bits beyond the first word', () => {
    const mask = emptyMask(70);
    setBit(mask, 31);
    setBit(mask, 69);
    expect([hasBit(mask, 31), hasBit(mask, 32), hasBit(mask, 69)]).toEqual([true, false, true]);
    expect([...maskRows(mask, 70)]).toEqual([31, 69]);
    expect(maskOf(Uint32Array.of(31, 69), 70)).toEqual(mask);
  });
});

describe('nearest point', () => {
  const places = Float32Array.of(0, 1, 2, 3);
  const grid = pointGrid(places, places);
  const at = { x: 1.1, y: 1, scaleX: 100, scaleY: 100, reach: 12 };

  it('is found within reach and among the visible', () => {
    expect(nearestInGrid(grid, at, all(4))).toBe(1);
    expect(nearestInGrid(grid, { ...at, reach: 5 }, all(4))).toBe(-1);
    expect(nearestInGrid(grid, at, Uint8Array.of(1, 0, 1, 1))).toBe(-1);
  });

  it('is the one that a look at every point finds, at every scale', () => {
    const { x, y } = cloud(3_000, 3);
    const cells = pointGrid(x, y);
    const next = numbers(5);
    const found = Array.from({ length: 200 }, (_, i) => {
      const look = { x: next() * 12 - 6, y: next() * 6 - 1, scaleX: 10 ** (i % 4), scaleY: 7 * 10 ** (i % 4), reach: 10 };
      const distances = Array.from(x, (_, point) => Math.hypot((x[point]! - look.x) * look.scaleX, (y[point]! - look.y) * look.scaleY));
      const best = distances.indexOf(Math.min(...distances));
      expect(nearestInGrid(cells, look, all(3_000))).toBe(distances[best]! < 10 ? best : -1);
      return distances[best]! < 10;
    });
    expect(new Set(found)).toEqual(new Set([true, false]));
  });

  it('finds points that all lie in one place, and none where there are none', () => {
    const one = Float32Array.of(2, 2);
    expect(nearestInGrid(pointGrid(one, one), { ...at, x: 2, y: 2 }, all(2))).toBe(0);
    expect(nearestInGrid(pointGrid(new Float32Array(0), new Float32Array(0)), at, all(0))).toBe(-1);
  });
});
