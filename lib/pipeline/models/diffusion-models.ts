import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { AssayError } from '@/lib/errors';
import { openDiffusion } from '@/lib/inference/node/diffusion';
import type { ModelSource } from '@/lib/inference/node/session';
import type { DiffusionModel } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import { findOnnx, findWeights, MAX_MODEL_BYTES, readSummary, requireTotal } from './model-files';
import { modelSource } from './model-source';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

/** STORED DATA (DiffusionModel.weights). */
const weightsSchema = z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() }));

/**
 * Tries a diffusion network of this machine (a file, or a folder that holds one) and adds it to the library. The same file is one entry.
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`, `request.conflict` when another network has the name
 */
export async function addDiffusionModel({ given, name }: { given: string; name: string }, { store, blobs }: Stores): Promise<DiffusionModel> {
  const onnx = await findOnnx(given);
  const weights = await findWeights(onnx, await readSummary(onnx));
  const network = await openDiffusion(onnx);
  const { width, height } = network;
  await network.close();
  const stored = await blobs.putStream(createReadStream(onnx), { maxBytes: MAX_MODEL_BYTES });
  requireTotal(stored.bytes, weights);
  for (const { path, sha256 } of weights) await blobs.putStream(createReadStream(path), { expected: sha256, maxBytes: MAX_MODEL_BYTES });
  const present = await store.diffusionModel.findUnique({ where: { sha256: stored.sha256 } });
  if (present !== null) return present;
  if ((await store.diffusionModel.count({ where: { name } })) > 0) {
    throw new AssayError('request.conflict', `There is another diffusion network named ${name}.`, { hint: 'Give this one another name with --name.' });
  }
  const bytes = weights.reduce((sum, file) => sum + file.bytes, stored.bytes);
  return store.diffusionModel.create({ data: { name, sha256: stored.sha256, bytes, width, height, weights: weights.map(({ name: file, sha256, bytes: size }) => ({ name: file, sha256, bytes: size })) } });
}

/** What the session of a network of the library is opened from. @throws AssayError `model.missing` */
export async function diffusionModelSource(id: string | null, { store, blobs }: Stores): Promise<ModelSource> {
  const model = id === null ? null : await store.diffusionModel.findUnique({ where: { id } });
  if (model === null) throw new AssayError('model.missing', 'The diffusion network of this batch is no longer there.');
  // As a file, also without weights beside it: such networks are large, and a session reads files without a copy in memory.
  return modelSource(blobs, model.sha256, { weights: weightsSchema.parse(model.weights) });
}

/** Removes a diffusion network that no batch was made with. @throws AssayError `model.missing`, `request.conflict` */
export async function removeDiffusionModel(name: string, { store }: Pick<Stores, 'store'>): Promise<void> {
  const model = await store.diffusionModel.findUnique({ where: { name }, include: { _count: { select: { generations: true } } } });
  if (model === null) throw new AssayError('model.missing', `There is no diffusion network named ${name}.`);
  if (model._count.generations > 0) throw new AssayError('request.conflict', `Anomalies were made with ${name} (${model._count.generations} batches); it stays, so that their origin stays known.`);
  await store.diffusionModel.delete({ where: { id: model.id } });
}
