import type { JobDefinition } from './definition';
import { jobInputs, type JobInput, type JobKind } from './inputs';

/** Every kind of job with its handler in the pipeline. */
export const jobRegistry: { readonly [K in JobKind]: JobDefinition<JobInput<K>> } = {
  import: {
    kind: 'import',
    input: jobInputs.import,
    load: async () => (await import('@/lib/pipeline/import')).importUpload,
  },
  extract: {
    kind: 'extract',
    input: jobInputs.extract,
    load: async () => (await import('@/lib/pipeline/extract')).extractFeatureSet,
  },
  score: {
    kind: 'score',
    input: jobInputs.score,
    load: async () => (await import('@/lib/pipeline/score')).scoreRun,
  },
  project: {
    kind: 'project',
    input: jobInputs.project,
    load: async () => (await import('@/lib/pipeline/project')).computeProjection,
  },
  export: {
    kind: 'export',
    input: jobInputs.export,
    load: async () => (await import('@/lib/pipeline/export')).writeExport,
  },
  model: {
    kind: 'model',
    input: jobInputs.model,
    load: async () => (await import('@/lib/pipeline/register-model')).registerModel,
  },
  parity: {
    kind: 'parity',
    input: jobInputs.parity,
    load: async () => (await import('@/lib/pipeline/parity-reference')).computeParityReference,
  },
  patches: {
    kind: 'patches',
    input: jobInputs.patches,
    load: async () => (await import('@/lib/pipeline/patches/make-patch-maps')).makePatchMaps,
  },
  model_download: {
    kind: 'model_download',
    input: jobInputs.model_download,
    load: async () => (await import('@/lib/pipeline/models/download-model')).downloadModel,
  },
  model_files: {
    kind: 'model_files',
    input: jobInputs.model_files,
    load: async () => (await import('@/lib/pipeline/models/add-files')).addFiles,
  },
  demo: {
    kind: 'demo',
    input: jobInputs.demo,
    load: async () => (await import('@/lib/pipeline/demo')).createDemo,
  },
  generate: {
    kind: 'generate',
    input: jobInputs.generate,
    load: async () => (await import('@/lib/pipeline/generate')).generateAnomalies,
  },
  select_prompts: {
    kind: 'select_prompts',
    input: jobInputs.select_prompts,
    load: async () => (await import('@/lib/pipeline/prompt-selection/select-prompts')).selectProjectPrompt,
  },
  find_prototypes: {
    kind: 'find_prototypes',
    input: jobInputs.find_prototypes,
    load: async () => (await import('@/lib/pipeline/prototypes/find-prototypes')).findProjectPrototypes,
  },
  analyse_keep: {
    kind: 'analyse_keep',
    input: jobInputs.analyse_keep,
    load: async () => (await import('@/lib/pipeline/keep/analyse-keep')).analyseKeep,
  },
  pick_diverse: {
    kind: 'pick_diverse',
    input: jobInputs.pick_diverse,
    load: async () => (await import('@/lib/pipeline/keep/pick-diverse')).pickProjectDiverse,
  },
  select_models: {
    kind: 'select_models',
    input: jobInputs.select_models,
    load: async () => (await import('@/lib/pipeline/selection/select-models')).selectModels,
  },
  experiment_cell: {
    kind: 'experiment_cell',
    input: jobInputs.experiment_cell,
    load: async () => (await import('@/lib/pipeline/experiment-cell')).runExperimentCell,
  },
};
