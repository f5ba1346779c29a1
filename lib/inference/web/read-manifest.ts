import { AssayError } from '@/lib/errors';
import { modelManifestSchema, type ModelManifest } from '../manifest';

/** The manifest that came with a model. @throws AssayError `model.invalid` */
export function readManifest(value: unknown): ModelManifest {
  const parsed = modelManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AssayError('model.invalid', 'The manifest of this network is not one that this page understands.', { hint: 'Reload the page; Assay may have been updated.' });
}
