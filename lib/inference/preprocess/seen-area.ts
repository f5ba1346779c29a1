import { longestProportion, type PreprocessSpec } from './preprocess';

/** A rectangle inside an image, in fractions of its width and height. */
export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/**
 * The part of an image that a network sees: all of it when it is stretched, the centre when it is cut out. Exact up to the rounding of the resized
 * image to whole pixels.
 * @param width @param height of the image in pixels
 */
export function seenArea({ resize, ...input }: Pick<PreprocessSpec, 'resize' | 'width' | 'height'>, width: number, height: number): Area {
  if (resize.mode === 'stretch') return { left: 0, top: 0, width: 1, height: 1 };
  const shorter = Math.min(width, height);
  // Resizing keeps the proportions of what is left of a very long image.
  const scale = resize.edge / shorter;
  const across = Math.min(1, input.width / (Math.min(width, longestProportion * shorter) * scale)) * Math.min(1, (longestProportion * shorter) / width);
  const down = Math.min(1, input.height / (Math.min(height, longestProportion * shorter) * scale)) * Math.min(1, (longestProportion * shorter) / height);
  return { left: (1 - across) / 2, top: (1 - down) / 2, width: across, height: down };
}
