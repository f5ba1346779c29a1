import { z } from 'zod';
import { idSchema, isoDateSchema, projectKindSchema, projectRoleSchema } from './common';

export const projectInputSchema = z.object({
  name: z.string().trim().min(1, 'Give the project a name.').max(80),
  objectName: z.string().trim().min(1, 'Say what is inspected, for example "metal plate".').max(80),
});
/** Chosen when a project is made. Of a private one the images stay in the browsers of its members. */
export const createProjectSchema = projectInputSchema.extend({
  isPrivate: z.boolean().default(false),
  /** Whether thumbnails of a private project may reach the server; may change later. */
  sendsThumbnails: z.boolean().default(false),
});
export type CreateProject = z.input<typeof createProjectSchema>;
export type ProjectInput = z.infer<typeof projectInputSchema>;

export const projectSchema = z.object({
  id: idSchema,
  name: z.string(),
  objectName: z.string(),
  /** What its samples are: images, or feature vectors that came in tables. */
  kind: projectKindSchema,
  isPrivate: z.boolean(),
  sendsThumbnails: z.boolean(),
  demoProduct: z.string().nullable(),
  createdAt: isoDateSchema,
  /** The caller's role here; administrators count as lead. */
  role: projectRoleSchema,
  sampleCount: z.number().int(),
});
export type Project = z.infer<typeof projectSchema>;
export const projectListSchema = z.object({ projects: z.array(projectSchema) });

/** State of every stage at a glance: the rail and the checklist read this. */
export const projectOverviewSchema = projectSchema.extend({
  samples: z.object({
    normal: z.number().int(),
    anomaly: z.number().int(),
    auxiliary: z.number().int(),
    /** Auxiliary samples with a known pseudo-quality. */
    labelled: z.number().int(),
    /** Files refused in uploads so far. */
    refused: z.number().int(),
  }),
  featureSets: z.number().int(),
  latestFeatureSetId: idSchema.nullable(),
  runs: z.number().int(),
  latestRun: z
    .object({
      id: idSchema,
      evaluator: z.string(),
      aucQlt: z.number().nullable(),
      zones: z.object({ realistic: z.number(), unrealistic: z.number(), indistinguishable: z.number() }).nullable(),
    })
    .nullable(),
  review: z.object({ accepted: z.number().int(), rejected: z.number().int(), skipped: z.number().int(), auxiliary: z.number().int() }),
  projections: z.number().int(),
  latestProjectionId: idSchema.nullable(),
  exports: z.number().int(),
  activeJobs: z.number().int(),
});
export type ProjectOverview = z.infer<typeof projectOverviewSchema>;

export const memberSchema = z.object({ userId: z.string(), name: z.string(), email: z.string(), role: projectRoleSchema });
export type Member = z.infer<typeof memberSchema>;
export const memberListSchema = z.object({ members: z.array(memberSchema) });

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  createdAt: isoDateSchema,
});
export type User = z.infer<typeof userSchema>;
export const userListSchema = z.object({ users: z.array(userSchema) });

export const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).optional(),
  /** Key bindings by command, where they differ from the default. */
  keys: z.record(z.string().max(40), z.string().max(20)).optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** The caller's own account. */
export const sessionSchema = z.object({
  user: userSchema.omit({ createdAt: true }),
  hasPassword: z.boolean(),
  /** Assay can be reached from other machines and this account has no password yet. */
  mustSetPassword: z.boolean(),
  preferences: preferencesSchema,
});
export type Session = z.infer<typeof sessionSchema>;
