import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { generateDemoSet } from './demo-set';
import { encodeDemoImage, encodeDemoMask } from './encode';
import { demoProducts } from './products/catalogue';
import type { DemoSample } from './types';

const counts = { trainNormals: 1, testNormals: 0, anomalies: 1, auxiliaryPerQuality: 0 };
const [normal, anomaly] = [...generateDemoSet(demoProducts[2]!, 3, counts)] as [DemoSample, DemoSample];

describe('encoding a demo sample', () => {
  it('keeps every pixel as PNG', async () => {
    const { data, info } = await sharp(await encodeDemoImage(normal)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([normal.width, normal.height, 3]);
    expect(Buffer.from(normal.rgb).equals(data)).toBe(true);
  });

  it.each(['jpeg', 'webp'] as const)('writes %s that looks the same', async (format) => {
    const file = await encodeDemoImage(normal, format);
    expect((await sharp(file).metadata()).format).toBe(format);
    const data = await sharp(file).raw().toBuffer();
    const sum = data.reduce((total, value, i) => total + Math.abs(value - (normal.rgb[i] as number)), 0);
    expect(sum / data.length).toBeLessThan(6);
  });

  it('writes the mask as one channel of 0 and 255, and none for a sound part', async () => {
    expect(await encodeDemoMask(normal)).toBeUndefined();
    const { data } = await sharp(await encodeDemoMask(anomaly)).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
    expect(Buffer.from(anomaly.mask!).equals(data)).toBe(true);
  });
});
