import { z } from 'zod';
import { precisionSchema } from '@/lib/api/contracts/models';
import type { PreprocessSpec } from './preprocess/preprocess';
import { interpolations } from './preprocess/resize';

/** How a network's output becomes one vector per image. */
export const poolings = ['none', 'cls', 'mean-tokens', 'mean-patches', 'mean-spatial', 'flatten'] as const;
export type Pooling = (typeof poolings)[number];

const side = z.int().min(8).max(2048);
const perChannel = z.array(z.number()).min(1).max(3);

const inputSchema = z.strictObject({
  /** Name of the network's input. */
  name: z.string().min(1).max(200),
  width: side,
  height: side,
  layout: z.enum(['nchw', 'nhwc']).default('nchw'),
  channels: z.enum(['rgb', 'bgr', 'grey']).default('rgb'),
  pixelRange: z.enum(['unit', 'byte']).default('unit'),
  mean: perChannel,
  std: z.array(z.number().positive()).min(1).max(3),
  /** Images per inference, where another number would change the vectors (dynamically quantised networks: 1). */
  batch: z.int().min(1).max(64).optional(),
});

/** A file of weights that must lie beside the ONNX file under this name ("model.onnx_data"). */
const weightsSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/, 'a plain file name'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
});

const resizeSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('stretch') }),
  /** The shorter side becomes `edge`; then the centre of the input's size is cut out. */
  z.strictObject({ mode: z.literal('shortest'), edge: z.int().min(8).max(4096) }),
]);

/** A tensor of the graph that patch features are read from. */
const patchOutputSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** `log`: of moduli of wavelets and other quantities that are positive and compared by their ratio. */
  scale: z.enum(['linear', 'log']).default('linear'),
  /** Factor of its values beside those of other outputs. */
  weight: z.number().positive().default(1),
});

/** Where in the graph one vector for each patch of an image stands. */
const patchesSchema = z.strictObject({
  /** `tokens`: one output (N, tokens, d), row by row. `maps`: feature maps (N, channels, height, width), brought to the grid of the first one. */
  layout: z.enum(['tokens', 'maps']),
  outputs: z.array(patchOutputSchema).min(1).max(64),
  /** Tokens in front that stand for no patch: class token, registers. */
  leading: z.int().min(0).max(64).default(0),
  /** Each output is divided by the root of its channels, so that many channels do not outweigh few. */
  balanced: z.boolean().default(false),
});
export type PatchSpec = z.infer<typeof patchesSchema>;

/**
 * What must be known of an ONNX file to turn images into vectors with it; a small JSON file beside the model.
 * Unknown keys are refused, so that a misspelt one is not silently ignored.
 */
export const modelManifestSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dot, dash and underscore, at most 64'),
    name: z.string().min(1).max(120),
    description: z.string().max(1000).optional(),
    input: inputSchema,
    resize: resizeSchema,
    interpolation: z.enum(interpolations).default('bilinear'),
    output: z.strictObject({ name: z.string().min(1).max(200), pooling: z.enum(poolings).default('none') }),
    /** Null: the graph was looked at and has none. Absent: nobody has looked yet. Has no influence on the vectors. */
    patches: patchesSchema.nullable().optional(),
    licence: z.string().min(1).max(200),
    source: z.string().min(1).max(500),
    /** Weights outside the ONNX file, as models above 2 GB need. */
    weights: z.array(weightsSchema).min(1).max(2000).optional(),
    /** Number of weights, as counted in the file. */
    parameters: z.int().positive().optional(),
    precision: precisionSchema.optional(),
  })
  .superRefine((manifest, context) => {
    const { input, resize } = manifest;
    const depth = input.channels === 'grey' ? 1 : 3;
    for (const key of ['mean', 'std'] as const) {
      if (input[key].length === depth) continue;
      context.addIssue({ code: 'custom', path: ['input', key], message: `${input.channels} input wants ${depth} value(s), got ${input[key].length}` });
    }
    if (manifest.patches?.layout === 'tokens' && manifest.patches.outputs.length > 1) {
      context.addIssue({ code: 'custom', path: ['patches', 'outputs'], message: 'tokens are read from one output' });
    }
    if (resize.mode === 'shortest' && resize.edge < Math.max(input.width, input.height)) {
      context.addIssue({ code: 'custom', path: ['resize', 'edge'], message: `must be at least the larger side of the input, ${Math.max(input.width, input.height)}` });
    }
  });

export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** The part of a manifest that preprocessing needs. */
export function preprocessSpec(manifest: Pick<ModelManifest, 'input' | 'resize' | 'interpolation'>): PreprocessSpec {
  const { name: _name, batch: _batch, ...input } = manifest.input;
  return { ...input, resize: manifest.resize, interpolation: manifest.interpolation };
}
