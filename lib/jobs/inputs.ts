import { z } from 'zod';
import { fileSourceSchema, hubSourceSchema, modelWishesSchema } from '@/lib/api/contracts/models';

const id = z.uuid();

/** Inputs of all jobs by kind: ids only, the handler reads the rows again. Stored data: change with care. */
export const jobInputs = {
  import: z.object({ uploadId: id }),
  extract: z.object({ featureSetId: id }),
  score: z.object({ runId: id }),
  project: z.object({ projectionId: id }),
  export: z.object({ exportId: id }),
  /** The ONNX file is a blob already; the manifest is checked against it by a dry run. */
  model: z.object({ sha256: z.string(), bytes: z.number().int(), manifest: z.unknown() }),
  /** Vectors of the probe images by the server's runtime. */
  parity: z.object({ modelId: id }),
  /** Heat maps of a feature set. */
  patches: z.object({ featureSetId: id }),
  model_download: z.object({ hub: hubSourceSchema, wishes: modelWishesSchema }),
  /** The files are blobs already. */
  model_files: z.object({ source: fileSourceSchema, wishes: modelWishesSchema }),
  demo: z.object({ projectId: id, seed: z.number().int().min(0) }),
  /** A batch of synthetic anomalies. */
  generate: z.object({ generationId: id }),
  /** A choice among extractors and detectors by synthetic anomalies. */
  select_models: z.object({ selectionId: id }),
  /** A choice among the prompt pairs of a pool by synthetic anomalies. */
  select_prompts: z.object({ selectionId: id }),
  /** Prototypes of normality. */
  find_prototypes: z.object({ searchId: id }),
  /** Learning curves and near copies of some runs. */
  analyse_keep: z.object({ analysisId: id }),
  /** A diverse choice among the best samples. */
  pick_diverse: z.object({ pickId: id }),
  /** One set with one seed of an experiment. */
  experiment_cell: z.object({ cellId: id }),
} as const;

export type JobKind = keyof typeof jobInputs;
export type JobInput<K extends JobKind> = z.infer<(typeof jobInputs)[K]>;
