import type { NumberParameter } from '../generator';

/** How strongly the colours of a patch change; 0.1 in the paper. */
export const jitterParameter: NumberParameter = {
  name: 'jitter',
  label: 'Colour change',
  description: 'Brightness, contrast and saturation change by up to this share, hue by up to this share of the colour circle.',
  kind: 'number',
  minimum: 0,
  maximum: 0.5,
  step: 0.01,
  default: 0.1,
};
