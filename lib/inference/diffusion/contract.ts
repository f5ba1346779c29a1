/** Names of the inputs and outputs of a diffusion network (docs/diffstyle.md). */
export const diffusionInputs = { image: 'x', step: 't', activation: 'h', replace: 'use_h' } as const;
export const diffusionOutputs = { noise: 'epsilon', activation: 'h_out' } as const;

/** Steps that a network was trained with; t runs from 0 to one less. */
export const DIFFUSION_STEPS = 1000;
