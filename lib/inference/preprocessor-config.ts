import { z } from 'zod';
import type { PresetName } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from './manifest';
import type { Interpolation } from './preprocess/resize';

/** How images go in: the part of a manifest that a repository's configuration tells. */
export type ImageProcessing = Pick<ModelManifest, 'resize' | 'interpolation'> & {
  readonly width: number;
  readonly height: number;
  readonly pixelRange: 'unit' | 'byte';
  readonly mean: number[];
  readonly std: number[];
};

/** JSON files of a repository, parsed; undefined where it has none. */
export type ModelConfigurations = {
  /** preprocessor_config.json of transformers. */
  readonly preprocessor?: unknown;
  /** config.json of transformers or timm. */
  readonly config?: unknown;
  /** preprocess_cfg.json, open_clip's settings. */
  readonly openClip?: unknown;
};

const side = z.int().min(1).max(4096);
const sizeSchema = z.union([side, z.tuple([side, side]), z.looseObject({ height: side.optional(), width: side.optional(), shortest_edge: side.optional() })]);
type Size = z.infer<typeof sizeSchema>;
const flag = z.boolean().nullish();
const values = z.union([z.array(z.number()).min(1).max(3), z.number().transform((value) => [value])]).nullish();

const processorSchema = z.looseObject({
  image_processor_type: z.string().nullish(),
  feature_extractor_type: z.string().nullish(),
  do_resize: flag,
  size: sizeSchema.nullish(),
  resample: z.union([z.int(), z.string()]).nullish(),
  crop_pct: z.number().positive().max(1).nullish(),
  do_center_crop: flag,
  crop_size: sizeSchema.nullish(),
  do_rescale: flag,
  rescale_factor: z.number().positive().nullish(),
  rescale_offset: flag,
  do_normalize: flag,
  image_mean: values,
  image_std: values,
});
type Processor = z.infer<typeof processorSchema>;

const timmSchema = z.looseObject({
  input_size: z.tuple([z.int(), side, side]),
  interpolation: z.string().default('bilinear'),
  crop_pct: z.number().positive().max(1).default(0.875),
  crop_mode: z.string().default('center'),
  mean: z.array(z.number()).min(1).max(3),
  std: z.array(z.number().positive()).min(1).max(3),
});

const openClipSchema = z.looseObject({
  size: z.union([side, z.tuple([side, side])]),
  interpolation: z.string().default('bicubic'),
  resize_mode: z.string().default('shortest'),
  mean: z.array(z.number()).min(1).max(3),
  std: z.array(z.number().positive()).min(1).max(3),
});

function refuse(file: string, message: string): never {
  throw new AssayError('model.invalid', `${file}: ${message}.`, { hint: 'Give the preprocessing yourself, in a manifest or by one of the presets.' });
}

/** Pillow's resampling filters by number (as transformers stores them) and by name. */
const filters: Readonly<Record<string, Interpolation>> = { 0: 'nearest', 2: 'bilinear', 3: 'bicubic', nearest: 'nearest', bilinear: 'bilinear', bicubic: 'bicubic' };

function interpolationOf(filter: number | string, file: string): Interpolation {
  return filters[String(filter).toLowerCase()] ?? refuse(file, `the resampling filter ${filter} is not one of nearest, bilinear and bicubic`);
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return refuse(file, `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'does not fit'}`);
}

type Geometry = Pick<ImageProcessing, 'width' | 'height' | 'resize'>;

const square = (edge: number): { width: number; height: number } => ({ width: edge, height: edge });

function sidesOf(size: Size | null | undefined): { width: number; height: number } | undefined {
  if (size == null) return undefined;
  if (typeof size === 'number') return square(size);
  if (Array.isArray(size)) return { height: size[0], width: size[1] };
  return size.height !== undefined && size.width !== undefined ? { height: size.height, width: size.width } : undefined;
}

