import { displaced, randomDisplacement } from '../displacement';
import type { Generator } from '../generator';

export type ElasticParameters = { alpha: number; sigma: number };

/** Elastic distortion of Simard et al. (2003), with the strength that the EAP authors use for unrealistic images. */
export const elastic: Generator<ElasticParameters> = {
  id: 'elastic',
  name: 'Elastic distortion',
  description: 'Drags every pixel along a random smooth field. At the default strength the image is ruined: for evaluation sets.',
  source: 'Simard, Steinkraus, Platt: Best practices for convolutional neural networks. ICDAR 2003',
  parameters: [
    { name: 'alpha', label: 'Strength', description: 'Twice the factor of the smoothed noise that shifts the pixels; 2000 moves them by about 33 px at 256 along each axis.', kind: 'number', minimum: 1, maximum: 10_000, step: 10, default: 2000 },
    { name: 'sigma', label: 'Smoothness', description: 'Standard deviation of the Gaussian that smooths the noise.', kind: 'number', minimum: 0.5, maximum: 32, step: 0.5, default: 5, unit: 'px at 256' },
  ],
  otherImage: 'unused',
  usualQuality: 'unrealistic',
  attempts: 3,
  generate({ image }, { alpha, sigma }, random) {
    const { image: canvas, meanShift } = displaced(image, randomDisplacement(image, alpha, sigma, random));
    return { image: canvas, drawn: { alpha, sigma, meanShift }, usesOther: false };
  },
};
