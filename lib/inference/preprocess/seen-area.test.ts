import { describe, expect, it } from 'vitest';
import { createPreprocessor, type PreprocessSpec } from './preprocess';
import { seenArea } from './seen-area';

const spec = (changes: Partial<PreprocessSpec> = {}): PreprocessSpec => ({
  width: 64, height: 64, resize: { mode: 'shortest', edge: 80 }, interpolation: 'bilinear', layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0, 0, 0], std: [1, 1, 1], ...changes,
});

/** Where the first and last pixel of the network's input come from, in fractions of the image: its red grows from left to right, its green from top to bottom. */
function measured(wanted: PreprocessSpec, width: number, height: number) {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return i % 3 === 0 ? (255 * x) / (width - 1) : i % 3 === 1 ? (255 * y) / (height - 1) : 0;
  });
  const { run, length } = createPreprocessor(wanted);
  const input = new Float32Array(length);
  run({ rgb, width, height }, input);
  const area = wanted.width * wanted.height;
  return { left: input[0]!, right: input[wanted.width - 1]!, top: input[area]!, bottom: input[2 * area - 1]! };
}

describe('the part of an image that a network sees', () => {
  it('is all of it when the image is stretched', () => {
    expect(seenArea(spec({ resize: { mode: 'stretch' } }), 300, 100)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });

  it.each([
    [200, 200],
    [400, 200],
    [150, 390],
    [1500, 100],
  ])('is the centre that preprocessing cuts out of %d x %d pixels', (width, height) => {
    const { left, top, width: across, height: down } = seenArea(spec(), width, height);
    const seen = measured(spec(), width, height);
    expect(seen.left).toBeCloseTo(left, 1.6);
    expect(seen.right).toBeCloseTo(left + across, 1.6);
    expect(seen.top).toBeCloseTo(top, 1.6);
    expect(seen.bottom).toBeCloseTo(top + down, 1.6);
  });

  it('has the share that follows from edge and crop', () => {
    expect(seenArea(spec(), 200, 200)).toEqual({ left: expect.closeTo(0.1, 12), top: expect.closeTo(0.1, 12), width: expect.closeTo(0.8, 12), height: expect.closeTo(0.8, 12) });
    expect(seenArea(spec(), 400, 200)).toMatchObject({ left: expect.closeTo(0.3, 12), width: expect.closeTo(0.4, 12), height: expect.closeTo(0.8, 12) });
  });
});
