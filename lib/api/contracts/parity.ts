import { z } from 'zod';
import { idSchema, isoDateSchema } from './common';

/** Where a network runs in a browser: WebGPU, WebAssembly with threads, WebAssembly on one. */
export const webProviderSchema = z.enum(['webgpu', 'wasm-threads', 'wasm']);

/** Float32 values, little endian, in base64. */
export const base64VectorsSchema = z.base64().min(1).max(3_600_000);

/** What a browser says of itself and the vectors that it made of the probe images, (images, dim) row-major. */
export const certifyInputSchema = z.object({
  runtimeVersion: z.string().min(1).max(40),
  provider: webProviderSchema,
  device: z.string().min(1).max(200).nullable(),
  preprocessingVersion: z.number().int(),
  probeVersion: z.number().int(),
  vectors: base64VectorsSchema,
});
export type CertifyInput = z.infer<typeof certifyInputSchema>;

/** A comparison that passed. */
export const certificateSchema = z.object({
  id: idSchema,
  /** Runtime and provider of the server's vectors. */
  reference: z.string(),
  runtime: z.string(),
  provider: z.string(),
  device: z.string().nullable(),
  /** The least over the probe images. */
  cosine: z.number(),
  maxAbs: z.number(),
  maxAbsLimit: z.number(),
  createdAt: isoDateSchema,
});
export type Certificate = z.infer<typeof certificateSchema>;

/** A certificate in the list of its network: with who made it. */
export const certificateEntrySchema = certificateSchema.extend({ createdBy: z.string().nullable() });
export type CertificateEntry = z.infer<typeof certificateEntrySchema>;

/** A sample that a feature set lacks. */
export const missingSampleSchema = z.object({ id: idSchema, fileName: z.string() });
export type MissingSample = z.infer<typeof missingSampleSchema>;

/** Vectors of some samples that a browser made; the certificate proves that it may. */
export const chunkInputSchema = z.object({
  certificateId: idSchema,
  sampleIds: z.array(idSchema).min(1).max(256),
  vectors: base64VectorsSchema,
});
export const storedChunkSchema = z.object({
  /** Samples whose vectors were taken; others had one already or are gone. */
  stored: z.number().int(),
});

export const startBrowserExtractionSchema = z.object({ projectId: idSchema, modelId: idSchema, certificateId: idSchema });
export const endBrowserExtractionSchema = z.object({
  projectId: idSchema,
  featureSetId: idSchema,
  outcome: z.enum(['ready', 'cancelled']),
  imagesPerSecond: z.number().positive().nullable(),
});
