import sharp from 'sharp';
import { createRandom } from '@/lib/anomaly/random/generator';

const side = 96;

/** What is wrong with an image: how strong its spot is (0: none) and how large, or that it shows another product. */
export type Flaw = { readonly strength: number; readonly radius: number; readonly otherProduct: boolean };

/** A brushed plate, or a checked one of another product, with a dark round spot of the flaw's strength; the same for the same number. */
export function image(number: number, { strength, radius, otherProduct }: Flaw): Promise<Buffer> {
  const { uniform } = createRandom(number);
  const [phase, slope, light] = [uniform() * 6.3, 0.2 + 0.1 * uniform(), 120 + 20 * uniform()];
  const [x0, y0] = [0.25 + 0.5 * uniform(), 0.25 + 0.5 * uniform()].map((share) => share * side) as [number, number];
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0, at = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1, at += 3) {
      const texture = otherProduct ? 60 * ((((x + number) >> 4) + (y >> 4)) % 2) : 18 * Math.sin(y * slope + phase);
      const spot = 90 * strength * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * radius * radius));
      const value = light + texture - spot + 14 * (uniform() - 0.5);
      pixels[at] = value;
      pixels[at + 1] = value - 6;
      pixels[at + 2] = value - 14;
    }
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 80 }).toBuffer();
}
