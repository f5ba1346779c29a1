import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson, fingerprintSettings } from '@/lib/inference/fingerprint';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { checkModel } from '@/lib/inference/node/check-model';
import { modelSha256 } from '@/lib/inference/node/session';
import { builtInModels, type BuiltInModel } from '@/lib/inference/registry';
import type { Model } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

/** Folder of the models that ship with Assay, below the working directory of every Assay process. */
export const builtInFolder = path.join('public', 'models');

/**
 * Makes the models that ship with Assay known to the database. A model whose file changed with a new version becomes
 * a new row; the old one keeps its feature sets under a name with its hash.
 */
export async function ensureBuiltInModels(stores: Stores, folder = builtInFolder): Promise<void> {
  for (const model of await builtInModels(folder)) await ensureBuiltIn(stores, model);
}

/** The same file under a manifest that says more: what decides the vectors is the same. */
async function describeAnew(present: Model, manifest: BuiltInModel['manifest'], store: Stores['store']): Promise<void> {
  const stored = modelManifestSchema.safeParse(present.manifest);
  if (!stored.success || canonicalJson(fingerprintSettings(stored.data)) !== canonicalJson(fingerprintSettings(manifest))) return;
  if (canonicalJson(stored.data) !== canonicalJson(manifest)) await store.model.update({ where: { id: present.id }, data: { manifest } });
}

async function ensureBuiltIn({ store, blobs }: Stores, { manifest, modelPath }: BuiltInModel): Promise<void> {
  const sha256 = await modelSha256(modelPath);
  const present = await store.model.findUnique({ where: { name: manifest.name } });
  if (present?.sha256 === sha256) return describeAnew(present, manifest, store);
  const bytes = await readFile(modelPath);
  const { dim } = await checkModel(bytes, manifest);
  await blobs.put(bytes);
  await store.$transaction(async (transaction) => {
    // Two workers may start at once.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`model:${manifest.name}`}, 0))`;
    const now = await transaction.model.findUnique({ where: { name: manifest.name } });
    if (now?.sha256 === sha256) return;
    if (now !== null) {
      await transaction.model.update({ where: { id: now.id }, data: { name: `${now.name} (${now.sha256.slice(0, 8)})`, builtIn: false } });
    }
    await transaction.model.create({ data: { name: manifest.name, sha256, bytes: bytes.length, manifest, dim, builtIn: true } });
  });
}
