import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { modelManifestSchema } from '../manifest';
import { embeddedManifest, embeddedModelFiles } from './embedded-model';

const folder = path.resolve(import.meta.dirname, '../../../public/models/scattering');

test.each(['model.onnx', 'manifest.json'] as const)('the committed %s is what the script writes, bit for bit', (name) => {
  const committed = readFileSync(path.join(folder, name));
  expect(Buffer.from(embeddedModelFiles()[name]).equals(committed)).toBe(true);
  expect(committed.length).toBeLessThan(3_000_000);
});

test('the manifest passes its own schema unchanged', () => {
  expect(modelManifestSchema.parse(embeddedManifest)).toEqual(embeddedManifest);
});
