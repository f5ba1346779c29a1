import { describe, expect, it } from 'vitest';
import { maskShape } from './run-length';

const mask = (...rows: readonly string[]) => Uint8Array.from(rows.join(''), (pixel) => (pixel === '.' ? 0 : 255));

describe('maskShape', () => {
  it('counts runs down the columns, background first', () => {
    // Columns: "...", ".##", ".##", "#..". In one line: "....##.###..".
    expect(maskShape(mask('...#', '.##.', '.##.'), 4, 3)).toEqual({ counts: [4, 2, 1, 3, 2], area: 5, box: [1, 0, 3, 3] });
  });

  it('begins with 0 where the first pixel is set', () => {
    expect(maskShape(mask('#.', '..'), 2, 2)).toEqual({ counts: [0, 1, 3], area: 1, box: [0, 0, 1, 1] });
    expect(maskShape(mask('##', '##'), 2, 2)).toEqual({ counts: [0, 4], area: 4, box: [0, 0, 2, 2] });
  });

  it('is null of an empty mask, and refuses another size', () => {
    expect(maskShape(mask('..'), 2, 1)).toBeNull();
    expect(() => maskShape(mask('..'), 3, 1)).toThrow(RangeError);
  });

  it('gives the mask back when the runs are drawn', () => {
    const [width, height] = [17, 9];
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => ((i * 7919) % 13 < 4 ? 1 : 0));
    const drawn = new Uint8Array(width * height);
    let at = 0;
    maskShape(pixels, width, height)!.counts.forEach((run, i) => {
      for (let k = 0; k < run; k++, at++) drawn[(at % height) * width + Math.floor(at / height)] = i % 2;
    });
    expect(drawn).toEqual(pixels);
    expect(at).toBe(width * height);
  });
});
