import { expect, test } from 'vitest';
import { catalogueEntrySchema, precisionSchema } from '@/lib/api/contracts/models';
import { catalogue, catalogueEntry } from './catalogue';
import { parseHubId } from './hub/address';
import type { HubFile } from './hub/repository';
import { chooseOnnxFile, chooseTextFile } from './hub/choose-files';
import { modelManifestSchema } from './manifest';
import { presetProcessing } from './preprocessor-config';

test('the networks that the product promises are in it, once each', () => {
  const ids = catalogue.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const promised = ['resnet-18', 'resnet-34', 'resnet-50', 'resnet-101', 'resnet-152', 'vit-b-16', 'vit-b-32', 'vit-l-16', 'vit-l-32', 'vit-h-14', 'siglip-b-16', 'clip-vit-b-32', 'clip-vit-b-16', 'clip-vit-b-16-plus-240', 'dinov2-s', 'dinov2-b', 'mobileclip-s0'];
  expect(promised.filter((id) => catalogueEntry(id) === undefined)).toEqual([]);
});

test.each(catalogue.map((entry) => [entry.id, entry] as const))('%s fits the schema and what downloads it', (_, entry) => {
  expect(catalogueEntrySchema.parse(entry)).toEqual(entry);
  expect(entry.hub !== null || entry.exportFrom !== null).toBe(true);
  if (entry.hub === null) return;
  const { repo, revision, files } = entry.hub;
  expect(parseHubId(`hf:${repo}@${revision}`)).toEqual({ repo, revision });
  const listed: HubFile[] = Object.values(files).map(({ path, megabytes }) => ({ path, bytes: megabytes * 1e6, sha256: null, gitHash: null }));
  for (const { path } of Object.values(files)) expect(chooseOnnxFile(listed, repo, { wanted: path }).path).toBe(path);
});

test.each(catalogue.flatMap(({ id, hub, parameters }) => Object.entries(hub?.files ?? {}).map(([precision, file]) => [id, precision, file.megabytes, parameters.count] as const)))(
  '%s %s: the size fits the number of weights',
  (_, precision, megabytes, count) => {
    const bytes = { fp32: 4, fp16: 2, int8: 1, int4: 0.5 }[precision]!;
    const ratio = (megabytes * 1e6) / (count * bytes);
    // int8 files keep some layers larger; image towers of CLIP and the like come with a projection.
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(precision === 'int8' ? 1.15 : 1.05);
  },
);

test.each(catalogue.flatMap(({ id, hub }) => (hub?.textFiles ? [[id, hub] as const] : [])))('%s has a text tower in the precisions of its image tower, named as the pair is looked for', (_, { repo, files, textFiles }) => {
  expect(Object.keys(textFiles!).filter((precision) => !(precision in files))).toEqual([]);
  const listed: HubFile[] = [...Object.values(files), ...Object.values(textFiles!)].map(({ path, megabytes }) => ({ path, bytes: megabytes * 1e6, sha256: null, gitHash: null }));
  for (const [precision, file] of Object.entries(textFiles!)) expect(chooseTextFile(listed, repo, { precision: precisionSchema.parse(precision) }).path).toBe(file.path);
});

test('presets of the catalogue make manifests that fit', () => {
  for (const { preprocessing, input } of catalogue) {
    if (preprocessing === null) continue;
    const { width, height, pixelRange, mean, std, resize, interpolation } = presetProcessing(preprocessing.preset, input.edge);
    const manifest = { id: 'x', name: 'x', input: { name: 'x', width, height, pixelRange, mean, std }, resize, interpolation, output: { name: 'y' }, licence: 'x', source: 'x' };
    expect(modelManifestSchema.safeParse(manifest).error).toBeUndefined();
  }
});
