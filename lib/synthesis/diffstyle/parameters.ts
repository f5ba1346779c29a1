import type { Generator } from '../generator';

export type DiffStyleParameters = { gamma: number; steps: number };

/** What DiffStyle is and what can be set; the images are made by a network (diffstyle.ts). */
export const diffStyle = {
  id: 'diffstyle',
  name: 'DiffStyle',
  description: 'Gives one normal image the content of another with a diffusion network that was trained on something else: whole images that are nearly right.',
  source: 'Jeong, Kwon, Uh: Training-free content injection using h-space in diffusion models. 2023; as used by SWSA (Fung et al.)',
  parameters: [
    { name: 'gamma', label: 'Strength', description: 'Share of the content image in the innermost layer; the rest is that of the style image.', kind: 'number', minimum: 0, maximum: 1, step: 0.05, default: 0.7 },
    { name: 'steps', label: 'Steps', description: 'Steps of the diffusion process, each way. More are slower and keep images more faithfully.', kind: 'number', minimum: 2, maximum: 1000, step: 1, whole: true, default: 50 },
  ],
  otherImage: 'required',
  usualQuality: null,
} as const satisfies Omit<Generator, 'attempts' | 'generate'>;
