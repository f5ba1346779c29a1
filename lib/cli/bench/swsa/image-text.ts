import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { swsaCub } from '@/lib/anomaly/prompts/pools/swsa-cub';
import { fillPromptPair, type PromptPool } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptEmbeddings, TextHead } from '@/lib/anomaly/selection/zero-shot';
import { modelWishesSchema } from '@/lib/api/contracts/models';
import { openTextTower } from '@/lib/inference/node/text-tower';
import { demonstrationPairFolder } from '@/lib/inference/registry';
import { readTextConfig } from '@/lib/inference/text/text-config';
import { pairFromDisk } from '@/lib/pipeline/models/pair-files';
import { prepareModel } from '@/lib/pipeline/models/prepare-model';
import { candidateOf, imageTextModel, type Candidate } from './networks';

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

type Prompts = Pick<ImageText, 'kind' | 'pool'>;

/** Opens a pair in Hugging Face's layout, read as the product reads it when it is added to the library. */
async function readPair(folder: string, { kind, pool }: Prompts): Promise<ImageText> {
  const name = path.basename(folder);
  const work = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const { image, text } = await pairFromDisk(folder, work);
    const { manifest } = await prepareModel(image, modelWishesSchema.parse({ name, licence: 'see the folder', output: { name: 'image_embeds' } }), []);
    const config = readTextConfig(text.told, text.summary, { logitScale: null, logitBias: null });
    const tower = await openTextTower({ model: text.onnx, tokenizer: text.told.tokenizer, config }, { threads: 1 });
    const { logitScale, logitBias } = config;
    return {
      name,
      kind,
      pool,
      head: logitBias === null ? { kind: 'softmax', logitScale } : { kind: 'sigmoid', logitScale, logitBias },
      images: await candidateOf({ manifest: { ...manifest, id: `${name}-images` }, modelPath: path.join(folder, 'onnx', 'vision_model.onnx') }),
      async prompts(object) {
        const filled = pool.pairs.map((pair) => fillPromptPair(pair, object));
        return { normal: await tower.embed(filled.map(({ normal }) => normal)), anomalous: await tower.embed(filled.map(({ anomalous }) => anomalous)) };
      },
    };
  } finally {
    await rm(work, { recursive: true });
  }
}

/**
 * The image-text models that are there: the CLIP-shaped ViT-Tiny, which knows names of things but no words for damage, so that its
 * anomalies are images of other products; and the demonstration pair, which knows words for damage and was fitted on drawn products.
 */
export async function imageTextModels(builtIn: string, models: string): Promise<ImageText[]> {
  const wanted: readonly (readonly [string, Prompts])[] = [
    [path.join(models, imageTextModel), { kind: 'class', pool: classPool }],
    [path.join(builtIn, demonstrationPairFolder), { kind: 'defect', pool: eap27 }],
  ];
  const found: ImageText[] = [];
  for (const [folder, prompts] of wanted) {
    if (existsSync(path.join(folder, 'onnx', 'text_model.onnx'))) found.push(await readPair(folder, prompts));
    else process.stderr.write(`SKIPPED: there is no image-text model in ${folder}\n`);
  }
  return found;
}
