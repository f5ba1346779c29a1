import { z } from 'zod';
import { administrator, anyone, signedIn, viewer, inspector, lead, type Access } from './access';
import { idSchema, pageQuerySchema, pageSchema } from './common';
import { stateListQuerySchema, stateListSchema } from './decisions';
import { experimentCandidateListSchema, experimentCurvesQuerySchema, experimentCurvesSchema, experimentListSchema, experimentResultListSchema, experimentSchema } from './experiments';
import { exportListingSchema } from './export-manifest';
import { exportCountSchema, exportListSchema, exportRuleSchema } from './exports';
import { featureSetListSchema, modelListSchema, modelSchema } from './features';
import { diffusionModelListSchema, generationListSchema, generationSchema, generationSeedsQuerySchema, generationSeedsSchema } from './generators';
import { generationFeedbackQuerySchema, generationFeedbackSchema } from './feedback';
import { historyEventSchema, historyPeopleSchema, historyQuerySchema, replayQuerySchema, replaySchema } from './history';
import { textTowerListSchema } from './image-text';
import { jobListQuerySchema, jobListSchema, jobSchema } from './jobs';
import { modelCatalogueSchema, storedModelFileSchema } from './models';
import { memberListSchema, projectListSchema, projectOverviewSchema, sessionSchema, userListSchema } from './projects';
import { certificateEntrySchema, certificateSchema, certifyInputSchema, chunkInputSchema, missingSampleSchema, storedChunkSchema } from './parity';
import { generationPlanSchema, generationResultSchema, storedGeneratedSchema, storeGeneratedSchema } from './browser-generations';
import { mapResultSchema, runResultSchema, scorePageSchema } from './browser-runs';
import { keepThumbnailsSchema, keptFileInputSchema, keptFileSchema } from './private';
import { patchMapAnswerSchema } from './patches';
import { prototypeEstimateQuerySchema, prototypeEstimateSchema, prototypeSearchListSchema, prototypeSearchSchema, prototypeTailAnswerSchema } from './prototypes';
import { diversePickDetailSchema, diversePickListSchema, keepAnalysisListSchema, keepAnalysisSchema } from './keep';
import { poolListSchema, promptSelectionListSchema, promptSelectionSchema, zeroShotAnswerSchema } from './prompt-selections';
import { reviewQueueListSchema, reviewQueueSchema, reviewReportSchema } from './review-queues';
import { projectionListSchema, projectionSchema, otherScoresSchema, runListSchema, runSchema, scoreSchema } from './runs';
import { imageVariantSchema, sampleFacetsSchema, sampleListQuerySchema, sampleRowSchema, sampleRowsQuerySchema, sampleSchema, sampleVectorSchema, samplesByHashSchema } from './samples';
import { modelSelectionListSchema, modelSelectionSchema } from './selections';
import { tagListSchema, textMatchesQuerySchema } from './tags';
import { announceFilesSchema, announcedFileSchema, announcedFilesSchema, problemFilePageSchema, uploadFilePageSchema, uploadFileQuerySchema, uploadListSchema, uploadSchema } from './uploads';
import { savedViewListSchema } from './views';

/** The contract of one route handler. `binary` names the media type of a body that is not JSON. */
export type RouteContract = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path below /api/v1 in OpenAPI notation. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType | { readonly binary: string };
  readonly response: z.ZodType | { readonly binary: string };
};

const project = z.object({ projectId: idSchema });
const within = <K extends string>(key: K) => z.object({ projectId: idSchema, [key]: idSchema } as Record<'projectId' | K, typeof idSchema>);
const bytes = { binary: 'application/octet-stream' } as const;

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'This is not valid JSON.' });
    return z.NEVER;
  }
}

