import { getJson, sendBody } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { makeBatch, remakeBatch, type BatchDoors } from '@/lib/browser-synthesis/make-batch';
import type { MadeAnomaly, SeedImage } from '@/lib/browser-synthesis/messages';
import { openSynthesis } from '@/lib/browser-synthesis/open-worker';
import { keepImage, keepMask, readImage } from '@/lib/browser-store/private-images';
import type { ComputeProgress } from '@/lib/inference/web/compute';
import { planImage } from '@/lib/synthesis/plan';
import { tellKept } from '../private/held-events';
import { thumbnailText } from '../upload/thumbnail-text';
import type { BatchItem } from './compute-item';

/** Each worker holds decoded images of its own. */
const MOST_WORKERS = 3;

/**
 * Makes a batch of a private project, or what this browser lacks of one that has ended, in web workers of this page: images, masks and thumbnails
 * are kept in this browser; the server is told sizes, hashes and what was drawn.
 * @throws AssayError; ProblemError of the server
 */
export async function makeBatchHere(item: BatchItem, signal: AbortSignal, onProgress: (progress: ComputeProgress) => void): Promise<void> {
  const lanes = Math.max(1, Math.min(MOST_WORKERS, (navigator.hardwareConcurrency || 2) - 1));
  const workers = Array.from({ length: lanes }, () => openSynthesis());
  const endAll = () => workers.forEach((worker) => worker.end());
  signal.addEventListener('abort', endAll);
  const report = (done: number, total: number) => onProgress({ step: 'making anomalies', done, total, unit: 'images' });
  try {
    const { sendsThumbnails } = await getJson(addresses.projectOverview, { params: { projectId: item.projectId }, signal });
    const doors = doorsOf(item, workers, sendsThumbnails, signal);
    await (item.again ? remakeBatch : makeBatch)({ count: item.count, lanes }, doors, signal, report);
  } finally {
    signal.removeEventListener('abort', endAll);
    endAll();
  }
}

function doorsOf({ projectId, id: generationId, generator, parameters, seed }: BatchItem, workers: readonly ReturnType<typeof openSynthesis>[], sendsThumbnails: boolean, signal: AbortSignal): BatchDoors {
  const address = { params: { projectId, generationId }, signal };
  const seedImage = (sampleId: string): SeedImage => ({ projectId, sampleId, url: null });
  return {
    plan: () => getJson(addresses.generationPlan, address),
    isHeld: async (sampleId) => (await readImage(projectId, sampleId, 'original')) !== null,
    async make(index, seedIds) {
      const { parent, other } = planImage(seed, index, seedIds.length);
      const request = { kind: 'make' as const, settings: { generator, parameters, seed }, index, parent: seedImage(seedIds[parent]!), other: other === null ? null : seedImage(seedIds[other]!) };
      const made = (await workers[index % workers.length]!.call(request)) as MadeAnomaly;
      return { made, parents: made.usesOther && other !== null ? [parent, other] : [parent] };
    },
    thumbnail: async (thumbnail) => (sendsThumbnails ? thumbnailText(thumbnail) : null),
    store: async (images) => (await sendBody(addresses.storeGenerated, { ...address, body: { images } })).samples,
    async keep(sampleId, { png, mask, thumbnail }) {
      if (mask !== null) await keepMask(projectId, sampleId, mask.mask);
      await keepImage(projectId, sampleId, { original: png, thumbnail, view: null });
      tellKept(sampleId);
    },
    finish: async (body) => {
      await sendBody(addresses.storeGeneration, { ...address, body });
    },
  };
}
