import { describe, expect, it } from 'vitest';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { createRandom } from '@/lib/anomaly/random/generator';
import { PixelScores, pixelAuroc, pixelMap } from './pixel-auroc';

describe('pixel AUROC', () => {
  it('is that of the pairs, ties by half', () => {
    const { integer } = createRandom(5);
    const scores = Array.from({ length: 400 }, () => integer(20));
    const labels = Uint8Array.from(scores, (score) => Number(integer(20) < score));
    const [defective, normal] = [new PixelScores(), new PixelScores()];
    scores.forEach((score, i) => (labels[i] === 1 ? defective : normal).add(score));
    expect(pixelAuroc(defective, normal)).toBeCloseTo(rocAuc(labels, Float64Array.from(scores)), 12);
  });

  it('knows which pixels were seen', () => {
    const pixels = pixelMap({ distances: Float32Array.of(1, 3), rows: 1, columns: 2, area: { left: 0.25, top: 0, width: 0.5, height: 0.5 } }, 8, 2);
    expect(Array.from(pixels)).toEqual([NaN, NaN, 1, 1.5, 2.5, 3, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]);
  });
});
