import { generateDemoSet } from '@/lib/demo/demo-set';
import { demoProducts } from '@/lib/demo/products/catalogue';
import { resizeRgb } from '@/lib/inference/preprocess/resize';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { tensorOf } from '@/lib/synthesis/diffstyle/image-tensor';
import { keptShares } from '@/lib/synthesis/diffstyle/schedule';
import { fitLinearModel, linearDenoiser, type LinearModel } from '../linear-denoiser';

export const SMALL = { width: 32, height: 32, rank: 12 } as const;

/** Sound parts of one demo product, scaled down. */
export function smallPictures(product: number, count: number, seed = 1): RgbImage[] {
  const set = generateDemoSet(demoProducts[product]!, seed, { trainNormals: count, testNormals: 0, anomalies: 0, auxiliaryPerQuality: 0 });
  return [...set].map((sample) => resizeRgb(sample, SMALL.width, SMALL.height, 'bilinear'));
}

/** A diffusion network for tests, fitted in closed form to 16 sound parts of each demo product, and its model. */
export function smallModel(): { model: LinearModel; onnx: Uint8Array } {
  const pictures = demoProducts.flatMap((_, product) => smallPictures(product, 16));
  const model = fitLinearModel(pictures.map((picture) => tensorOf(picture, SMALL)), SMALL);
  return { model, onnx: linearDenoiser(model, keptShares()) };
}
