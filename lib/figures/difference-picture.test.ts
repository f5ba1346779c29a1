import { describe, expect, it } from 'vitest';
import { differencePicture, differenceSentence, differenceSize } from './difference-picture';

const pixels = (...greys: number[]) => Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, grey, 255]));

const normal = { sampleId: 'n', fileName: '118.png', role: 'normal' as const, distance: 0.25 };

describe('the difference picture', () => {
  it('is black where the two agree and white where they differ most', () => {
    const { rgba, largest } = differencePicture(pixels(10, 200, 100), pixels(10, 100, 120));
    expect(largest).toBeCloseTo(100, 3);
    expect([...rgba]).toEqual([...pixels(0, 255, 51)]);
  });

  it('weighs the colours as the eye does', () => {
    const red = Uint8ClampedArray.of(255, 0, 0, 255);
    const green = Uint8ClampedArray.of(0, 255, 0, 255);
    expect(differencePicture(red, green).largest).toBeCloseTo(255 * (0.587 - 0.299), 3);
  });

  it('does not stretch noise to white', () => {
    const { rgba } = differencePicture(pixels(100, 101), pixels(100, 100));
    expect(rgba[4]).toBe(16);
  });

  it('refuses pictures of two sizes', () => {
    expect(() => differencePicture(pixels(1), pixels(1, 2))).toThrow(/different sizes/);
  });

  it('is drawn no larger than a screen shows', () => {
    expect(differenceSize({ width: 4096, height: 1024 })).toEqual({ width: 1024, height: 256 });
    expect(differenceSize({ width: 64, height: 48 })).toEqual({ width: 64, height: 48 });
  });

  it('names the normal, the features and the scale', () => {
    expect(differenceSentence({ neighbour: normal, nearest: true }, 'wavelet-scattering', 87.2)).toBe('Difference to normal 118.png (nearest in the features of wavelet-scattering); white: 87 of 255 grey levels');
    expect(differenceSentence({ neighbour: normal, nearest: true }, null, null)).toBe('Difference to normal 118.png (the nearest)');
    const anomaly = { neighbour: { ...normal, role: 'anomaly' as const }, nearest: false };
    expect(differenceSentence(anomaly, 'wavelet-scattering', null)).toBe('Difference to real anomaly 118.png (distance 0.250 in the features of wavelet-scattering)');
    expect(differenceSentence(anomaly, null, null)).toBe('Difference to real anomaly 118.png (distance 0.250)');
  });
});
