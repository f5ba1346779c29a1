import { createHash } from 'node:crypto';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { textTowerConfigSchema } from '@/lib/api/contracts/image-text';
import type { TextHead } from '@/lib/anomaly/selection/zero-shot';
import { AssayError } from '@/lib/errors';
import { openTextTower } from '@/lib/inference/node/text-tower';
import type { TextTower } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';
import { textTowerSource } from './models/text-tower-source';

/** Embeddings, texts x dim, rows of length 1, in the order of the texts; a text may come twice. */
export type TextEmbeddings = Matrix & {
  /** Of each text, whether it is longer than the tower reads; its end was left off. */
  readonly truncated: readonly boolean[];
  /** Texts that went through the tower now; the others were in the cache. */
  readonly computed: number;
};

type Context = Pick<PipelineContext, 'store' | 'blobs'> & Partial<Pick<PipelineContext, 'signal'>>;
type Stored = { readonly vector: Uint8Array; readonly truncated: boolean };

/**
 * Embeddings of texts by a text tower of the library. What was embedded before comes from the database; the tower is opened only for
 * the rest.
 * @param towerId of a TextTower
 * @throws AssayError `model.missing` without that tower, `data.not_finite` for a text without a direction, `job.cancelled`
 */
export async function textEmbeddings(towerId: string, texts: readonly string[], { store, blobs, signal }: Context): Promise<TextEmbeddings> {
  const tower = await store.textTower.findUnique({ where: { id: towerId } });
  if (tower === null) throw new AssayError('model.missing', 'The image-text pair is no longer in the library.');
  const hashes = texts.map(hashOf);
  const known = new Map<string, Stored>();
  for (const row of await store.textEmbedding.findMany({ where: { towerId, textHash: { in: [...new Set(hashes)] } } })) known.set(row.textHash, row);
  const missing = [...new Map(texts.map((text, i) => [hashes[i]!, text] as const)).entries()].filter(([hash]) => !known.has(hash));
  if (signal?.aborted === true) throw new AssayError('job.cancelled', 'The job was cancelled.');
  if (missing.length > 0) await embedMissing(tower, missing, known, { store, blobs });
  const data = new Float64Array(texts.length * tower.dim);
  hashes.forEach((hash, i) => data.set(floats(known.get(hash)!.vector, tower.dim), i * tower.dim));
  return { ...createMatrix(data, texts.length, tower.dim), truncated: hashes.map((hash) => known.get(hash)!.truncated), computed: missing.length };
}

/** How scores are made of cosines of a tower's embeddings. */
export function textHead(tower: Pick<TextTower, 'config'>): TextHead {
  const { kind, logitScale, logitBias } = textTowerConfigSchema.parse(tower.config);
  return kind === 'softmax' ? { kind, logitScale } : { kind, logitScale, logitBias: logitBias ?? 0 };
}

async function embedMissing(tower: TextTower, missing: readonly (readonly [hash: string, text: string])[], known: Map<string, Stored>, { store, blobs }: Context): Promise<void> {
  const opened = await openTextTower(await textTowerSource(tower, blobs));
  try {
    const { data, truncated } = await opened.embed(missing.map(([, text]) => text));
    const rows = missing.map(([textHash], i) => ({ towerId: tower.id, textHash, vector: bytesOf(data.subarray(i * tower.dim, (i + 1) * tower.dim)), truncated: truncated[i]! }));
    // Another job may have embedded the same text meanwhile.
    await store.textEmbedding.createMany({ data: rows, skipDuplicates: true });
    for (const row of rows) known.set(row.textHash, row);
  } finally {
    await opened.close();
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function bytesOf(vector: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  vector.forEach((value, i) => view.setFloat32(i * 4, value, true));
  return bytes;
}

/** @throws AssayError `data.shape` when what is stored belongs to other towers */
function floats(bytes: Uint8Array, dim: number): Float64Array {
  if (bytes.length !== dim * 4) throw new AssayError('data.shape', `A stored text embedding has ${bytes.length} bytes, ${dim * 4} are needed.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: dim }, (_, i) => view.getFloat32(i * 4, true));
}