/** ConvNeXt below 384 pixels: the shorter side becomes size / crop_pct, then the centre of that size is cut out; above: stretched. */
function convNext(edge: number, cropShare: number): Geometry {
  if (edge >= 384) return { ...square(edge), resize: { mode: 'stretch' } };
  return { ...square(edge), resize: { mode: 'shortest', edge: Math.floor(edge / cropShare) } };
}

/** Older files have one number for `size`: the shorter side where a crop follows, both sides where none does. */
function edgeOf(processor: Processor): number | undefined {
  const { size } = processor;
  if (typeof size === 'object' && size !== null && !Array.isArray(size)) return size.shortest_edge;
  return typeof size === 'number' && crops(processor) ? size : undefined;
}

function crops({ do_center_crop: asked, crop_size: size }: Processor): boolean {
  return asked ?? size != null;
}

function cropped(processor: Processor, edge: number | undefined, file: string): Geometry {
  const crop = sidesOf(processor.crop_size ?? processor.size) ?? refuse(file, 'the crop has no height and width');
  if (edge !== undefined) {
    if (edge < Math.max(crop.width, crop.height)) refuse(file, `the shorter side becomes ${edge}, which is smaller than the crop`);
    return { ...crop, resize: { mode: 'shortest', edge } };
  }
  const sides = sidesOf(processor.size);
  if (sides?.width === crop.width && sides.height === crop.height) return { ...crop, resize: { mode: 'stretch' } };
  return refuse(file, 'images are stretched to one size and then cropped to another, which is not supported');
}

function geometryOf(processor: Processor, file: string): Geometry {
  const kind = processor.image_processor_type ?? processor.feature_extractor_type ?? '';
  const edge = edgeOf(processor);
  if (processor.do_resize === false) refuse(file, 'images are not resized (do_resize), so they have no fixed size');
  if (processor.crop_pct != null || /^ConvNext/i.test(kind)) {
    const size = edge ?? sidesOf(processor.size)?.height;
    if (size !== undefined) return convNext(size, processor.crop_pct ?? 224 / 256);
  }
  if (crops(processor)) return cropped(processor, edge, file);
  const sides = sidesOf(processor.size);
  if (sides !== undefined && edge === undefined) return { ...sides, resize: { mode: 'stretch' } };
  return refuse(file, 'it does not say to which size images come');
}

/** transformers: pixel * factor (- 1 with an offset), then (value - mean) / std. */
function valuesOf(processor: Processor): Pick<ImageProcessing, 'pixelRange' | 'mean' | 'std'> {
  const normalises = processor.do_normalize !== false && processor.image_mean != null && processor.image_std != null;
  const mean = normalises ? processor.image_mean! : [0, 0, 0];
  const std = normalises ? processor.image_std! : [1, 1, 1];
  if (processor.do_rescale === false) return { pixelRange: 'byte', mean: spread(mean), std: spread(std) };
  const factor = processor.rescale_factor ?? 1 / 255;
  const offset = processor.rescale_offset === true ? 1 : 0;
  if (Math.abs(factor * 255 - 1) < 1e-6) return { pixelRange: 'unit', mean: spread(mean).map((value) => value + offset), std: spread(std) };
  return { pixelRange: 'byte', mean: spread(mean).map((value) => (value + offset) / factor), std: spread(std).map((value) => value / factor) };
}

/** One value for all three channels may be written once. */
function spread(list: readonly number[]): number[] {
  return list.length === 1 ? [list[0]!, list[0]!, list[0]!] : [...list];
}

function fromProcessor(value: unknown, file: string): ImageProcessing {
  const processor = parsed(processorSchema, value, file);
  const kind = processor.image_processor_type ?? processor.feature_extractor_type ?? '';
  // The defaults of transformers where a file leaves the filter out.
  const filter = processor.resample ?? (/^(CLIP|Bit|Siglip|Chinese)/i.test(kind) ? 3 : 2);
  return { ...geometryOf(processor, file), ...valuesOf(processor), interpolation: interpolationOf(filter, file) };
}

