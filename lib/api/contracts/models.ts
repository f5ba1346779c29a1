import { z } from 'zod';
import { idSchema } from './common';

/** In which numbers the weights of a network are stored. */
export const precisions = ['fp32', 'fp16', 'int8', 'int4'] as const;
export type Precision = (typeof precisions)[number];
export const precisionSchema = z.enum(precisions);

/** Ways of preparing images that many networks share, for those that come without a file that says it. */
export const presetNames = ['imagenet', 'clip', 'vit', 'timm-vit', 'siglip', 'dino', 'plain'] as const;
export type PresetName = (typeof presetNames)[number];

/**
 * How a value of the catalogue is known. seen: read in the repository's own list of files or its model card.
 * published: in the paper, the model card or the documentation of the original weights. assumed: follows from the
 * others, not looked up. Whatever is said here, a download is checked against the checksum that the hub gives, and the
 * network is tried before it is saved.
 */
export const evidences = ['seen', 'published', 'assumed'] as const;
const evidence = z.enum(evidences);

const catalogueFileSchema = z.strictObject({
  path: z.string().regex(/^[\w.-]+(\/[\w.-]+)*\.onnx$/),
  /** Rounded as the hub shows it. */
  megabytes: z.number().positive(),
  known: evidence,
});

/** A public network that is known to serve. */
export const catalogueEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  name: z.string().min(1).max(60),
  /** What it is good for, in a line. */
  note: z.string().min(1).max(240),
  /** Null where no public ONNX file is known. */
  hub: z
    .strictObject({
      repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
      revision: z.string().min(1).default('main'),
      known: evidence,
      files: z.partialRecord(precisionSchema, catalogueFileSchema).refine((files) => Object.keys(files).length > 0),
      /** Text towers in the same repository, beside a tokenizer.json; null where the network knows no texts. */
      textFiles: z.partialRecord(precisionSchema, catalogueFileSchema).nullable().default(null),
    })
    .nullable(),
  /** Where the original weights are, for export by one's own hands when `hub` is null. */
  exportFrom: z.string().regex(/^[\w.-]+\/[\w.-]+$/).nullable().default(null),
  licence: z.strictObject({ name: z.string().min(1).max(60), known: evidence }),
  parameters: z.strictObject({ count: z.int().positive(), known: evidence }),
  /** Sides of the input in pixels. */
  input: z.strictObject({ edge: z.int().min(32).max(1024), known: evidence }),
  /** What is taken as the vector, and its length. */
  output: z.strictObject({ pooling: z.string().min(1).max(60), dim: z.int().positive(), known: evidence }),
  /** For repositories without a file that says how images are prepared. */
  preprocessing: z.strictObject({ preset: z.enum(presetNames), known: evidence }).nullable().default(null),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

/** `hub`: the address that a download would come from. */
export const modelCatalogueSchema = z.object({ hub: z.string(), entries: z.array(catalogueEntrySchema) });
export type ModelCatalogue = z.infer<typeof modelCatalogueSchema>;

/** What a person decides of a network that is added; null leaves it to the files and to what is proposed. */
export const modelWishesSchema = z.object({
  name: z.string().trim().min(1).max(120).nullable().default(null),
  licence: z.string().trim().min(1).max(200).nullable().default(null),
  /** How images are prepared, where no file beside the network says it. `edge`: side of the input in pixels. */
  preprocessing: z.object({ preset: z.enum(presetNames), edge: z.int().min(8).max(2048).nullable().default(null) }).nullable().default(null),
  output: z.object({ name: z.string().min(1).max(200), pooling: z.string().max(20).nullable().default(null) }).nullable().default(null),
});
export type ModelWishes = z.infer<typeof modelWishesSchema>;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A repository of the hub, or an entry of the catalogue. */
export const hubSourceSchema = z.object({
  repo: z.string().min(3).max(200),
  revision: z.string().min(1).max(200).default('main'),
  /** Path of the ONNX file; null takes the image tower in `precision`. */
  file: z.string().min(6).max(500).nullable().default(null),
  precision: precisionSchema.default('fp32'),
  catalogueId: z.string().max(60).nullable().default(null),
  /** With the text tower, as an image-text pair. */
  texts: z.boolean().default(false),
  /** Path of the ONNX file of the text tower; null takes the usual one in `precision`. */
  textFile: z.string().min(6).max(500).nullable().default(null),
});
export type HubSource = z.infer<typeof hubSourceSchema>;

/** Files that were sent before. Configurations are sent along, parsed. */
export const fileSourceSchema = z.object({
  files: z.array(z.object({ name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/, 'a plain file name'), sha256: sha256Schema, bytes: z.int().positive() })).min(1).max(2000),
  /** `tokenizer`: tokenizer_config.json of an image-text pair, whose files are vision_model.onnx, text_model.onnx and tokenizer.json. */
  configurations: z.object({ preprocessor: z.unknown().optional(), config: z.unknown().optional(), openClip: z.unknown().optional(), tokenizer: z.unknown().optional() }).default({}),
});
export type FileSource = z.infer<typeof fileSourceSchema>;

/** The job belongs to the project from which it was asked for, so that its tray shows it; the network serves all. */
export const downloadModelSchema = z.object({ projectId: idSchema, hub: hubSourceSchema, wishes: modelWishesSchema.prefault({}) });
export const addModelSchema = z.object({ projectId: idSchema, source: fileSourceSchema, wishes: modelWishesSchema.prefault({}) });

export const storedModelFileSchema = z.object({ name: z.string(), sha256: sha256Schema, bytes: z.int() });
export type StoredModelFile = z.infer<typeof storedModelFileSchema>;
