import { describe, expect, it } from 'vitest';
import { fittingScale, zoomedAt } from './use-zoom';

describe('zoom', () => {
  it('fits the longer side and does not blow small images up without limit', () => {
    expect(fittingScale({ width: 400, height: 200 }, { width: 800, height: 800 })).toBe(2);
    expect(fittingScale({ width: 10, height: 10 }, { width: 800, height: 800 })).toBe(8);
  });
  it('keeps the point under the pointer where it is', () => {
    const before = { scale: 1, x: 10, y: -20 };
    const after = zoomedAt(before, 1, 2, 60, 40);
    const imagePoint = (zoom: typeof before, scale: number) => [(60 - zoom.x) / scale, (40 - zoom.y) / scale];
    expect(imagePoint({ ...after, scale: 2 }, 2)).toEqual(imagePoint(before, 1));
  });
});
