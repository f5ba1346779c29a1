import { rm } from 'node:fs/promises';
import type { HubSource, ModelWishes } from '@/lib/api/contracts/models';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { catalogueEntry } from '@/lib/inference/catalogue';
import type { HubSettings } from '@/lib/inference/hub/address';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from '../context';
import { addPair } from './add-pair';
import { checkImages } from './check-images';
import { filesFromHub, pairFromHub } from './files-from-hub';
import { prepareModel, type KnownModel } from './prepare-model';
import { saveModel } from './save-model';

type Context = Omit<PipelineContext, 'logger'> & { readonly projectId: string | null };

/**
 * Downloads a network because a person asked for it, with its text tower where that is asked for too, tries it on images of the
 * project, and adds it to the library.
 * @throws AssayError as `filesFromHub`, `prepareModel` and `saveModel`
 */
export async function downloadModel({ hub, wishes }: { hub: HubSource; wishes: ModelWishes }, context: Context, settings: HubSettings = env().hub): Promise<JobResult> {
  if (hub.texts) return downloadPair({ hub, wishes }, context, settings);
  const { files, folder } = await filesFromHub(settings, hub, context);
  context.progress({ step: 'trying the network', rate: null });
  const prepared = await prepareModel(files, wishes, await checkImages(context.projectId, context), knownOf(hub));
  context.signal.throwIfAborted();
  const result = await saveModel(files, prepared, context);
  await rm(folder, { recursive: true, force: true });
  return result;
}

async function downloadPair({ hub, wishes }: { hub: HubSource; wishes: ModelWishes }, context: Context, settings: HubSettings): Promise<JobResult> {
  const { files, folder } = await pairFromHub(settings, hub, context);
  context.progress({ step: 'trying both towers', rate: null });
  const images = await checkImages(context.projectId, context);
  const { id, modelId, name, dim } = await addPair(files, { wishes, head: { logitScale: null, logitBias: null }, isDemonstration: false, images, known: knownOf(hub) }, context);
  await rm(folder, { recursive: true, force: true });
  return { modelId, textTowerId: id, name, dim };
}

/** What the catalogue says of a network. @throws AssayError `parameter.invalid` when it has no such entry */
export function knownOf({ catalogueId, precision }: Pick<HubSource, 'catalogueId' | 'precision'>): KnownModel | undefined {
  if (catalogueId === null) return undefined;
  const entry = catalogueEntry(catalogueId);
  if (entry === undefined) throw new AssayError('parameter.invalid', `The catalogue has no network ${catalogueId}.`);
  const { name, licence, preprocessing } = entry;
  return {
    name: precision === 'fp32' ? name : `${name} (${precision})`,
    licence: licence.name,
    preprocessing: preprocessing === null ? null : { preset: preprocessing.preset, edge: entry.input.edge },
  };
}
