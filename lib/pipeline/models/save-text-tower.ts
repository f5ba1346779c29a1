import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { textTowerConfigSchema, type TextTowerConfig } from '@/lib/api/contracts/image-text';
import { AssayError } from '@/lib/errors';
import { canonicalJson } from '@/lib/inference/fingerprint';
import { modelSha256 } from '@/lib/inference/node/session';
import type { TextTower } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import { MAX_MODEL_BYTES, requireTotal } from './model-files';
import type { TextFiles } from './pair-files';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

type Tower = { readonly name: string; readonly config: TextTowerConfig; readonly dim: number; readonly isDemonstration: boolean };

/**
 * The pair of that name, when it is this one: the same files, read in the same way. Null where the name is free.
 * @throws AssayError `request.conflict` when it is another one; `request.too_large`
 */
export async function textTowerPresent({ name, config }: Tower, text: TextFiles, { store }: Stores): Promise<TextTower | null> {
  requireTotal((await stat(text.onnx)).size, text.weights);
  const present = await store.textTower.findUnique({ where: { name } });
  if (present === null) return null;
  const stored = textTowerConfigSchema.parse(present.config);
  if (present.textSha256 === (await modelSha256(text.onnx)) && present.tokenizerSha256 === (await modelSha256(text.tokenizer)) && canonicalJson(stored) === canonicalJson(config)) return present;
  throw new AssayError('request.conflict', `There is another image-text pair named ${name}.`, { hint: 'Give this one another name.' });
}

/**
 * Saves a text tower that was proven to fit an image tower of the library.
 * @throws AssayError `storage.full`; `request.conflict` when the image tower has got another text tower meanwhile
 */
export async function saveTextTower({ modelId, name, config, dim, isDemonstration }: Tower & { readonly modelId: string }, text: TextFiles, { store, blobs }: Stores): Promise<TextTower> {
  for (const { path, sha256 } of text.weights) await blobs.putStream(createReadStream(path), { expected: sha256, maxBytes: MAX_MODEL_BYTES });
  const onnx = await blobs.putStream(createReadStream(text.onnx), { maxBytes: MAX_MODEL_BYTES });
  const tokenizerSha256 = await blobs.put(text.tokenizer);
  const bytes = text.weights.reduce((sum, file) => sum + file.bytes, onnx.bytes + text.tokenizer.length);
  const weights = text.weights.map(({ name: file, sha256, bytes: size }) => ({ name: file, sha256, bytes: size }));
  const { parameters } = text.summary;
  return store.$transaction(async (transaction) => {
    // Two people may add the same pair at once.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`text-tower:${modelId}`}, 0))`;
    const present = await transaction.textTower.findFirst({ where: { OR: [{ modelId }, { name }] } });
    if (present !== null && (present.modelId !== modelId || present.textSha256 !== onnx.sha256 || present.tokenizerSha256 !== tokenizerSha256)) {
      throw new AssayError('request.conflict', `${present.name} is in the library with another text tower.`, { hint: 'Give this pair another name.' });
    }
    return present ?? transaction.textTower.create({ data: { modelId, name, textSha256: onnx.sha256, tokenizerSha256, bytes, weights, config, dim, parameters: parameters > 0 ? parameters : null, isDemonstration } });
  });
}
