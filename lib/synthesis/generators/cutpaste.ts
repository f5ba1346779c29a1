import { applyJitter, drawJitter } from '../colour-jitter';
import { between } from '../draw';
import type { Generator } from '../generator';
import { canvasOf } from '../image';
import { aspectRatio, cut, paste, patchSize, placeFor } from '../patch';
import { jitterParameter } from './jitter-parameter';

export type CutPasteParameters = { areaMinimum: number; areaMaximum: number; aspectMinimum: number; aspectMaximum: number; jitter: number };

/** CutPaste of Li et al. (2021), section 2.2: a patch of the image, its colours changed a little, on another place of it. */
export const cutPaste: Generator<CutPasteParameters> = {
  id: 'cutpaste',
  name: 'CutPaste',
  description: 'Cuts a rectangle out of the image, changes its colours a little and pastes it somewhere else.',
  source: 'Li, Sohn, Yoon, Pfister: CutPaste. CVPR 2021',
  parameters: [
    { name: 'areaMinimum', label: 'Smallest area', description: 'Share of the image that the patch covers at least.', kind: 'number', minimum: 0.0005, maximum: 0.9, step: 0.005, default: 0.02, atMost: 'areaMaximum' },
    { name: 'areaMaximum', label: 'Largest area', description: 'Share of the image that the patch covers at most.', kind: 'number', minimum: 0.0005, maximum: 0.9, step: 0.005, default: 0.15 },
    { name: 'aspectMinimum', label: 'Tallest shape', description: 'Smallest ratio of width to height.', kind: 'number', minimum: 0.02, maximum: 1, step: 0.01, default: 0.3 },
    { name: 'aspectMaximum', label: 'Widest shape', description: 'Largest ratio of width to height.', kind: 'number', minimum: 1, maximum: 50, step: 0.1, default: 3.3 },
    jitterParameter,
  ],
  otherImage: 'unused',
  usualQuality: null,
  attempts: 100,
  generate({ image }, { areaMinimum, areaMaximum, aspectMinimum, aspectMaximum, jitter }, random) {
    const canvas = canvasOf(image);
    const areaShare = between(areaMinimum, areaMaximum, random);
    const aspect = aspectRatio(aspectMinimum, aspectMaximum, random);
    const size = patchSize(image, areaShare, aspect);
    const from = placeFor(image, size, random);
    const to = placeFor(image, size, random);
    const patch = cut(image, size, from);
    const colours = drawJitter(jitter, random);
    applyJitter(patch, colours);
    paste(canvas, patch, size, to);
    return { image: canvas, drawn: { areaShare, aspect, ...size, fromX: from.x, fromY: from.y, toX: to.x, toY: to.y, ...colours }, usesOther: false };
  },
};