function fromTimm(value: unknown, file: string): ImageProcessing {
  const timm = parsed(timmSchema, value, file);
  const [, height, width] = timm.input_size;
  const stretched = timm.crop_mode === 'squash';
  if (!stretched && timm.crop_mode !== 'center') refuse(file, `crop_mode "${timm.crop_mode}" is not supported`);
  return {
    width,
    height,
    resize: stretched ? { mode: 'stretch' } : { mode: 'shortest', edge: Math.floor(Math.max(width, height) / timm.crop_pct) },
    interpolation: interpolationOf(timm.interpolation, file),
    pixelRange: 'unit',
    mean: spread(timm.mean),
    std: spread(timm.std),
  };
}

function fromOpenClip(value: unknown, file: string): ImageProcessing {
  const settings = parsed(openClipSchema, value, file);
  const { width, height } = sidesOf(settings.size)!;
  if (!['shortest', 'squash'].includes(settings.resize_mode)) refuse(file, `resize_mode "${settings.resize_mode}" is not supported`);
  return {
    width,
    height,
    resize: settings.resize_mode === 'squash' ? { mode: 'stretch' } : { mode: 'shortest', edge: Math.max(width, height) },
    interpolation: interpolationOf(settings.interpolation, file),
    pixelRange: 'unit',
    mean: spread(settings.mean),
    std: spread(settings.std),
  };
}

function timmPart(config: unknown): unknown {
  return typeof config === 'object' && config !== null && 'pretrained_cfg' in config ? config.pretrained_cfg : undefined;
}

/** `model_type` of config.json ("vit", "clip_vision_model"), or null. */
export function modelTypeOf({ config }: ModelConfigurations): string | null {
  return typeof config === 'object' && config !== null && 'model_type' in config && typeof config.model_type === 'string' ? config.model_type : null;
}

/**
 * Reads how a network's images are prepared, from the files that transformers, timm and open_clip leave beside their
 * networks: size, crop, filter, rescaling, mean and standard deviation.
 * @returns undefined where no file tells; then the catalogue or the person says
 * @throws AssayError `model.invalid` when a file asks for something that Assay's preprocessing cannot do
 */
export function readImageProcessing({ preprocessor, config, openClip }: ModelConfigurations): ImageProcessing | undefined {
  if (preprocessor !== undefined) return fromProcessor(preprocessor, 'preprocessor_config.json');
  if (openClip !== undefined) return fromOpenClip(openClip, 'preprocess_cfg.json');
  const timm = timmPart(config);
  return timm === undefined ? undefined : fromTimm(timm, 'config.json');
}

const imagenet = { pixelRange: 'unit', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const half = { pixelRange: 'unit', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
const clip = { pixelRange: 'unit', mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711] } as const;

type Preset = Pick<ImageProcessing, 'pixelRange' | 'interpolation'> & { readonly mean: readonly number[]; readonly std: readonly number[]; readonly crop: number | null };

/** Ways of preparing images that many networks share. `crop`: shorter side over input side; null stretches. */
const presets = {
  imagenet: { ...imagenet, interpolation: 'bilinear', crop: 256 / 224 },
  clip: { ...clip, interpolation: 'bicubic', crop: 1 },
  vit: { ...half, interpolation: 'bilinear', crop: null },
  /** timm's vision transformers: crop_pct 0.9. */
  'timm-vit': { ...half, interpolation: 'bicubic', crop: 1 / 0.9 },
  siglip: { ...half, interpolation: 'bicubic', crop: null },
  dino: { ...imagenet, interpolation: 'bicubic', crop: 256 / 224 },
  plain: { pixelRange: 'unit', mean: [0, 0, 0], std: [1, 1, 1], interpolation: 'bilinear', crop: 1 },
} as const satisfies Record<PresetName, Preset>;

/** A preset for a square input of `edge` pixels. */
export function presetProcessing(name: PresetName, edge: number): ImageProcessing {
  const { crop, mean, std, ...rest }: Preset = presets[name];
  const resize = crop === null ? { mode: 'stretch' as const } : { mode: 'shortest' as const, edge: Math.floor(edge * crop + 1e-9) };
  return { ...rest, mean: [...mean], std: [...std], ...square(edge), resize };
}
