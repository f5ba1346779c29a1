import { develop, drawExposure, drawLight, drawPose } from './raster/camera';
import { maskOf } from './raster/canvas';
import { mixSeed, seededRandom } from './raster/seeded-random';
import type { ProceduralProduct } from './types';

/** A photograph of one part; the mask is 255 where its defect lies. */
export type Shot = { readonly rgb: Uint8Array; readonly mask?: Uint8Array; readonly parameters: Readonly<Record<string, string | number>> };

/** Three decimals: what is written down as a parameter. */
export const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Renders and photographs one part. Pose, lamp, camera, texture and defect each have a stream of their own under the seed. */
export function photograph(product: ProceduralProduct, seed: number, defect?: { type: string; severity: number }): Shot {
  const camera = seededRandom(mixSeed(seed, 'camera'));
  const pose = drawPose(camera);
  const light = drawLight(camera);
  const exposure = drawExposure(camera);
  const random = seededRandom(mixSeed(seed, 'texture'));
  const request = defect && { ...defect, random: seededRandom(mixSeed(seed, 'defect')) };
  const { canvas, coverage } = product.render({ pose, light, random }, request);
  const shot = { rgb: develop(canvas, exposure), parameters: { product: product.id, exposure: rounded(exposure.gain) } };
  return coverage === undefined ? shot : { ...shot, mask: maskOf(coverage, 0.3) };
}
