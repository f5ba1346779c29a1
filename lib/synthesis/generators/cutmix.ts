import { betaQuantile } from '@/lib/anomaly/distributions/beta';
import { upTo } from '../draw';
import type { Generator } from '../generator';
import { canvasOf } from '../image';
import { cut, paste } from '../patch';
import { secondImage } from './second-image';

export type CutMixParameters = { alpha: number };

/** CutMix of Yun et al. (2019), section 3.1: a box of area 1 - lambda from another image, lambda ~ Beta(alpha, alpha). */
export const cutMix: Generator<CutMixParameters> = {
  id: 'cutmix',
  name: 'CutMix',
  description: 'Puts a rectangle of another normal image on the same place of this one. What is cut off at the border is lost.',
  source: 'Yun, Han, Oh, Chun, Choe, Yoo: CutMix. ICCV 2019',
  parameters: [
    { name: 'alpha', label: 'Alpha', description: 'The share that stays is drawn from Beta(alpha, alpha); 1 is uniform.', kind: 'number', minimum: 0.1, maximum: 20, step: 0.1, default: 1 },
  ],
  otherImage: 'required',
  usualQuality: null,
  attempts: 100,
  generate(material, { alpha }, random) {
    const { image } = material;
    const other = secondImage(material, 'CutMix');
    const uniform = random.uniform();
    // Beta(1, 1) is the uniform distribution: no logarithm may differ between engines there.
    const lambda = alpha === 1 ? uniform : betaQuantile(uniform, alpha, alpha);
    const side = Math.sqrt(1 - lambda);
    const [x, width] = span(image.width, side, upTo(image.width - 1, random));
    const [y, height] = span(image.height, side, upTo(image.height - 1, random));
    const canvas = canvasOf(image);
    paste(canvas, cut(other, { width, height }, { x, y }), { width, height }, { x, y });
    return { image: canvas, drawn: { lambda, x, y, width, height, areaShare: (width * height) / (image.width * image.height) }, usesOther: true };
  },
};

/** Begin and length of a side round its centre, cut at the border; at least one pixel, so that narrow images can change too. */
function span(limit: number, share: number, centre: number): [number, number] {
  const length = Math.max(1, Math.trunc(limit * share));
  const begin = Math.max(0, centre - Math.trunc(length / 2));
  return [begin, Math.min(limit, centre - Math.trunc(length / 2) + length) - begin];
}
