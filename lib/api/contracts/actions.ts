import { z } from 'zod';
import { administrator, inspector, lead, signedIn, type Access } from './access';
import { browserEndSchema } from './browser-runs';
import { decidedManySchema, decideManySchema, undoGroupSchema, undoneGroupSchema } from './bulk';
import { idSchema, projectRoleSchema } from './common';
import { decisionInputSchema, sampleStateSchema, undoInputSchema } from './decisions';
import { experimentSchema, startExperimentSchema } from './experiments';
import { endExportSchema, exportSchema, startExportSchema } from './exports';
import { extractInputSchema, featureSetSchema } from './features';
import { generationSchema, startGenerationSchema } from './generators';
import { jobSchema } from './jobs';
import { diversePickSchema, keepAnalysisSchema, pickDiverseSchema, startKeepAnalysisSchema } from './keep';
import { addModelSchema, downloadModelSchema } from './models';
import { endBrowserExtractionSchema, startBrowserExtractionSchema } from './parity';
import { startPatchMapsSchema } from './patches';
import { prototypeSearchSchema, startPrototypeSearchSchema } from './prototypes';
import { importPoolSchema, poolSchema, promptSelectionSchema, removePoolSchema, savePoolSchema, startPromptSelectionSchema } from './prompt-selections';
import { createProjectSchema, preferencesSchema, projectInputSchema, projectSchema, userSchema } from './projects';
import { answeredItemsSchema, answerItemsSchema, claimedItemsSchema, claimItemsSchema, queueActionSchema, reviewQueueSchema, startReviewQueueSchema, undoAnswerSchema } from './review-queues';
import { projectionSchema, runListSchema, runSchema, startProjectionSchema, startRunsSchema } from './runs';
import { sampleChangeSchema, sampleSelectionSchema } from './samples';
import { modelSelectionSchema, startModelSelectionSchema } from './selections';
import { taggedSamplesSchema, tagSamplesSchema } from './tags';
import { folderRoleSchema, uploadSchema } from './uploads';
import { removeViewSchema, savedViewSchema, saveViewSchema } from './views';

/** The contract of one server action. Actions with project access carry `projectId` in their input. */
export type ActionContract = { readonly access: Access; readonly input: z.ZodType; readonly output: z.ZodType };

const done = z.object({ done: z.literal(true) });
const project = z.object({ projectId: idSchema });
const upload = project.extend({ uploadId: idSchema });