/** Every route below /api/v1, by name. Reads, polling, uploads, bytes and downloads; changes are server actions. */
export const routes = {
  openapi: { method: 'GET', path: '/openapi.json', summary: 'This document', access: anyone, response: z.unknown() },
  session: { method: 'GET', path: '/session', summary: 'Who is signed in, and their preferences', access: signedIn, response: sessionSchema },
  projects: { method: 'GET', path: '/projects', summary: 'Projects that the caller may see', access: signedIn, response: projectListSchema },
  projectOverview: { method: 'GET', path: '/projects/{projectId}', summary: 'State of every stage of a project', access: viewer, params: project, response: projectOverviewSchema },
  members: { method: 'GET', path: '/projects/{projectId}/members', summary: 'Members and their roles', access: viewer, params: project, response: memberListSchema },
  history: { method: 'GET', path: '/projects/{projectId}/history', summary: 'Events of a project, newest first', access: viewer, params: project, query: historyQuerySchema, response: pageSchema(historyEventSchema) },
  historyPeople: { method: 'GET', path: '/projects/{projectId}/history/people', summary: 'People who did something in a project', access: viewer, params: project, response: historyPeopleSchema },
  replay: { method: 'GET', path: '/projects/{projectId}/replay', summary: 'A project as it stood at a time, beside today', access: viewer, params: project, query: replayQuerySchema, response: replaySchema },
  replayAccepted: { method: 'GET', path: '/projects/{projectId}/replay/accepted', summary: 'Samples that were accepted at a time, as CSV', access: viewer, params: project, query: replayQuerySchema, response: { binary: 'text/csv' } },
  users: { method: 'GET', path: '/users', summary: 'All accounts', access: administrator, response: userListSchema },

  samples: { method: 'GET', path: '/projects/{projectId}/samples', summary: 'Samples, one keyset page', access: viewer, params: project, query: sampleListQuerySchema, response: pageSchema(sampleRowSchema) },
  sampleRows: { method: 'POST', path: '/projects/{projectId}/samples/rows', summary: 'Slim rows of the named samples', access: viewer, params: project, body: sampleRowsQuerySchema, response: z.object({ samples: z.array(sampleRowSchema) }) },
  samplesByHash: { method: 'POST', path: '/projects/{projectId}/samples/by-hash', summary: 'Samples whose files have these SHA-256', access: viewer, params: project, body: samplesByHashSchema, response: z.object({ samples: z.array(z.object({ sampleId: idSchema, sha256: z.string() })) }) },
  sampleFacets: { method: 'GET', path: '/projects/{projectId}/samples/facets', summary: 'Counts by role, defect type and folder', access: viewer, params: project, response: sampleFacetsSchema },
  /**
   * Columns, a row for each sample that has any of it: id uuid, generator u16 (0 none), batch u16 (0 none; ids of generations), tagSet u16 (0 none;
   * values are JSON arrays of tags).
   */
  sampleFacts: { method: 'GET', path: '/projects/{projectId}/samples/facts', summary: 'Generator, batch and tags of all samples as binary columns', access: viewer, params: project, response: bytes },
  /** Columns: id uuid. */
  textMatches: { method: 'GET', path: '/projects/{projectId}/samples/matches', summary: 'Samples whose texts (file name, folder, defect type, generator, prompt, tags, notes of decisions) hold every word, as a binary column of ids', access: viewer, params: project, query: textMatchesQuerySchema, response: bytes },
  tags: { method: 'GET', path: '/projects/{projectId}/samples/tags', summary: 'Tags of a project with how many samples carry each', access: viewer, params: project, response: tagListSchema },
  views: { method: 'GET', path: '/projects/{projectId}/views', summary: 'Saved views, by name', access: viewer, params: project, response: savedViewListSchema },
  sample: { method: 'GET', path: '/projects/{projectId}/samples/{sampleId}', summary: 'One sample', access: viewer, params: within('sampleId'), response: sampleSchema },
  sampleVector: { method: 'GET', path: '/projects/{projectId}/samples/{sampleId}/vector', summary: 'Values of a vector, and the scale of the training rows', access: viewer, params: within('sampleId'), response: sampleVectorSchema },
  sampleImage: { method: 'GET', path: '/projects/{projectId}/samples/{sampleId}/image', summary: 'Bytes of an image', access: viewer, params: within('sampleId'), query: z.object({ variant: imageVariantSchema.default('view') }), response: { binary: 'image/*' } },

  uploads: { method: 'GET', path: '/projects/{projectId}/uploads', summary: 'Open uploads (to resume) and the latest closed ones', access: lead, params: project, response: uploadListSchema },
  problemFiles: { method: 'GET', path: '/projects/{projectId}/uploads/problems', summary: 'Refused files of all uploads', access: viewer, params: project, query: pageQuerySchema, response: problemFilePageSchema },
  upload: { method: 'GET', path: '/projects/{projectId}/uploads/{uploadId}', summary: 'Progress of an upload', access: lead, params: within('uploadId'), response: uploadSchema },
  uploadFiles: { method: 'GET', path: '/projects/{projectId}/uploads/{uploadId}/files', summary: 'Files of an upload', access: lead, params: within('uploadId'), query: uploadFileQuerySchema, response: uploadFilePageSchema },
  announceFiles: { method: 'POST', path: '/projects/{projectId}/uploads/{uploadId}/files', summary: 'Announce files, learn which bytes are wanted', access: lead, params: within('uploadId'), body: announceFilesSchema, response: announcedFilesSchema },
  putFile: { method: 'PUT', path: '/projects/{projectId}/uploads/{uploadId}/files/{fileId}', summary: 'Bytes of an announced file', access: lead, params: z.object({ projectId: idSchema, uploadId: idSchema, fileId: idSchema }), body: bytes, response: announcedFileSchema },
  keepFile: { method: 'POST', path: '/projects/{projectId}/uploads/{uploadId}/files/{fileId}/kept', summary: 'Tell of an announced file whose bytes stay in the browser (private projects)', access: lead, params: z.object({ projectId: idSchema, uploadId: idSchema, fileId: idSchema }), body: keptFileInputSchema, response: keptFileSchema },
  keepThumbnails: { method: 'POST', path: '/projects/{projectId}/thumbnails', summary: 'Thumbnails of samples whose images stay in the browser (private projects that allow it)', access: lead, params: project, body: keepThumbnailsSchema, response: z.object({ stored: z.number().int() }) },
  putArchive: { method: 'PUT', path: '/projects/{projectId}/uploads/{uploadId}/archive', summary: 'A zip of images; unpacked by the import job', access: lead, params: within('uploadId'), query: z.object({ name: z.string().min(1).max(255) }), body: bytes, response: uploadSchema },
  putMetadata: { method: 'PUT', path: '/projects/{projectId}/uploads/{uploadId}/metadata', summary: 'CSV or JSONL with role, quality_label, generator, prompt, parameters, severity per file', access: lead, params: within('uploadId'), query: z.object({ name: z.string().min(1).max(255) }), body: bytes, response: z.object({ rows: z.number().int() }) },

  jobs: { method: 'GET', path: '/projects/{projectId}/jobs', summary: 'Jobs of a project, newest first', access: viewer, params: project, query: jobListQuerySchema, response: jobListSchema },
  job: { method: 'GET', path: '/projects/{projectId}/jobs/{jobId}', summary: 'Progress of a job', access: viewer, params: within('jobId'), response: jobSchema },

  models: { method: 'GET', path: '/models', summary: 'Registered extractors', access: signedIn, response: modelListSchema },
  putModel: { method: 'PUT', path: '/models', summary: 'Register an ONNX file (the body) with its manifest (JSON in the query); checked by a dry run in the worker', access: administrator, query: z.object({ manifest: z.string().max(20_000).transform(parseJson).pipe(z.record(z.string(), z.unknown())) }), body: bytes, response: modelSchema },
  modelCatalogue: { method: 'GET', path: '/models/catalogue', summary: 'Public networks that are known to serve, and the hub that they would come from', access: signedIn, response: modelCatalogueSchema },
  putModelFile: { method: 'PUT', path: '/models/files', summary: 'A file of a network (ONNX or weights) that addModel names later', access: administrator, query: z.object({ name: z.string().min(1).max(200) }), body: bytes, response: storedModelFileSchema },
  modelFile: { method: 'GET', path: '/models/{modelId}/file', summary: 'The ONNX file of an extractor, for browsers that run it', access: signedIn, params: z.object({ modelId: idSchema }), response: bytes },
  modelWeights: { method: 'GET', path: '/models/{modelId}/weights/{name}', summary: 'A file of weights that the ONNX file of an extractor names beside itself, for browsers that run it', access: signedIn, params: z.object({ modelId: idSchema, name: z.string().min(1).max(200) }), response: bytes },
  textTowers: { method: 'GET', path: '/models/text-towers', summary: 'Image-text pairs: networks whose image embeddings can be compared with texts', access: signedIn, response: textTowerListSchema },
  certificates: { method: 'GET', path: '/models/{modelId}/certificates', summary: 'Runtimes that were shown to give the vectors of the server, newest first', access: signedIn, params: z.object({ modelId: idSchema }), query: pageQuerySchema, response: pageSchema(certificateEntrySchema) },
  certify: { method: 'POST', path: '/models/{modelId}/certificates', summary: 'Compare the vectors of another runtime with those of the server; parity.failed when they differ', access: signedIn, params: z.object({ modelId: idSchema }), body: certifyInputSchema, response: certificateSchema },
  missingSamples: { method: 'GET', path: '/projects/{projectId}/feature-sets/{featureSetId}/missing', summary: 'Samples that a feature set lacks, one keyset page', access: lead, params: within('featureSetId'), query: pageQuerySchema, response: pageSchema(missingSampleSchema) },
  storeChunk: { method: 'POST', path: '/projects/{projectId}/feature-sets/{featureSetId}/chunks', summary: 'Vectors that a browser made, under its certificate', access: lead, params: within('featureSetId'), body: chunkInputSchema, response: storedChunkSchema },
  featureSets: { method: 'GET', path: '/projects/{projectId}/feature-sets', summary: 'Feature sets', access: viewer, params: project, response: featureSetListSchema },
  /**
   * Columns, a row for each sample of the set that still exists, in the order of their files' hashes: id uuid, at u32 (place of its vector
   * in featureSetVectors), role u8, split u8 (0 none), defectType u16 (0 none), qualityLabel u8 (0 none).
   */
  featureSetSamples: { method: 'GET', path: '/projects/{projectId}/feature-sets/{featureSetId}/samples', summary: 'Samples of a feature set as binary columns, for browsers that compute (private projects)', access: lead, params: within('featureSetId'), response: bytes },
  featureSetVectors: { method: 'GET', path: '/projects/{projectId}/feature-sets/{featureSetId}/vectors', summary: 'Vectors of a feature set as little-endian float32, chunk after chunk, for browsers that compute (private projects)', access: lead, params: within('featureSetId'), response: bytes },
  patchMap: { method: 'GET', path: '/projects/{projectId}/feature-sets/{featureSetId}/patch-maps/{sampleId}', summary: 'Heat map of a sample', access: viewer, params: z.object({ projectId: idSchema, featureSetId: idSchema, sampleId: idSchema }), response: patchMapAnswerSchema },

  runs: { method: 'GET', path: '/projects/{projectId}/runs', summary: 'Score runs, newest first', access: viewer, params: project, response: runListSchema },
  run: { method: 'GET', path: '/projects/{projectId}/runs/{runId}', summary: 'One score run', access: viewer, params: within('runId'), response: runSchema },
  /**
   * Columns, one row per sample of the feature set (auxiliary first): id uuid, role u8 (values normal, anomaly, auxiliary),
   * quality f64 (NaN unless auxiliary), probability f64, density f64, rarity f64, zone u8 (0 none, else zones),
   * defectType u16 (0 none), qualityLabel u8 (0 none), spread p05/p50/p95 f64 where subsets were used. Immutable.
   */
  runColumns: { method: 'GET', path: '/projects/{projectId}/runs/{runId}/columns', summary: 'All scores of a run as binary columns', access: viewer, params: within('runId'), response: bytes },
  score: { method: 'GET', path: '/projects/{projectId}/runs/{runId}/samples/{sampleId}', summary: 'Why: the parts and the reason of one score', access: viewer, params: z.object({ projectId: idSchema, runId: idSchema, sampleId: idSchema }), response: scoreSchema },
  otherScores: { method: 'GET', path: '/projects/{projectId}/runs/{runId}/samples/{sampleId}/others', summary: 'What the other evaluators on the same features make of a sample', access: viewer, params: z.object({ projectId: idSchema, runId: idSchema, sampleId: idSchema }), response: otherScoresSchema },
  storeScores: { method: 'PUT', path: '/projects/{projectId}/runs/{runId}/scores', summary: 'Part of the scores that a browser computed (private projects); seen by nobody until storeRun', access: lead, params: within('runId'), body: scorePageSchema, response: z.object({ stored: z.number().int() }) },
  storeRun: { method: 'PUT', path: '/projects/{projectId}/runs/{runId}/result', summary: 'Ends a run whose scores a browser computed and sent (private projects)', access: lead, params: within('runId'), body: runResultSchema, response: runSchema },
  states: { method: 'GET', path: '/projects/{projectId}/states', summary: 'Verdicts of all decided samples, or those changed since', access: viewer, params: project, query: stateListQuerySchema, response: stateListSchema },

  projections: { method: 'GET', path: '/projects/{projectId}/projections', summary: 'Maps', access: viewer, params: project, response: projectionListSchema },
  /** Columns: id uuid, x f32, y f32, role u8 (values normal, anomaly, auxiliary). Immutable. */
  projectionColumns: { method: 'GET', path: '/projects/{projectId}/projections/{projectionId}/columns', summary: 'Coordinates of a map as binary columns', access: viewer, params: within('projectionId'), response: bytes },
  storeProjection: { method: 'PUT', path: '/projects/{projectId}/projections/{projectionId}/result', summary: 'A map that a browser computed (private projects)', access: lead, params: within('projectionId'), body: mapResultSchema, response: projectionSchema },

  generations: { method: 'GET', path: '/projects/{projectId}/generations', summary: 'Batches of synthetic anomalies, newest first', access: viewer, params: project, response: generationListSchema },
  generation: { method: 'GET', path: '/projects/{projectId}/generations/{generationId}', summary: 'One batch of synthetic anomalies', access: viewer, params: within('generationId'), response: generationSchema },
  generationPlan: { method: 'GET', path: '/projects/{projectId}/generations/{generationId}/plan', summary: 'Seed samples of a batch and what is made of it, for browsers that make batches (private projects)', access: viewer, params: within('generationId'), response: generationPlanSchema },
  storeGenerated: { method: 'POST', path: '/projects/{projectId}/generations/{generationId}/samples', summary: 'Tell of synthetic anomalies that a browser made and keeps (private projects)', access: lead, params: within('generationId'), body: storeGeneratedSchema, response: storedGeneratedSchema },
  storeGeneration: { method: 'PUT', path: '/projects/{projectId}/generations/{generationId}/result', summary: 'Ends a batch that a browser made (private projects)', access: lead, params: within('generationId'), body: generationResultSchema, response: generationSchema },
  generationFeedback: { method: 'GET', path: '/projects/{projectId}/generations/feedback', summary: 'Zones, verdicts and reasons of generated samples by the parameters of their generator', access: viewer, params: project, query: generationFeedbackQuerySchema, response: generationFeedbackSchema },
  generationSeeds: { method: 'GET', path: '/projects/{projectId}/generations/seeds', summary: 'Training normals that a batch would be made of, in order', access: viewer, params: project, query: generationSeedsQuerySchema, response: generationSeedsSchema },

  prototypeSearches: { method: 'GET', path: '/projects/{projectId}/prototypes', summary: 'Searches for prototypes of normality, newest first', access: viewer, params: project, response: prototypeSearchListSchema },
  prototypeSearch: { method: 'GET', path: '/projects/{projectId}/prototypes/{searchId}', summary: 'One search with the chosen normals and their AUROC', access: viewer, params: within('searchId'), response: prototypeSearchSchema },
  prototypeTail: { method: 'GET', path: '/projects/{projectId}/prototypes/{searchId}/tail', summary: 'Every candidate of a search with what its presence does, most harmful first', access: viewer, params: within('searchId'), response: prototypeTailAnswerSchema },
  prototypeEstimate: { method: 'POST', path: '/projects/{projectId}/prototypes/estimate', summary: 'What a search would work on, and about how long it would take; nothing is started', access: viewer, params: project, body: prototypeEstimateQuerySchema, response: prototypeEstimateSchema },

  keepAnalyses: { method: 'GET', path: '/projects/{projectId}/keep', summary: 'Analyses of how many samples to keep, newest first', access: viewer, params: project, response: keepAnalysisListSchema },
  keepAnalysis: { method: 'GET', path: '/projects/{projectId}/keep/{analysisId}', summary: 'One analysis with its learning curves', access: viewer, params: within('analysisId'), response: keepAnalysisSchema },
  /**
   * Columns, a row for each auxiliary sample that every run scored: id uuid, and nearest0, nearest1, ... f32, of each run (in the order of `runIds`) the
   * distance to the nearest sample that it ranks higher; NaN of the best one. A kept sample is a near copy where it is at most `redundancy.threshold`. Immutable.
   */
  keepAnalysisColumns: { method: 'GET', path: '/projects/{projectId}/keep/{analysisId}/columns', summary: 'Distances to higher-ranked samples as binary columns', access: viewer, params: within('analysisId'), response: bytes },
  diversePicks: { method: 'GET', path: '/projects/{projectId}/picks', summary: 'Diverse choices among the best samples, newest first', access: viewer, params: project, response: diversePickListSchema },
  diversePick: { method: 'GET', path: '/projects/{projectId}/picks/{pickId}', summary: 'One diverse choice with its samples', access: viewer, params: within('pickId'), response: diversePickDetailSchema },
  diffusionModels: { method: 'GET', path: '/models/diffusion', summary: 'Networks that predict noise, for DiffStyle', access: signedIn, response: diffusionModelListSchema },

  experiments: { method: 'GET', path: '/projects/{projectId}/experiments', summary: 'Experiments, newest first', access: viewer, params: project, response: experimentListSchema },
  experimentCandidates: { method: 'GET', path: '/projects/{projectId}/experiments/candidates', summary: 'Feature sets of all projects that the caller may see, for an experiment', access: lead, params: project, response: experimentCandidateListSchema },
  experiment: { method: 'GET', path: '/projects/{projectId}/experiments/{experimentId}', summary: 'Settings, sets and progress of an experiment', access: viewer, params: within('experimentId'), response: experimentSchema },
  experimentResults: { method: 'GET', path: '/projects/{projectId}/experiments/{experimentId}/results', summary: 'Metrics per set, seed and evaluator', access: viewer, params: within('experimentId'), response: experimentResultListSchema },
  experimentCurves: { method: 'GET', path: '/projects/{projectId}/experiments/{experimentId}/curves', summary: 'Learning curves of one set', access: viewer, params: within('experimentId'), query: experimentCurvesQuerySchema, response: experimentCurvesSchema },

  selections: { method: 'GET', path: '/projects/{projectId}/selections', summary: 'Choices of models without labels, newest first', access: viewer, params: project, response: modelSelectionListSchema },
  selection: { method: 'GET', path: '/projects/{projectId}/selections/{selectionId}', summary: 'One choice of a model', access: viewer, params: within('selectionId'), response: modelSelectionSchema },
  /**
   * Columns, a row for each sample that took part: id uuid, part u8 (values of selectionParts), defectType u16 (0 none), x and y f32 (t-SNE in the vectors
   * of the pick; NaN where the sample is not on the map, which shows at most 1,000 of each part), and score0, score1, ... f64: of each candidate the
   * anomaly score (NaN where the candidate gives none). Immutable.
   */
  selectionMap: { method: 'GET', path: '/projects/{projectId}/selections/{selectionId}/columns', summary: 'Map and scores of a choice of a model as binary columns', access: viewer, params: within('selectionId'), response: bytes },

  promptSelections: { method: 'GET', path: '/projects/{projectId}/prompt-selections', summary: 'Choices of prompts without labels, newest first', access: viewer, params: project, response: promptSelectionListSchema },
  promptSelection: { method: 'GET', path: '/projects/{projectId}/prompt-selections/{selectionId}', summary: 'One choice of a prompt', access: viewer, params: within('selectionId'), response: promptSelectionSchema },
  /**
   * Columns, a row for each sample with a vector: id uuid, role u8 (values normal, anomaly, auxiliary), part u8 (0 none, else selectionParts), defectType u16
   * (0 none), score f64 (0..1) and difference f64 (of cosines) by the picked pair; of SigLIP-type models nativeNormal and nativeAnomalous f64 too. Immutable.
   */
  promptSelectionColumns: { method: 'GET', path: '/projects/{projectId}/prompt-selections/{selectionId}/columns', summary: 'Zero-shot scores of all samples by the picked pair as binary columns', access: viewer, params: within('selectionId'), response: bytes },
  promptPools: { method: 'GET', path: '/projects/{projectId}/prompt-pools', summary: 'Pools of prompt pairs: of the papers, and those that people made', access: viewer, params: project, response: poolListSchema },
  zeroShotScore: { method: 'GET', path: '/projects/{projectId}/samples/{sampleId}/zero-shot', summary: 'Zero-shot score of a sample by the pick of the newest choice of a prompt', access: viewer, params: within('sampleId'), response: zeroShotAnswerSchema },

  reviewQueues: { method: 'GET', path: '/projects/{projectId}/queues', summary: 'Review queues, newest first', access: viewer, params: project, response: reviewQueueListSchema },
  reviewQueue: { method: 'GET', path: '/projects/{projectId}/queues/{queueId}', summary: 'One review queue and how far it is', access: viewer, params: within('queueId'), response: reviewQueueSchema },
  reviewReport: { method: 'GET', path: '/projects/{projectId}/queues/{queueId}/report', summary: 'How the reviewers of a queue judge: everyone for leads, their own for others', access: inspector, params: within('queueId'), response: reviewReportSchema },

  exports: { method: 'GET', path: '/projects/{projectId}/exports', summary: 'Exports, newest first', access: viewer, params: project, response: exportListSchema },
  exportCount: { method: 'POST', path: '/projects/{projectId}/exports/count', summary: 'How many samples a rule selects now', access: viewer, params: project, body: exportRuleSchema, response: exportCountSchema },
  exportManifest: { method: 'GET', path: '/projects/{projectId}/exports/{exportId}/manifest', summary: 'The manifest of an export that a browser writes (private projects); sizes of masks are left to it', access: lead, params: within('exportId'), response: exportListingSchema },
  exportFile: { method: 'GET', path: '/projects/{projectId}/exports/{exportId}/file', summary: 'The file: a zip, a table, a list or a report; supports ranges', access: lead, params: within('exportId'), response: { binary: 'application/zip' } },
  exportReport: { method: 'GET', path: '/projects/{projectId}/exports/{exportId}/report', summary: 'The report as a page to look at; it may load and run nothing', access: lead, params: within('exportId'), response: { binary: 'text/html' } },
} as const satisfies Record<string, RouteContract>;

export type RouteName = keyof typeof routes;
