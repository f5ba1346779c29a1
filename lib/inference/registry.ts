import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from './manifest';
import { modelManifestSchema } from './manifest';

/** A model that ships with the product. */
export type BuiltInModel = { manifest: ModelManifest; modelPath: string };

/** Id of the model that is used when nobody chose one. */
export const defaultModelId = 'scattering';

/** Folder of the image-text pair that ships with the product, beside the models; its towers lie in Hugging Face's layout. */
export const demonstrationPairFolder = 'demo-pair';

/**
 * Lists the models in a folder: every subfolder with a manifest.json and a model.onnx, by name of the folder.
 * @param folder public/models of the installation
 * @throws AssayError `model.invalid` when a manifest does not fit the schema
 */
export async function builtInModels(folder: string): Promise<BuiltInModel[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && entry.name !== demonstrationPairFolder).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readBuiltIn(path.join(folder, name))));
}

async function readBuiltIn(folder: string): Promise<BuiltInModel> {
  const file = path.join(folder, 'manifest.json');
  return { manifest: parseManifest(await readFile(file, 'utf8'), file), modelPath: path.join(folder, 'model.onnx') };
}

/**
 * Reads a manifest.
 * @param name of the file, for messages
 * @throws AssayError `model.invalid` with one detail per key that does not fit
 */
export function parseManifest(text: string, name: string): ModelManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new AssayError('model.invalid', `${name} is not JSON.`, { cause: thrown });
  }
  return checkManifest(value, name);
}

/**
 * Checks a manifest that was read already.
 * @param name of where it came from, for messages
 * @throws AssayError `model.invalid` with one detail per key that does not fit
 */
export function checkManifest(value: unknown, name: string): ModelManifest {
  const parsed = modelManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const list = details.map((detail) => `${detail.path === '' ? 'the manifest' : detail.path}: ${detail.message}`).join('; ');
  throw new AssayError('model.invalid', `${name} does not fit: ${list}.`, { details });
}
