import { generateDemoSet } from '@/lib/demo/demo-set';
import { demoProducts } from '@/lib/demo/products/catalogue';
import { fitLinearModel, linearDenoiser, type LinearModel } from '@/lib/inference/diffusion/linear-denoiser';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { resizeRgb } from '@/lib/inference/preprocess/resize';
import { tensorOf } from '@/lib/synthesis/diffstyle/image-tensor';
import { keptShares } from '@/lib/synthesis/diffstyle/schedule';

/** Pixels and directions of the small network. */
export const SMALL_DIFFUSION = { width: 32, height: 32, rank: 12 } as const;
const PARTS = 16;

/** Sound parts of one demo product at the small network's size. */
export function smallPictures(product: number, count: number, seed: number): RgbImage[] {
  const set = generateDemoSet(demoProducts[product]!, seed, { trainNormals: count, testNormals: 0, anomalies: 0, auxiliaryPerQuality: 0 });
  return [...set].map((sample) => resizeRgb(sample, SMALL_DIFFUSION.width, SMALL_DIFFUSION.height, 'bilinear'));
}

/**
 * A diffusion network for tests and for trying DiffStyle out without a download, fitted in closed form to 16 sound parts of
 * each demo product (about 160 kB; a few seconds). It knows their colours and coarse shapes and nothing else: no network to select with.
 */
export function smallDiffusion(): { readonly model: LinearModel; readonly onnx: Uint8Array } {
  const pictures = demoProducts.flatMap((_, product) => smallPictures(product, PARTS, 1));
  const model = fitLinearModel(pictures.map((picture) => tensorOf(picture, SMALL_DIFFUSION)), SMALL_DIFFUSION);
  return { model, onnx: linearDenoiser(model, keptShares()) };
}
