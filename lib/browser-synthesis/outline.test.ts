import { expect, it } from 'vitest';
import { outlineOf } from './outline';

/** Draws a mask of dots and hashes, and an outline of dots, lines (#) and halos (o). */
const maskOf = (rows: readonly string[]) => Uint8Array.from(rows.join(''), (c) => (c === '#' ? 255 : 0));
const drawn = (outline: Uint8Array, width: number) => Array.from({ length: outline.length / width }, (_, y) => [...outline.subarray(y * width, (y + 1) * width)].map((what) => '.#o'[what]).join(''));
const empty = (width: number, height: number) => Array.from({ length: height }, () => '.'.repeat(width));

it('draws a line round what was changed, and a halo round that', () => {
  const rows = empty(9, 9).map((row, y) => (y >= 2 && y <= 6 ? '..#####..' : row));
  expect(drawn(outlineOf(maskOf(rows), { width: 9, height: 9 }, { width: 9, height: 9 }, 1), 9)).toEqual([
    '.........', '.ooooooo.', '.o#####o.', '.o#...#o.', '.o#...#o.', '.o#...#o.', '.o#####o.', '.ooooooo.', '.........',
  ]);
});

it('passes over small holes', () => {
  const rows = empty(9, 9).map((row, y) => (y >= 2 && y <= 6 ? (y === 4 ? '..##.##..' : '..#####..') : row));
  expect(drawn(outlineOf(maskOf(rows), { width: 9, height: 9 }, { width: 9, height: 9 }, 1), 9)[4]).toBe('.o#...#o.');
});

it('keeps a single changed pixel when the picture is smaller', () => {
  const mask = new Uint8Array(64 * 64);
  mask[33 * 64 + 17] = 255;
  const outline = drawn(outlineOf(mask, { width: 64, height: 64 }, { width: 8, height: 8 }, 1), 8);
  expect(outline[4]?.[2]).toBe('#');
  expect(outline.join('').replaceAll(/[.o]/g, '')).toBe('#');
});

it('stays within the picture where a change reaches its border', () => {
  const rows = empty(6, 6).map(() => '###...');
  expect(drawn(outlineOf(maskOf(rows), { width: 6, height: 6 }, { width: 6, height: 6 }, 1), 6)).toEqual(Array.from({ length: 6 }, () => '..#o..'));
});
