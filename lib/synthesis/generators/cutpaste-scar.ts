import { applyJitter, drawJitter } from '../colour-jitter';
import { between } from '../draw';
import { direction } from '../exact-math';
import type { Generator } from '../generator';
import { canvasOf, pixelUnit, type Canvas } from '../image';
import { cut, placeFor, type Place, type Size } from '../patch';
import { jitterParameter } from './jitter-parameter';

export type ScarParameters = { widthMinimum: number; widthMaximum: number; lengthMinimum: number; lengthMaximum: number; rotationMaximum: number; jitter: number };

const at256 = { kind: 'number', minimum: 1, maximum: 256, step: 1, unit: 'px at 256' } as const;

/** CutPaste-scar of Li et al. (2021), section 2.2: a thin patch of the image, turned, on another place of it. */
export const cutPasteScar: Generator<ScarParameters> = {
  id: 'cutpaste-scar',
  name: 'CutPaste (scar)',
  description: 'Cuts a thin strip out of the image, changes its colours a little, turns it and pastes it somewhere else.',
  source: 'Li, Sohn, Yoon, Pfister: CutPaste. CVPR 2021',
  parameters: [
    { ...at256, name: 'widthMinimum', label: 'Narrowest', description: 'Least width of the strip.', default: 2, atMost: 'widthMaximum' },
    { ...at256, name: 'widthMaximum', label: 'Widest', description: 'Greatest width of the strip.', default: 16 },
    { ...at256, name: 'lengthMinimum', label: 'Shortest', description: 'Least length of the strip.', default: 10, atMost: 'lengthMaximum' },
    { ...at256, name: 'lengthMaximum', label: 'Longest', description: 'Greatest length of the strip.', default: 25 },
    { name: 'rotationMaximum', label: 'Turn', description: 'The strip is turned from upright by up to this angle, to either side.', kind: 'number', minimum: 0, maximum: 90, step: 1, default: 45, unit: 'degrees' },
    jitterParameter,
  ],
  otherImage: 'unused',
  usualQuality: null,
  attempts: 100,
  generate({ image }, parameters, random) {
    const unit = pixelUnit(image);
    const canvas = canvasOf(image);
    const width = between(parameters.widthMinimum, parameters.widthMaximum, random);
    const length = between(parameters.lengthMinimum, parameters.lengthMaximum, random);
    const rotation = between(-parameters.rotationMaximum, parameters.rotationMaximum, random);
    const side = (at256px: number, limit: number) => Math.max(1, Math.min(limit, Math.round(at256px * unit)));
    const size: Size = { width: side(width, image.width), height: side(length, image.height) };
    const from = placeFor(image, size, random);
    const patch = cut(image, size, from);
    const colours = drawJitter(parameters.jitter, random);
    applyJitter(patch, colours);
    const turned = turn(size, rotation);
    const to = placeFor(image, turned, random);
    pasteTurned(canvas, patch, size, turned, to);
    return { image: canvas, drawn: { width: size.width, length: size.height, rotation, fromX: from.x, fromY: from.y, toX: to.x, toY: to.y, ...colours }, usesOther: false };
  },
};

type Turned = Size & { readonly cos: number; readonly sin: number };

/**
 * The upright box round a patch that was turned, in whole pixels. Its sides are odd where the patch's are, so that the middle of
 * both falls on the same place of a pixel: else a patch of one pixel could turn into none.
 */
function turn({ width, height }: Size, degrees: number): Turned {
  const { cos, sin } = direction((degrees * Math.PI) / 180);
  // Rounded up, but not because of the last bit.
  const whole = (side: number, like: number) => {
    const up = Math.max(1, Math.ceil(side - 1e-9));
    return up + ((up - like) & 1);
  };
  return { width: whole(width * Math.abs(cos) + height * Math.abs(sin), width), height: whole(width * Math.abs(sin) + height * Math.abs(cos), height), cos, sin };
}

/** Lays a turned patch on the image: each pixel of the box takes the nearest pixel of the patch, if it lies in it. */
function pasteTurned(image: Canvas, patch: Float64Array, size: Size, box: Turned, to: Place): void {
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const [dx, dy] = [x + 0.5 - box.width / 2, y + 0.5 - box.height / 2];
      const column = Math.floor(box.cos * dx + box.sin * dy + size.width / 2);
      const row = Math.floor(box.cos * dy - box.sin * dx + size.height / 2);
      const inside = column >= 0 && column < size.width && row >= 0 && row < size.height && to.x + x >= 0 && to.x + x < image.width && to.y + y >= 0 && to.y + y < image.height;
      if (!inside) continue;
      const source = 3 * (row * size.width + column);
      image.rgb.set(patch.subarray(source, source + 3), 3 * ((to.y + y) * image.width + to.x + x));
    }
  }
}
