import { endBrowserExtraction, startBrowserExtraction } from '@/app/actions/features';
import { base64Of } from '@/lib/api/base64';
import { callAction, getJson, sendBody, urlOf } from '@/lib/api/client';
import type { FeatureSet, Model } from '@/lib/api/contracts/features';
import type { Certificate, MissingSample } from '@/lib/api/contracts/parity';
import { addresses } from '@/lib/api/contracts/addresses';
import { readImage } from '@/lib/browser-store/private-images';
import { AssayError } from '@/lib/errors';
import type { OpenedNetwork } from '@/lib/inference/web/messages';
import type { ProviderPlan } from '@/lib/inference/web/provider';

const PAGE = 500;

/** What an extraction in this browser asks of the server. */
export const browserDoors = {
  modelUrl: (model: Model) => urlOf(addresses.modelFile, { params: { modelId: model.id } }),

  weightsUrl: (model: Model, name: string) => urlOf(addresses.modelWeights, { params: { modelId: model.id, name } }),

  /** @throws ProblemError `parity.failed` */
  certify: (model: Model, { runtimeVersion, preprocessingVersion, probeVersion, probe }: OpenedNetwork, { provider, device }: ProviderPlan, signal: AbortSignal): Promise<Certificate> =>
    sendBody(addresses.certify, {
      params: { modelId: model.id },
      body: { runtimeVersion, provider, device, preprocessingVersion, probeVersion, vectors: base64Of(probe) },
      signal,
    }),

  start: (projectId: string, modelId: string, certificateId: string): Promise<FeatureSet> => callAction(startBrowserExtraction, { projectId, modelId, certificateId }),

  end: (projectId: string, featureSetId: string, outcome: 'ready' | 'cancelled', imagesPerSecond: number | null): Promise<FeatureSet> =>
    callAction(endBrowserExtraction, { projectId, featureSetId, outcome, imagesPerSecond }),

  async *missing(projectId: string, featureSetId: string, signal: AbortSignal): AsyncGenerator<MissingSample> {
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      const page: { items: MissingSample[]; nextCursor: string | null } = await getJson(addresses.missingSamples, { params: { projectId, featureSetId }, query, signal });
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  },

  /**
   * Where the images of a project come from: of a private one out of this browser, else from the server, as it decoded them
   * where the original is not one that every browser shows.
   */
  async imageSource(projectId: string, signal: AbortSignal): Promise<(sample: MissingSample) => string | Promise<File>> {
    const { isPrivate } = await getJson(addresses.projectOverview, { params: { projectId }, signal });
    if (isPrivate) return (sample) => keptImage(projectId, sample);
    return ({ id: sampleId }) => urlOf(addresses.sampleImage, { params: { projectId, sampleId }, query: { variant: 'view' } });
  },

  async store(projectId: string, featureSetId: string, certificateId: string, sampleIds: readonly string[], vectors: Float32Array, signal: AbortSignal): Promise<void> {
    await sendBody(addresses.storeChunk, { params: { projectId, featureSetId }, body: { certificateId, sampleIds: [...sampleIds], vectors: base64Of(vectors) }, signal });
  },
};

/** @throws AssayError `private.image_missing` where another browser keeps the image */
async function keptImage(projectId: string, { id, fileName }: MissingSample): Promise<File> {
  const file = await readImage(projectId, id, 'original');
  if (file !== null) return file;
  const hint = 'Drop its folder on the Samples page, then extract again.';
  throw new AssayError('private.image_missing', `${fileName} is not in this browser. ${hint}`, { hint });
}
