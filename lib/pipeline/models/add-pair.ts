import type { ModelWishes } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import { openTextTower } from '@/lib/inference/node/text-tower';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { readTextConfig, type StatedHead } from '@/lib/inference/text/text-config';
import type { TextTower } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import type { PairFiles } from './pair-files';
import { prepareModel, type KnownModel } from './prepare-model';
import { saveModel } from './save-model';
import { saveTextTower, textTowerPresent } from './save-text-tower';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

export type PairRequest = {
  readonly wishes: ModelWishes;
  readonly head: StatedHead;
  /** Made to show how prompts are chosen. */
  readonly isDemonstration: boolean;
  /** Real images to try the image tower on, added to made-up ones. */
  readonly images?: readonly RgbImage[];
  /** What the catalogue says of the image tower. */
  readonly known?: KnownModel | undefined;
};

/**
 * Tries both towers of an image-text pair and adds them to the library: the image tower as a network like any other, whose vectors are
 * image embeddings, and the text tower to it. Nothing is stored of a pair that is refused; the same pair under the same name is one.
 * @throws AssayError `model.invalid`, `model.shape` when a tower does not serve or the two do not fit together; `request.conflict` when
 *   another network or pair has the name
 */
export async function addPair({ image, text }: PairFiles, request: PairRequest, stores: Stores): Promise<TextTower> {
  const config = readTextConfig(text.told, text.summary, request.head);
  const prepared = await prepareModel(image, { ...request.wishes, output: request.wishes.output ?? imageOutput(image, config.output) }, request.images ?? [], request.known);
  const opened = await openTextTower({ model: text.onnx, tokenizer: text.told.tokenizer, config });
  await opened.close();
  const { manifest, report } = prepared;
  if (opened.dim !== report.dim) {
    throw new AssayError('model.shape', `Embeddings of texts have ${opened.dim} values, those of images (${manifest.output.name}:${manifest.output.pooling}) ${report.dim}: they cannot be compared.`, {
      hint: 'Take both towers from one export, with their projections, or name the output of the image tower.',
    });
  }
  const tower = { name: manifest.name, config, dim: opened.dim, isDemonstration: request.isDemonstration };
  const present = await textTowerPresent(tower, text, stores);
  if (present !== null) return present;
  const { modelId } = await saveModel(image, prepared, stores);
  return saveTextTower({ ...tower, modelId: String(modelId) }, text, stores);
}

/** The image tower's own embedding, else the output that is named as the text tower's (SigLIP: pooler_output); null leaves it to the proposals. */
function imageOutput({ summary }: PairFiles['image'], textOutput: string): ModelWishes['output'] {
  const own = summary.outputs.find(({ name }) => /^image_embed(s|dings?)?$/i.test(name)) ?? summary.outputs.find(({ name }) => name === textOutput);
  return own === undefined ? null : { name: own.name, pooling: null };
}
