import { z } from 'zod';
import { addresses } from './addresses';
import { administrator, anyone, signedIn, viewer, inspector, lead, type Access } from './access';
import { idSchema, pageQuerySchema, pageSchema } from './common';
import { stateListQuerySchema, stateListSchema } from './decisions';
import { experimentCandidateListSchema, experimentCurvesQuerySchema, experimentCurvesSchema, experimentListSchema, experimentResultListSchema, experimentSchema } from './experiments';
import { exportListingSchema } from './export-manifest';
import { decisionLogFormatSchema, exportCountSchema, exportListSchema, exportRuleSchema } from './exports';
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
  openapi: { ...addresses.openapi, summary: 'This document', access: anyone, response: z.unknown() },
  session: { ...addresses.session, summary: 'Who is signed in, and their preferences', access: signedIn, response: sessionSchema },
  projects: { ...addresses.projects, summary: 'Projects that the caller may see', access: signedIn, response: projectListSchema },
  projectOverview: { ...addresses.projectOverview, summary: 'State of every stage of a project', access: viewer, params: project, response: projectOverviewSchema },
  members: { ...addresses.members, summary: 'Members and their roles', access: viewer, params: project, response: memberListSchema },
  history: { ...addresses.history, summary: 'Events of a project, newest first', access: viewer, params: project, query: historyQuerySchema, response: pageSchema(historyEventSchema) },
  historyPeople: { ...addresses.historyPeople, summary: 'People who did something in a project', access: viewer, params: project, response: historyPeopleSchema },
  replay: { ...addresses.replay, summary: 'A project as it stood at a time, beside today', access: viewer, params: project, query: replayQuerySchema, response: replaySchema },
  replayAccepted: { ...addresses.replayAccepted, summary: 'Samples that were accepted at a time, as CSV', access: viewer, params: project, query: replayQuerySchema, response: { binary: 'text/csv' } },
  users: { ...addresses.users, summary: 'All accounts', access: administrator, response: userListSchema },

  samples: { ...addresses.samples, summary: 'Samples, one keyset page', access: viewer, params: project, query: sampleListQuerySchema, response: pageSchema(sampleRowSchema) },
  sampleRows: { ...addresses.sampleRows, summary: 'Slim rows of the named samples', access: viewer, params: project, body: sampleRowsQuerySchema, response: z.object({ samples: z.array(sampleRowSchema) }) },
  samplesByHash: { ...addresses.samplesByHash, summary: 'Samples whose files have these SHA-256', access: viewer, params: project, body: samplesByHashSchema, response: z.object({ samples: z.array(z.object({ sampleId: idSchema, sha256: z.string() })) }) },
  sampleFacets: { ...addresses.sampleFacets, summary: 'Counts by role, defect type and folder', access: viewer, params: project, response: sampleFacetsSchema },
  /**
   * Columns, a row for each sample that has any of it: id uuid, generator u16 (0 none), batch u16 (0 none; ids of generations), tagSet u16 (0 none;
   * values are JSON arrays of tags).
   */
  sampleFacts: { ...addresses.sampleFacts, summary: 'Generator, prompt, batch and tags of all samples as binary columns', access: viewer, params: project, response: bytes },
  /** Columns: id uuid. */
  textMatches: { ...addresses.textMatches, summary: 'Samples whose texts (file name, folder, defect type, generator, prompt, tags, notes of decisions) hold every word, as a binary column of ids', access: viewer, params: project, query: textMatchesQuerySchema, response: bytes },
  tags: { ...addresses.tags, summary: 'Tags of a project with how many samples carry each', access: viewer, params: project, response: tagListSchema },
  views: { ...addresses.views, summary: 'Saved views, by name', access: viewer, params: project, response: savedViewListSchema },
  sample: { ...addresses.sample, summary: 'One sample', access: viewer, params: within('sampleId'), response: sampleSchema },
  sampleVector: { ...addresses.sampleVector, summary: 'Values of a vector, and the scale of the training rows', access: viewer, params: within('sampleId'), response: sampleVectorSchema },
  sampleImage: { ...addresses.sampleImage, summary: 'Bytes of an image', access: viewer, params: within('sampleId'), query: z.object({ variant: imageVariantSchema.default('view') }), response: { binary: 'image/*' } },

  uploads: { ...addresses.uploads, summary: 'Open uploads (to resume) and the latest closed ones', access: lead, params: project, response: uploadListSchema },
  problemFiles: { ...addresses.problemFiles, summary: 'Refused files of all uploads', access: viewer, params: project, query: pageQuerySchema, response: problemFilePageSchema },
  upload: { ...addresses.upload, summary: 'Progress of an upload', access: lead, params: within('uploadId'), response: uploadSchema },
  uploadFiles: { ...addresses.uploadFiles, summary: 'Files of an upload', access: lead, params: within('uploadId'), query: uploadFileQuerySchema, response: uploadFilePageSchema },
  announceFiles: { ...addresses.announceFiles, summary: 'Announce files, learn which bytes are wanted', access: lead, params: within('uploadId'), body: announceFilesSchema, response: announcedFilesSchema },
  putFile: { ...addresses.putFile, summary: 'Bytes of an announced file', access: lead, params: z.object({ projectId: idSchema, uploadId: idSchema, fileId: idSchema }), body: bytes, response: announcedFileSchema },
  keepFile: { ...addresses.keepFile, summary: 'Tell of an announced file whose bytes stay in the browser (private projects)', access: lead, params: z.object({ projectId: idSchema, uploadId: idSchema, fileId: idSchema }), body: keptFileInputSchema, response: keptFileSchema },
  keepThumbnails: { ...addresses.keepThumbnails, summary: 'Thumbnails of samples whose images stay in the browser (private projects that allow it)', access: lead, params: project, body: keepThumbnailsSchema, response: z.object({ stored: z.number().int() }) },
  putArchive: { ...addresses.putArchive, summary: 'A zip of images; unpacked by the import job', access: lead, params: within('uploadId'), query: z.object({ name: z.string().min(1).max(255) }), body: bytes, response: uploadSchema },
  putMetadata: { ...addresses.putMetadata, summary: 'CSV or JSONL with role, quality_label, generator, prompt, parameters, severity per file', access: lead, params: within('uploadId'), query: z.object({ name: z.string().min(1).max(255) }), body: bytes, response: z.object({ rows: z.number().int() }) },

  jobs: { ...addresses.jobs, summary: 'Jobs of a project, newest first', access: viewer, params: project, query: jobListQuerySchema, response: jobListSchema },
  job: { ...addresses.job, summary: 'Progress of a job', access: viewer, params: within('jobId'), response: jobSchema },

  models: { ...addresses.models, summary: 'Registered extractors', access: signedIn, response: modelListSchema },
  putModel: { ...addresses.putModel, summary: 'Register an ONNX file (the body) with its manifest (JSON in the query); checked by a dry run in the worker', access: administrator, query: z.object({ manifest: z.string().max(20_000).transform(parseJson).pipe(z.record(z.string(), z.unknown())) }), body: bytes, response: modelSchema },
  modelCatalogue: { ...addresses.modelCatalogue, summary: 'Public networks that are known to serve, and the hub that they would come from', access: signedIn, response: modelCatalogueSchema },
  putModelFile: { ...addresses.putModelFile, summary: 'A file of a network (ONNX or weights) that addModel names later', access: administrator, query: z.object({ name: z.string().min(1).max(200) }), body: bytes, response: storedModelFileSchema },
  modelFile: { ...addresses.modelFile, summary: 'The ONNX file of an extractor, for browsers that run it', access: signedIn, params: z.object({ modelId: idSchema }), response: bytes },
  modelWeights: { ...addresses.modelWeights, summary: 'A file of weights that the ONNX file of an extractor names beside itself, for browsers that run it', access: signedIn, params: z.object({ modelId: idSchema, name: z.string().min(1).max(200) }), response: bytes },
  textTowers: { ...addresses.textTowers, summary: 'Image-text pairs: networks whose image embeddings can be compared with texts', access: signedIn, response: textTowerListSchema },
  certificates: { ...addresses.certificates, summary: 'Runtimes that were shown to give the vectors of the server, newest first', access: signedIn, params: z.object({ modelId: idSchema }), query: pageQuerySchema, response: pageSchema(certificateEntrySchema) },
  certify: { ...addresses.certify, summary: 'Compare the vectors of another runtime with those of the server; parity.failed when they differ', access: signedIn, params: z.object({ modelId: idSchema }), body: certifyInputSchema, response: certificateSchema },
  missingSamples: { ...addresses.missingSamples, summary: 'Samples that a feature set lacks, one keyset page', access: lead, params: within('featureSetId'), query: pageQuerySchema, response: pageSchema(missingSampleSchema) },
  storeChunk: { ...addresses.storeChunk, summary: 'Vectors that a browser made, under its certificate', access: lead, params: within('featureSetId'), body: chunkInputSchema, response: storedChunkSchema },
  featureSets: { ...addresses.featureSets, summary: 'Feature sets', access: viewer, params: project, response: featureSetListSchema },
  /**
   * Columns, a row for each sample of the set that still exists, in the order of their files' hashes: id uuid, at u32 (place of its vector
   * in featureSetVectors), role u8, split u8 (0 none), defectType u16 (0 none), qualityLabel u8 (0 none).
   */
  featureSetSamples: { ...addresses.featureSetSamples, summary: 'Samples of a feature set as binary columns, for browsers that compute (private projects)', access: lead, params: within('featureSetId'), response: bytes },
  featureSetVectors: { ...addresses.featureSetVectors, summary: 'Vectors of a feature set as little-endian float32, chunk after chunk, for browsers that compute (private projects)', access: lead, params: within('featureSetId'), response: bytes },
  patchMap: { ...addresses.patchMap, summary: 'Heat map of a sample', access: viewer, params: z.object({ projectId: idSchema, featureSetId: idSchema, sampleId: idSchema }), response: patchMapAnswerSchema },

  runs: { ...addresses.runs, summary: 'Score runs, newest first', access: viewer, params: project, response: runListSchema },
  run: { ...addresses.run, summary: 'One score run', access: viewer, params: within('runId'), response: runSchema },
  /**
   * Columns, one row per sample of the feature set (auxiliary first): id uuid, role u8 (values normal, anomaly, auxiliary),
   * quality f64 (NaN unless auxiliary), probability f64, density f64, rarity f64, zone u8 (0 none, else zones),
   * defectType u16 (0 none), qualityLabel u8 (0 none), spread p05/p50/p95 f64 where subsets were used. Immutable.
   */
  runColumns: { ...addresses.runColumns, summary: 'All scores of a run as binary columns', access: viewer, params: within('runId'), response: bytes },
  score: { ...addresses.score, summary: 'Why: the parts and the reason of one score', access: viewer, params: z.object({ projectId: idSchema, runId: idSchema, sampleId: idSchema }), response: scoreSchema },
  otherScores: { ...addresses.otherScores, summary: 'What the other evaluators on the same features make of a sample', access: viewer, params: z.object({ projectId: idSchema, runId: idSchema, sampleId: idSchema }), response: otherScoresSchema },
  storeScores: { ...addresses.storeScores, summary: 'Part of the scores that a browser computed (private projects); seen by nobody until storeRun', access: lead, params: within('runId'), body: scorePageSchema, response: z.object({ stored: z.number().int() }) },
  storeRun: { ...addresses.storeRun, summary: 'Ends a run whose scores a browser computed and sent (private projects)', access: lead, params: within('runId'), body: runResultSchema, response: runSchema },
  states: { ...addresses.states, summary: 'Verdicts of all decided samples, or those changed since', access: viewer, params: project, query: stateListQuerySchema, response: stateListSchema },

  projections: { ...addresses.projections, summary: 'Maps', access: viewer, params: project, response: projectionListSchema },
  /** Columns: id uuid, x f32, y f32, role u8 (values normal, anomaly, auxiliary). Immutable. */
  projectionColumns: { ...addresses.projectionColumns, summary: 'Coordinates of a map as binary columns', access: viewer, params: within('projectionId'), response: bytes },
  storeProjection: { ...addresses.storeProjection, summary: 'A map that a browser computed (private projects)', access: lead, params: within('projectionId'), body: mapResultSchema, response: projectionSchema },

  generations: { ...addresses.generations, summary: 'Batches of synthetic anomalies, newest first', access: viewer, params: project, response: generationListSchema },
  generation: { ...addresses.generation, summary: 'One batch of synthetic anomalies', access: viewer, params: within('generationId'), response: generationSchema },
  generationPlan: { ...addresses.generationPlan, summary: 'Seed samples of a batch and what is made of it, for browsers that make batches (private projects)', access: viewer, params: within('generationId'), response: generationPlanSchema },
  storeGenerated: { ...addresses.storeGenerated, summary: 'Tell of synthetic anomalies that a browser made and keeps (private projects)', access: lead, params: within('generationId'), body: storeGeneratedSchema, response: storedGeneratedSchema },
  storeGeneration: { ...addresses.storeGeneration, summary: 'Ends a batch that a browser made (private projects)', access: lead, params: within('generationId'), body: generationResultSchema, response: generationSchema },
  generationFeedback: { ...addresses.generationFeedback, summary: 'Zones, verdicts and reasons of generated samples by the parameters of their generator', access: viewer, params: project, query: generationFeedbackQuerySchema, response: generationFeedbackSchema },
  generationSeeds: { ...addresses.generationSeeds, summary: 'Training normals that a batch would be made of, in order', access: viewer, params: project, query: generationSeedsQuerySchema, response: generationSeedsSchema },

  prototypeSearches: { ...addresses.prototypeSearches, summary: 'Searches for prototypes of normality, newest first', access: viewer, params: project, response: prototypeSearchListSchema },
  prototypeSearch: { ...addresses.prototypeSearch, summary: 'One search with the chosen normals and their AUROC', access: viewer, params: within('searchId'), response: prototypeSearchSchema },
  prototypeTail: { ...addresses.prototypeTail, summary: 'Every candidate of a search with what its presence does, most harmful first', access: viewer, params: within('searchId'), response: prototypeTailAnswerSchema },
  prototypeEstimate: { ...addresses.prototypeEstimate, summary: 'What a search would work on, and about how long it would take; nothing is started', access: viewer, params: project, body: prototypeEstimateQuerySchema, response: prototypeEstimateSchema },

  keepAnalyses: { ...addresses.keepAnalyses, summary: 'Analyses of how many samples to keep, newest first', access: viewer, params: project, response: keepAnalysisListSchema },
  keepAnalysis: { ...addresses.keepAnalysis, summary: 'One analysis with its learning curves', access: viewer, params: within('analysisId'), response: keepAnalysisSchema },
  /**
   * Columns, a row for each auxiliary sample that every run scored: id uuid, and nearest0, nearest1, ... f32, of each run (in the order of `runIds`) the
   * distance to the nearest sample that it ranks higher; NaN of the best one. A kept sample is a near copy where it is at most `redundancy.threshold`. Immutable.
   */
  keepAnalysisColumns: { ...addresses.keepAnalysisColumns, summary: 'Distances to higher-ranked samples as binary columns', access: viewer, params: within('analysisId'), response: bytes },
  diversePicks: { ...addresses.diversePicks, summary: 'Diverse choices among the best samples, newest first', access: viewer, params: project, response: diversePickListSchema },
  diversePick: { ...addresses.diversePick, summary: 'One diverse choice with its samples', access: viewer, params: within('pickId'), response: diversePickDetailSchema },
  diffusionModels: { ...addresses.diffusionModels, summary: 'Networks that predict noise, for DiffStyle', access: signedIn, response: diffusionModelListSchema },

  experiments: { ...addresses.experiments, summary: 'Experiments, newest first', access: viewer, params: project, response: experimentListSchema },
  experimentCandidates: { ...addresses.experimentCandidates, summary: 'Feature sets of all projects that the caller may see, for an experiment', access: lead, params: project, response: experimentCandidateListSchema },
  experiment: { ...addresses.experiment, summary: 'Settings, sets and progress of an experiment', access: viewer, params: within('experimentId'), response: experimentSchema },
  experimentResults: { ...addresses.experimentResults, summary: 'Metrics per set, seed and evaluator', access: viewer, params: within('experimentId'), response: experimentResultListSchema },
  experimentCurves: { ...addresses.experimentCurves, summary: 'Learning curves of one set', access: viewer, params: within('experimentId'), query: experimentCurvesQuerySchema, response: experimentCurvesSchema },

  selections: { ...addresses.selections, summary: 'Choices of models without labels, newest first', access: viewer, params: project, response: modelSelectionListSchema },
  selection: { ...addresses.selection, summary: 'One choice of a model', access: viewer, params: within('selectionId'), response: modelSelectionSchema },
  /**
   * Columns, a row for each sample that took part: id uuid, part u8 (values of selectionParts), defectType u16 (0 none), x and y f32 (t-SNE in the vectors
   * of the pick; NaN where the sample is not on the map, which shows at most 1,000 of each part), and score0, score1, ... f64: of each candidate the
   * anomaly score (NaN where the candidate gives none). Immutable.
   */
  selectionMap: { ...addresses.selectionMap, summary: 'Map and scores of a choice of a model as binary columns', access: viewer, params: within('selectionId'), response: bytes },

  promptSelections: { ...addresses.promptSelections, summary: 'Choices of prompts without labels, newest first', access: viewer, params: project, response: promptSelectionListSchema },
  promptSelection: { ...addresses.promptSelection, summary: 'One choice of a prompt', access: viewer, params: within('selectionId'), response: promptSelectionSchema },
  /**
   * Columns, a row for each sample with a vector: id uuid, role u8 (values normal, anomaly, auxiliary), part u8 (0 none, else selectionParts), defectType u16
   * (0 none), score f64 (0..1) and difference f64 (of cosines) by the picked pair; of SigLIP-type models nativeNormal and nativeAnomalous f64 too. Immutable.
   */
  promptSelectionColumns: { ...addresses.promptSelectionColumns, summary: 'Zero-shot scores of all samples by the picked pair as binary columns', access: viewer, params: within('selectionId'), response: bytes },
  promptPools: { ...addresses.promptPools, summary: 'Pools of prompt pairs: of the papers, and those that people made', access: viewer, params: project, response: poolListSchema },
  zeroShotScore: { ...addresses.zeroShotScore, summary: 'Zero-shot score of a sample by the pick of the newest choice of a prompt', access: viewer, params: within('sampleId'), response: zeroShotAnswerSchema },

  reviewQueues: { ...addresses.reviewQueues, summary: 'Review queues, newest first', access: viewer, params: project, response: reviewQueueListSchema },
  reviewQueue: { ...addresses.reviewQueue, summary: 'One review queue and how far it is', access: viewer, params: within('queueId'), response: reviewQueueSchema },
  reviewReport: { ...addresses.reviewReport, summary: 'How the reviewers of a queue judge: everyone for leads, their own for others', access: inspector, params: within('queueId'), response: reviewReportSchema },

  exports: { ...addresses.exports, summary: 'Exports, newest first', access: viewer, params: project, response: exportListSchema },
  exportCount: { ...addresses.exportCount, summary: 'How many samples a rule selects now', access: viewer, params: project, body: exportRuleSchema, response: exportCountSchema },
  exportManifest: { ...addresses.exportManifest, summary: 'The manifest of an export that a browser writes (private projects); sizes of masks are left to it', access: lead, params: within('exportId'), response: exportListingSchema },
  exportFile: { ...addresses.exportFile, summary: 'The file: a zip, a table, a list or a report; supports ranges', access: lead, params: within('exportId'), response: { binary: 'application/zip' } },
  decisionLog: { ...addresses.decisionLog, summary: 'Every decision that was ever taken, undone ones and undos included, as CSV or JSON lines', access: viewer, params: project, query: z.object({ format: decisionLogFormatSchema.default('csv') }), response: { binary: 'text/csv' } },
  exportReport: { ...addresses.exportReport, summary: 'The report as a page to look at; it may load and run nothing', access: lead, params: within('exportId'), response: { binary: 'text/html' } },
} as const satisfies Record<string, RouteContract>;

export type RouteName = keyof typeof routes;