/** Every change a person can make, by name. */
export const actions = {
  /** Anyone signed in may create a project and becomes its lead. */
  createProject: { access: signedIn, input: createProjectSchema, output: projectSchema },
  updateProject: { access: lead, input: projectInputSchema.partial().extend({ projectId: idSchema, sendsThumbnails: z.boolean().optional() }), output: projectSchema },
  /** `name` repeats the project's name as a confirmation. */
  deleteProject: { access: lead, input: project.extend({ name: z.string() }), output: done },
  setMember: { access: lead, input: project.extend({ email: z.email(), role: projectRoleSchema }), output: done },
  removeMember: { access: lead, input: project.extend({ userId: z.string().min(1) }), output: done },
  /** Creates an account; the one-time sign-in link in the answer is shown once. */
  createUser: { access: administrator, input: z.object({ name: z.string().trim().min(1).max(80), email: z.email(), isAdmin: z.boolean().default(false) }), output: z.object({ user: userSchema, signInLink: z.string() }) },
  /** A new one-time link for an existing account; older ones of it no longer work. */
  renewSignInLink: { access: administrator, input: z.object({ userId: z.string().min(1) }), output: z.object({ signInLink: z.string() }) },
  setUserAdmin: { access: administrator, input: z.object({ userId: z.string().min(1), isAdmin: z.boolean() }), output: userSchema },
  removeUser: { access: administrator, input: z.object({ userId: z.string().min(1) }), output: done },

  changeSamples: { access: lead, input: project.extend({ selection: sampleSelectionSchema, change: sampleChangeSchema }), output: z.object({ changed: z.number().int() }) },
  deleteSamples: { access: lead, input: project.extend({ selection: sampleSelectionSchema }), output: z.object({ deleted: z.number().int() }) },

  openUpload: { access: lead, input: project, output: uploadSchema },
  setFolderRoles: { access: lead, input: upload.extend({ folders: z.record(z.string().max(1000), folderRoleSchema) }), output: uploadSchema },
  /** No more files will come: the import job ends when the received ones are decoded. */
  closeUpload: { access: lead, input: upload, output: uploadSchema },
  cancelUpload: { access: lead, input: upload, output: uploadSchema },
  /** Makes a refused or failed file wanted again. */
  retryUploadFile: { access: lead, input: upload.extend({ fileId: idSchema }), output: uploadSchema },

  extractFeatures: { access: lead, input: extractInputSchema, output: featureSetSchema },
  /** A feature set that this browser fills through storeChunk; vectors that an earlier set of the same fingerprint holds are taken over. */
  startBrowserExtraction: { access: lead, input: startBrowserExtractionSchema, output: featureSetSchema },
  endBrowserExtraction: { access: lead, input: endBrowserExtractionSchema, output: featureSetSchema },
  /** Heat maps of a feature set; after a failure or a cancellation it goes on with what is stored. */
  startPatchMaps: { access: lead, input: startPatchMapsSchema, output: featureSetSchema },
  /** A job downloads a network from the hub and adds it to the library; nothing is ever downloaded otherwise. */
  downloadModel: { access: administrator, input: downloadModelSchema, output: jobSchema },
  /** Adds a network of files that were sent by putModelFile; a job tries it first. */
  addModel: { access: administrator, input: addModelSchema, output: jobSchema },
  removeModel: { access: administrator, input: z.object({ modelId: idSchema }), output: done },
  startRuns: { access: lead, input: startRunsSchema, output: runListSchema },
  /** Needs to be at least a viewer of every project whose sets take part. */
  startExperiment: { access: lead, input: startExperimentSchema, output: experimentSchema },
  /** Of a run that a browser computes (private projects). */
  endBrowserRun: { access: lead, input: project.extend({ runId: idSchema, end: browserEndSchema }), output: runSchema },
  /** Makes synthetic anomalies of normal samples. Of a private project it freezes the batch only: a browser makes it. */
  startGeneration: { access: lead, input: startGenerationSchema, output: generationSchema },
  /** Of a batch that a browser makes (private projects). */
  endBrowserGeneration: { access: lead, input: project.extend({ generationId: idSchema, end: browserEndSchema }), output: generationSchema },
  /** Chooses an extractor and a detector by synthetic anomalies; makes these, and the vectors that are missing. */
  startModelSelection: { access: lead, input: startModelSelectionSchema, output: modelSelectionSchema },
  /** Which few normals a detector is best trained with, and which do harm. */
  startPrototypeSearch: { access: lead, input: startPrototypeSearchSchema, output: prototypeSearchSchema },
  /** Learning curves over the rankings of several runs, and near copies in them. */
  startKeepAnalysis: { access: lead, input: startKeepAnalysisSchema, output: keepAnalysisSchema },
  /** Chooses samples that are good and unlike one another; nothing is decided by it. */
  pickDiverse: { access: inspector, input: pickDiverseSchema, output: diversePickSchema },
  /** Chooses a prompt pair of an image-text model by synthetic anomalies; makes these, and the vectors that are missing. */
  startPromptSelection: { access: lead, input: startPromptSelectionSchema, output: promptSelectionSchema },
  /** Changing a pool never changes a selection that was made with it. */
  savePool: { access: lead, input: savePoolSchema, output: poolSchema },
  importPool: { access: lead, input: importPoolSchema, output: poolSchema },
  removePool: { access: lead, input: removePoolSchema, output: done },
  startProjection: { access: lead, input: startProjectionSchema, output: projectionSchema },
  endBrowserProjection: { access: lead, input: project.extend({ projectionId: idSchema, end: browserEndSchema }), output: projectionSchema },
  /** Of a private project it freezes the selection only: a browser writes the zip (exportManifest, then endExport). */
  startExport: { access: lead, input: startExportSchema, output: exportSchema },
  /** Says what became of a zip that a browser wrote. Written again, an export keeps the SHA-256 of the first time. */
  endExport: { access: lead, input: endExportSchema, output: exportSchema },
  cancelJob: { access: lead, input: project.extend({ jobId: idSchema }), output: jobSchema },
  /** Queues a failed or cancelled job again; finished steps are not repeated. */
  retryJob: { access: lead, input: project.extend({ jobId: idSchema }), output: jobSchema },

  decide: { access: inspector, input: decisionInputSchema, output: sampleStateSchema },
  undo: { access: inspector, input: undoInputSchema, output: sampleStateSchema },

  startReviewQueue: { access: inspector, input: startReviewQueueSchema, output: reviewQueueSchema },
  /** By leads and whoever started it: nothing more is handed out, what was answered stays. */
  closeReviewQueue: { access: inspector, input: queueActionSchema, output: reviewQueueSchema },
  /** Leases the next items to the caller, who gets no item that a colleague holds. */
  claimItems: { access: inspector, input: claimItemsSchema, output: claimedItemsSchema },
  /** Answers an item that the caller holds, and leases the next. */
  answerItems: { access: inspector, input: answerItemsSchema, output: answeredItemsSchema },
  /** Takes the caller's latest answer in the queue back; the item is the caller's again and comes first. */
  undoAnswer: { access: inspector, input: undoAnswerSchema, output: claimedItemsSchema },
  /** One verdict on many auxiliary samples: one step, which undoGroup takes back. */
  decideMany: { access: inspector, input: decideManySchema, output: decidedManySchema },
  undoGroup: { access: inspector, input: undoGroupSchema, output: undoneGroupSchema },
  tagSamples: { access: inspector, input: tagSamplesSchema, output: taggedSamplesSchema },
  /** Keeps a filter under a name that no other view of the project has. */
  saveView: { access: inspector, input: saveViewSchema, output: savedViewSchema },
  removeView: { access: inspector, input: removeViewSchema, output: done },

  setPreferences: { access: signedIn, input: preferencesSchema, output: done },
  /** Sets the caller's own password; `currentPassword` is needed when there is one already. */
  setPassword: { access: signedIn, input: z.object({ newPassword: z.string().min(10, 'Use at least 10 characters.').max(200), currentPassword: z.string().max(200).nullable().default(null) }), output: done },
} as const satisfies Record<string, ActionContract>;

export type ActionName = keyof typeof actions;
export type ActionInput<N extends ActionName> = z.input<(typeof actions)[N]['input']>;
export type ActionOutput<N extends ActionName> = z.infer<(typeof actions)[N]['output']>;
