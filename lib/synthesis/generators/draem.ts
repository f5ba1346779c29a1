import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import { between, upTo } from '../draw';
import type { Generator, Material } from '../generator';
import { canvasOf } from '../image';
import { perlin } from '../perlin';
import { fitted } from './second-image';

export type DraemParameters = { scaleMaximum: number; threshold: number; opacityMinimum: number; opacityMaximum: number; texture: string };

/** DRAEM of Zavrtanik et al. (2021), section 3.1: a texture seen through a thresholded Perlin noise. */
export const draem: Generator<DraemParameters> = {
  id: 'draem',
  name: 'DRAEM (Perlin)',
  description: 'Lays a texture over the image where a Perlin noise is above a threshold: spots of irregular shape.',
  source: 'Zavrtanik, Kristan, Skocaj: DRAEM. ICCV 2021',
  parameters: [
    { name: 'scaleMaximum', label: 'Finest noise', description: 'The noise has 2^u cells along each side, u a whole number from 0 to this one.', kind: 'number', minimum: 0, maximum: 8, step: 1, whole: true, default: 6 },
    { name: 'threshold', label: 'Threshold', description: 'The texture is laid where the noise, from -1 to 1, is above it.', kind: 'number', minimum: 0, maximum: 0.95, step: 0.05, default: 0.5 },
    { name: 'opacityMinimum', label: 'Least opacity', description: 'Share of the texture in the mixture, at least.', kind: 'number', minimum: 0.05, maximum: 1, step: 0.05, default: 0.1, atMost: 'opacityMaximum' },
    { name: 'opacityMaximum', label: 'Greatest opacity', description: 'Share of the texture in the mixture, at most.', kind: 'number', minimum: 0.05, maximum: 1, step: 0.05, default: 1 },
    {
      name: 'texture',
      label: 'Texture',
      description: 'What is laid over the image. Another image falls back to noise when there is only one seed image.',
      kind: 'choice',
      options: [
        { value: 'other', label: 'another seed image' },
        { value: 'noise', label: 'coloured noise' },
      ],
      default: 'other',
    },
  ],
  otherImage: 'used',
  usualQuality: null,
  attempts: 100,
  generate(material, { scaleMaximum, threshold, opacityMinimum, opacityMaximum, texture: wanted }, random) {
    const { image } = material;
    const columns = 2 ** upTo(scaleMaximum, random);
    const rows = 2 ** upTo(scaleMaximum, random);
    const noise = perlin(columns, rows, random);
    const opacity = between(opacityMinimum, opacityMaximum, random);
    const { name: texture, at } = textureOf(material, wanted, random);
    const canvas = canvasOf(image);
    let covered = 0;
    for (let y = 0, pixel = 0; y < image.height; y += 1) {
      for (let x = 0; x < image.width; x += 1, pixel += 1) {
        // At the middle of the pixel: at its corner, a pixel on the lattice would always be 0.
        if (noise.at(((x + 0.5) * columns) / image.width, ((y + 0.5) * rows) / image.height) <= threshold) continue;
        covered += 1;
        for (let i = 3 * pixel; i < 3 * pixel + 3; i += 1) canvas.rgb[i] = (1 - opacity) * image.rgb[i]! + opacity * at(i);
      }
    }
    return { image: canvas, drawn: { columns, rows, opacity, texture, coveredShare: covered / (image.width * image.height) }, usesOther: texture === 'other' };
  },
};

type Texture = { readonly name: 'other' | 'noise'; at(index: number): number };

function textureOf({ image, other }: Material, wanted: string, random: RandomGenerator): Texture {
  if (wanted === 'noise' || other === undefined) return { name: 'noise', at: () => random.integer(256) };
  const { rgb } = fitted(other, image);
  return { name: 'other', at: (index) => rgb[index]! };
}
