import { existsSync } from 'node:fs';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { fillPromptPair, type PromptPool } from '@/lib/anomaly/prompts/prompt-pair';
import { swsaCub } from '@/lib/anomaly/prompts/pools/swsa-cub';
import type { PromptEmbeddings, TextHead } from '@/lib/anomaly/selection/zero-shot';
import { openSession } from '@/lib/inference/node/session';
import { clipTokens } from './clip-tokens';
import { imageTextModel, type Candidate } from './networks';

/** What counts as an anomaly: a defect of the product, or an image of another product. */
export type Kind = 'defect' | 'class';

/** An image-text model with the anomalies that its words can tell, and the prompts that are tried. */
export type ImageText = {
  readonly name: string;
  readonly kind: Kind;
  readonly pool: PromptPool;
  readonly head: TextHead;
  readonly images: Candidate;
  prompts(object: string): Promise<PromptEmbeddings>;
};

/** SWSA's pool for classes of birds with the word "object" for "bird": no pool of the papers is for classes of any kind. */
const classPool: PromptPool = {
  id: 'swsa-cub-objects',
  name: 'SWSA, birds (CUB), "object" for "bird"',
  source: swsaCub.source,
  pairs: swsaCub.pairs.map(({ normal, anomalous }) => ({ normal: normal.replaceAll('bird', 'object'), anomalous: anomalous.replaceAll('bird', 'object') })),
};

/** Embeddings of both sides of every pair of the pool. */
async function promptsOf(pool: PromptPool, object: string, embed: (texts: readonly string[]) => Promise<Matrix>): Promise<PromptEmbeddings> {
  const filled = pool.pairs.map((pair) => fillPromptPair(pair, object));
  return { normal: await embed(filled.map(({ normal }) => normal)), anomalous: await embed(filled.map(({ anomalous }) => anomalous)) };
}

/** The CLIP-shaped ViT-Tiny, which knows names of things but no words for damage: its anomalies are images of other products. */
async function clipShaped(models: string, candidates: readonly Candidate[]): Promise<ImageText[]> {
  const folder = path.join(models, imageTextModel);
  const textPath = path.join(folder, 'onnx', 'text_model.onnx');
  const candidate = candidates.find(({ manifest }) => manifest.id === imageTextModel);
  if (candidate === undefined || !existsSync(textPath)) {
    process.stderr.write(`SKIPPED: there is no ${imageTextModel} in ${models}\n`);
    return [];
  }
  const tokens = clipTokens(folder);
  const session = await openSession(textPath);
  const embed = async (texts: readonly string[]): Promise<Matrix> => {
    const ids = BigInt64Array.from(texts.flatMap(tokens), BigInt);
    const { text_embeds: out } = await session.run({ input_ids: new Tensor('int64', ids, [texts.length, ids.length / texts.length]) }, ['text_embeds']);
    const data = Float64Array.from(out!.data as Float32Array);
    return { data, rows: texts.length, cols: data.length / texts.length };
  };
  return [
    {
      name: imageTextModel,
      kind: 'class',
      pool: classPool,
      head: { kind: 'softmax', logitScale: 35 },
      // The same file with the output that texts are compared with.
      images: { ...candidate, manifest: { ...candidate.manifest, id: `${imageTextModel}-images`, output: { name: 'image_embeds', pooling: 'none' } } },
      prompts: (object) => promptsOf(classPool, object, embed),
    },
  ];
}

/** The image-text models that are there. */
export async function imageTextModels(models: string, candidates: readonly Candidate[]): Promise<ImageText[]> {
  return clipShaped(models, candidates);
}
