import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { modelWishesSchema } from '@/lib/api/contracts/models';
import { modelSha256 } from '@/lib/inference/node/session';
import { demonstrationPairFolder } from '@/lib/inference/registry';
import type { TextTower } from '@/lib/store/generated/client';
import { builtInFolder } from './built-in-models';
import type { PipelineContext } from './context';
import { addPair } from './models/add-pair';
import { pairFromDisk, type PairFiles } from './models/pair-files';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

/** Name of the image-text pair that ships with Assay. */
export const demonstrationPairName = 'Demonstration pair';

/**
 * Makes the image-text pair that ships with Assay known to the database. One whose files changed with a new version becomes a new pair;
 * the old one keeps its feature sets under a name with its hash.
 */
export async function ensureBuiltInPair(stores: Stores, folder = path.join(builtInFolder, demonstrationPairFolder)): Promise<void> {
  if (!existsSync(path.join(folder, 'onnx'))) return;
  const work = await mkdtemp(path.join(tmpdir(), 'assay-pair-'));
  try {
    const files = await pairFromDisk(folder, work);
    const known = await knownPair(files, stores);
    const { modelId } = known ?? (await add(files, stores));
    await stores.store.model.updateMany({ where: { id: modelId, builtIn: false }, data: { builtIn: true } });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function knownPair({ image, text }: PairFiles, { store }: Stores): Promise<TextTower | null> {
  const present = await store.textTower.findUnique({ where: { name: demonstrationPairName }, include: { model: true } });
  if (present === null) return null;
  const [onImage, onText] = [await modelSha256(image.onnx), await modelSha256(text.onnx)];
  return present.model.sha256 === onImage && present.textSha256 === onText && present.tokenizerSha256 === (await modelSha256(text.tokenizer)) ? present : null;
}

async function add(files: PairFiles, stores: Stores): Promise<TextTower> {
  await renameOld(stores);
  const wishes = modelWishesSchema.parse({ name: demonstrationPairName, licence: 'Apache-2.0' });
  try {
    return await addPair(files, { wishes, head: { logitScale: null, logitBias: null }, isDemonstration: true }, stores);
  } catch (thrown) {
    // Two workers may start at once.
    const known = await knownPair(files, stores);
    if (known !== null) return known;
    throw thrown;
  }
}

async function renameOld({ store }: Stores): Promise<void> {
  await store.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`pair:${demonstrationPairName}`}, 0))`;
    const old = await transaction.textTower.findUnique({ where: { name: demonstrationPairName } });
    if (old === null) return;
    const name = `${demonstrationPairName} (${old.textSha256.slice(0, 8)})`;
    await transaction.textTower.update({ where: { id: old.id }, data: { name } });
    await transaction.model.update({ where: { id: old.modelId }, data: { name, builtIn: false } });
  });
}
