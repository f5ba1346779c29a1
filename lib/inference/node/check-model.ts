import type { ModelManifest } from '../manifest';
import type { Extractor } from './extractor';
import { openExtractor } from './extractor';
import type { ModelSource, SessionOptions } from './session';

/** What the dry run found out about a model. */
export type ModelReport = Pick<Extractor, 'dim' | 'fixedBatch' | 'fingerprint' | 'fingerprintHash'>;

/**
 * Dry run of a model that somebody wants to register; loads it, checks it as `openExtractor` does, lets it go.
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`
 */
export async function checkModel(model: ModelSource, manifest: ModelManifest, options: SessionOptions = {}): Promise<ModelReport> {
  const extractor = await openExtractor(model, manifest, options);
  await extractor.close();
  const { dim, fixedBatch, fingerprint, fingerprintHash } = extractor;
  return { dim, fixedBatch, fingerprint, fingerprintHash };
}
