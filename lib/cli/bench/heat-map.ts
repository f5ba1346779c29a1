import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { NumericsContext } from '@/lib/anomaly/context';
import { buildPatchMemory, scorePatches } from '@/lib/anomaly/detectors/patch-memory';
import { rowRange } from '@/lib/anomaly/linalg/matrix';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import type { ModelManifest, PatchSpec } from '@/lib/inference/manifest';
import { embeddedScattering } from '@/lib/inference/scattering/config';
import { scatteringModel } from '@/lib/inference/scattering/graph';
import { scatteringPatches } from '@/lib/inference/scattering/patch-outputs';
import { decodeImage } from '@/lib/ingest/decode';
import { heatMapParameters } from '@/lib/pipeline/patches/parameters';
import { patchFeatures, type PatchFeatures } from './heat-map-features';
import { folderOptions } from './folder-options';
import { findImageSet, type ImageSet } from './image-set';
import { benchNetworks, type BenchNetwork } from './networks';
import { PixelScores, pixelAuroc, pixelMap } from './pixel-auroc';
import { cells, printHead, printMachine, timed } from './table';

type Case = { readonly name: string; readonly manifest: ModelManifest; readonly modelPath: string; readonly spec: PatchSpec; readonly inner: readonly string[] };

function specOf({ patches }: BenchNetwork): PatchSpec {
  if (patches.kind === 'scattering') return scatteringPatches(scatteringModel(embeddedScattering), embeddedScattering.grid);
  const names = patches.kind === 'tokens' ? [patches.name] : patches.names;
  return { layout: patches.kind, leading: patches.kind === 'tokens' ? 1 : 0, balanced: false, outputs: names.map((name) => ({ name, scale: 'linear', weight: 1 })) };
}

/** The network as it was trained, and, where that cuts the centre out, with the whole image stretched to its input. */
function casesOf(network: BenchNetwork): Case[] {
  const { manifest, modelPath } = network;
  const spec = specOf(network);
  const inner = network.patches.kind === 'scattering' ? spec.outputs.map(({ name }) => name) : [];
  const own = { name: manifest.name, manifest, modelPath, spec, inner };
  if (manifest.resize.mode === 'stretch') return [own];
  return [own, { ...own, name: `${manifest.name}, stretched`, manifest: { ...manifest, resize: { mode: 'stretch' } } }];
}

/** Whether each pixel is defective; null of a normal image. */
async function maskOf(file: string, set: ImageSet): Promise<Uint8Array | null> {
  if (set.testGood.includes(file)) return null;
  const kind = path.basename(path.dirname(file));
  const { rgb } = await decodeImage(await readFile(path.resolve(file, '..', '..', '..', 'ground_truth', kind, `${path.basename(file, path.extname(file))}_mask.png`)));
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) => Number(rgb[3 * i]! > 127));
}

type PixelAurocs = { readonly seen: number; readonly all: number; readonly unseen: number };

/** Over the pixels that the network saw, and over all with 0 where it saw none. */
async function pixelAurocs(set: ImageSet, files: readonly string[], { rows, columns, images }: PatchFeatures, first: number, distances: Float64Array): Promise<PixelAurocs> {
  const seen = [new PixelScores(), new PixelScores()] as const;
  const all = [new PixelScores(), new PixelScores()] as const;
  const perImage = rows * columns;
  for (const [i, file] of files.entries()) {
    const { width, height, area } = images[first + i]!;
    const pixels = pixelMap({ distances: Float32Array.from(distances.subarray(i * perImage, (i + 1) * perImage)), rows, columns, area }, width, height);
    const mask = await maskOf(file, set);
    if (mask !== null && mask.length !== pixels.length) throw new Error(`the mask of ${file} has another size`);
    for (let p = 0; p < pixels.length; p += 1) {
      const value = pixels[p]!;
      const kind = mask?.[p] === 1 ? 0 : 1;
      all[kind].add(Number.isNaN(value) ? 0 : value);
      if (!Number.isNaN(value)) seen[kind].add(value);
    }
  }
  const count = all[0].size + all[1].size;
  return { seen: pixelAuroc(...seen), all: pixelAuroc(...all), unseen: 1 - (seen[0].size + seen[1].size) / count };
}

async function benchCase(wanted: Case, set: ImageSet, products: NumericsContext): Promise<void> {
  const test = [...set.testGood, ...set.testAnomalous];
  const features = await patchFeatures(wanted, [...set.train, ...test], { seed: 0, columns: heatMapParameters.columns });
  const { patches: { points, perImage }, rows, columns } = features;
  const normals = { points: rowRange(points, 0, set.train.length * perImage), perImage };
  const built = await timed(() => buildPatchMemory(normals, { ...heatMapParameters.memory, seed: 0 }, products));
  const scored = await timed(() => scorePatches(built.value, { points: rowRange(points, set.train.length * perImage, points.rows), perImage }, products));
  const labels = Uint8Array.from({ length: test.length }, (_, i) => Number(i >= set.testGood.length));
  const pixels = await pixelAurocs(set, test, features, set.train.length, scored.value.patches);
  console.log(
    cells([
      wanted.name,
      set.name,
      `${rows} x ${columns}`,
      String(built.value.patches.rows),
      pixels.seen.toFixed(4),
      pixels.all.toFixed(4),
      `${(100 * pixels.unseen).toFixed(1)} %`,
      rocAuc(labels, scored.value.images).toFixed(3),
      ((1000 * features.seconds) / features.images.length).toFixed(0),
      built.seconds.toFixed(0),
      ((1000 * scored.seconds) / test.length).toFixed(0),
    ]),
  );
}

/** Prints pixel and image AUROC of heat maps on a set with masks, with the settings that the application has. */
export async function benchHeatMap(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], strict: false, options: { set: { type: 'string', multiple: true }, network: { type: 'string', multiple: true } } });
  const { data, models, builtIn } = folderOptions(args.filter((_, i) => !/^--(set|network)$/.test(args[i]!) && !/^--(set|network)$/.test(args[i - 1] ?? '')));
  const wanted = (values.network as string[] | undefined) ?? ['resnet18-imagenet-layer3', 'vit-tiny-clip-shaped'];
  printMachine();
  printHead(['network', 'set', 'patches', 'memory', 'pixel AUROC, seen', 'pixel AUROC, all', 'not seen', 'image AUROC', 'ms an image, patches', 's, memory', 'ms an image, distances']);
  await withGemmProduct(async (products) => {
    for (const name of (values.set as string[] | undefined) ?? ['magnetic_tile']) {
      const set = findImageSet(path.join(data, 'images'), name);
      if (set === undefined) {
        process.stderr.write(`SKIPPED: there is no set ${name} in ${data}\n`);
        continue;
      }
      for (const network of await benchNetworks(builtIn, models, wanted)) for (const one of casesOf(network)) await benchCase(one, set, products);
    }
  });
}
