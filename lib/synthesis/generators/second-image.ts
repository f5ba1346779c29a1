import { NumericsError } from '@/lib/anomaly/errors';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { resizeRgb } from '@/lib/inference/preprocess/resize';
import type { Material } from '../generator';

/** The second image at the size of the first. @throws NumericsError `data.too_few_rows` when there is none */
export function secondImage({ image, other }: Material, who: string): RgbImage {
  if (other === undefined) throw new NumericsError('data.too_few_rows', `${who} needs at least two seed images.`);
  return fitted(other, image);
}

/** The image itself, or resized (bilinear) to the size of another. */
export function fitted(image: RgbImage, { width, height }: RgbImage): RgbImage {
  return image.width === width && image.height === height ? image : resizeRgb(image, width, height, 'bilinear');
}
