import { toyTextConfig, toyTextTower, toyTokenizer } from '@/lib/inference/text/testing/toy-text';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { PrismaClient, TextTower } from '@/lib/store/generated/client';
import { addMeanColours } from '../../selection/testing/small-network';

/** A pair of a network that sees colours alone and a text tower of eleven words; what they say of each other means nothing. */
export async function addSmallPair(store: PrismaClient, changes: { kind?: 'softmax' | 'sigmoid' } = {}): Promise<TextTower> {
  const model = await addMeanColours(store);
  const onnx = Buffer.from(toyTextTower({ dim: model.dim }));
  const tokenizer = Buffer.from(JSON.stringify(toyTokenizer));
  const [textSha256, tokenizerSha256] = [await blobStore().put(onnx), await blobStore().put(tokenizer)];
  const config = changes.kind === 'sigmoid' ? { ...toyTextConfig, kind: 'sigmoid' as const, logitBias: -1 } : toyTextConfig;
  return store.textTower.create({ data: { modelId: model.id, name: 'Small pair', textSha256, tokenizerSha256, bytes: onnx.length + tokenizer.length, config, dim: model.dim } });
}
