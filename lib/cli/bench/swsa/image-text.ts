import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { swsaCub } from '@/lib/anomaly/prompts/pools/swsa-cub';
import { fillPromptPair, type PromptPool } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptEmbeddings, TextHead } from '@/lib/anomaly/selection/zero-shot';
import { openTextTower } from '@/lib/inference/node/text-tower';
import { readOnnxModel } from '@/lib/inference/onnx/read-model';
import { parseManifest } from '@/lib/inference/registry';
import { readTextConfig } from '@/lib/inference/text/text-config';
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

/** Opens the text tower of a folder in the layout of the Hugging Face hub. */
async function readPair(folder: string, images: Candidate, { kind, pool }: Pick<ImageText, 'kind' | 'pool'>): Promise<ImageText> {
  const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  const model = path.join(folder, 'onnx', 'text_model.onnx');
  const tokenizer = json('tokenizer.json');
  const files = { config: json('config.json'), tokenizerConfig: json('tokenizer_config.json'), tokenizer };
  const config = readTextConfig(files, readOnnxModel(readFileSync(model)), { logitScale: null, logitBias: null });
  const tower = await openTextTower({ model, tokenizer, config }, { threads: 1 });
  const { logitScale, logitBias } = config;
  return {
    name: path.basename(folder),
    kind,
    pool,
    head: logitBias === null ? { kind: 'softmax', logitScale } : { kind: 'sigmoid', logitScale, logitBias },
    images,
    async prompts(object) {
      const filled = pool.pairs.map((pair) => fillPromptPair(pair, object));
      return { normal: await tower.embed(filled.map(({ normal }) => normal)), anomalous: await tower.embed(filled.map(({ anomalous }) => anomalous)) };
    },
  };
}

/**
 * The image-text models that are there: the CLIP-shaped ViT-Tiny, which knows names of things but no words for damage, so that its
 * anomalies are images of other products; and the demonstration pair, which knows words for damage and was fitted on drawn products.
 */
export async function imageTextModels(builtIn: string, models: string, candidates: readonly Candidate[]): Promise<ImageText[]> {
  const found: ImageText[] = [];
  const clip = path.join(models, imageTextModel);
  const vision = candidates.find(({ manifest }) => manifest.id === imageTextModel);
  if (vision !== undefined && hasText(clip)) {
    // The same file as the candidate's, with the output that texts are compared with.
    const manifest = { ...vision.manifest, id: `${imageTextModel}-images`, output: { name: 'image_embeds', pooling: 'none' as const } };
    found.push(await readPair(clip, { ...vision, manifest }, { kind: 'class', pool: classPool }));
  }
  const demo = path.join(builtIn, 'demo-pair');
  if (hasText(demo)) {
    const manifestPath = path.join(demo, 'manifest.json');
    const manifest = parseManifest(readFileSync(manifestPath, 'utf8'), manifestPath);
    found.push(await readPair(demo, await candidateOf({ manifest, modelPath: path.join(demo, 'model.onnx') }), { kind: 'defect', pool: eap27 }));
  }
  return found;
}

function hasText(folder: string): boolean {
  if (existsSync(path.join(folder, 'onnx', 'text_model.onnx'))) return true;
  process.stderr.write(`SKIPPED: there is no image-text model in ${folder}\n`);
  return false;
}
