import { z } from 'zod';
import { idSchema, zoneSchema } from './common';
import { neighboursOfText } from './further-neighbours';
import { runSummarySchema } from './runs';

/*
 * Scores and maps of private projects: a browser computes them and hands the results in. The server computes nothing.
 */

const distance = z.number().nonnegative();

/** The score of one auxiliary sample, its parts and its reason, as it is stored. */
export const scoreRowSchema = z.strictObject({
  sampleId: idSchema,
  quality: z.number(),
  probability: z.number().nullable(),
  density: z.number().nullable(),
  rarity: z.number().nullable(),
  zone: zoneSchema.nullable(),
  /** Over subsets, where subsets were used. */
  spread: z.strictObject({ sd: z.number(), p05: z.number(), p50: z.number(), p95: z.number(), subsets: z.number().int() }).nullable(),
  /** Further parts by name, as the evaluator gives them. */
  parts: z.record(z.string().max(40), z.number()).nullable(),
  coveringSpheres: z.number().int().nonnegative().nullable(),
  /** Of the smallest covering sphere. */
  centreSampleId: idSchema.nullable(),
  centreRadius: distance.nullable(),
  centreDistance: distance.nullable(),
  /** Where no sphere covers: the nearest one, and the distance to its surface. */
  gapSampleId: idSchema.nullable(),
  gapRadius: distance.nullable(),
  gap: z.number().nullable(),
  nearestNormalId: idSchema.nullable(),
  nearestNormalDistance: distance.nullable(),
  nearestAnomalyId: idSchema.nullable(),
  nearestAnomalyDistance: distance.nullable(),
  /** Base64 of packNeighbours: the normals and anomalies that are nearest after these. */
  furtherNeighbours: z.base64().max(1_000).refine((text) => neighboursOfText(text) !== null, 'These are no neighbours.').nullable(),
});
export type ScoreRow = z.infer<typeof scoreRowSchema>;

/** Most scores of one call. */
export const SCORES_PER_CALL = 2_000;

/** Part of a run's scores. `from` counts the scores that were sent before; 0 begins anew. */
export const scorePageSchema = z.object({ from: z.number().int().min(0), scores: z.array(scoreRowSchema).min(1).max(SCORES_PER_CALL) });

/** The choices in force, defaults included. */
const inForceSchema = z.record(z.string().max(40), z.union([z.string().max(100), z.number(), z.boolean(), z.null()]));

/** Ends a run whose scores were all sent. */
export const runResultSchema = z.object({ summary: runSummarySchema, parameters: inForceSchema });

/** The coordinates of a map, in the order of featureSetSamples. */
export const mapResultSchema = z.object({
  /** Base64 of 16 bytes a sample. */
  ids: z.base64().max(3_000_000),
  /** Base64 of little-endian float32: x and y of each sample. */
  positions: z.base64().max(1_500_000),
  parameters: inForceSchema,
  divergence: z.number().nullable(),
});

/** Why a run or a map of a browser ended without a result. */
export const browserEndSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('failed'), code: z.string().regex(/^[a-z]+(\.[a-z_]+)?$/).max(60), message: z.string().min(1).max(500) }),
]);
export type BrowserEnd = z.infer<typeof browserEndSchema>;
