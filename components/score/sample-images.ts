import { urlOf } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { ImageVariant } from '@/lib/api/contracts/samples';

/** Address of an image of a sample. */
export function imageUrl(projectId: string, sampleId: string, variant: ImageVariant): string {
  return urlOf(addresses.sampleImage, { params: { projectId, sampleId }, query: { variant } });
}

/** Starts loading images that will be looked at soon; the browser keeps them. */
export function preloadImages(urls: readonly string[]): void {
  for (const url of urls) {
    const image = new Image();
    image.decoding = 'async';
    image.src = url;
  }
}
