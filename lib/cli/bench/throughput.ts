import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import { decodeImage } from '@/lib/ingest/decode';
import { extractImages } from '@/lib/pipeline/extraction/extract-images';
import { openExtractionThreads, planNow, startEmbedding } from '@/lib/pipeline/extraction/threads';
import { folderOptions } from './folder-options';
import { findImageSet } from './image-set';
import { benchNetworks, type BenchNetwork } from './networks';
import { cells, printHead, printMachine } from './table';

const setNames = ['mvtec_bottle', 'elpv', 'magnetic_tile'];
const wanted = ['squeezenet1.1-imagenet', 'mobilenetv2-imagenet', 'vit-tiny-clip-shaped'];
const batchSize = 4;
/** Images that are run through before anything is timed. */
const warmUp = 8;

/** Milliseconds of processor time that this process used so far, over all its threads. */
function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds that the cores of the machine were busy so far, whoever used them. */
function machineMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** Processor time of each stage alone, in milliseconds an image. */
type Stages = { readonly decode: number; readonly resize: number; readonly infer: number };

async function timedStages(extractor: Extractor, files: readonly Uint8Array[]): Promise<Stages> {
  const stages = { decode: 0, resize: 0, infer: 0 };
  for (let from = 0; from < files.length; from += batchSize) {
    const begin = ownMs();
    const images = [];
    for (const file of files.slice(from, from + batchSize)) images.push(await decodeImage(file));
    const decoded = ownMs();
    const inputs = images.map((image) => extractor.prepare(image));
    const resized = ownMs();
    await extractor.embedPrepared(inputs);
    stages.infer += ownMs() - resized;
    stages.resize += resized - decoded;
    stages.decode += decoded - begin;
  }
  return { decode: stages.decode / files.length, resize: stages.resize / files.length, infer: stages.infer / files.length };
}

type Run = { readonly perSecond: number; readonly ownMs: number; readonly coresLeft: number };

/** The worker's own pipeline over the files: images a second, own processor time an image, cores that other programs left. */
async function timedPipeline({ modelPath }: BenchNetwork, extractor: Extractor, files: readonly string[], cores: number): Promise<Run> {
  const model = await readFile(modelPath);
  const plan = planNow({ cores, modelBytes: model.length, provider: 'cpu' });
  const embedding = await startEmbedding(plan, model, extractor.manifest, extractor);
  const pass = (some: readonly string[]) =>
    extractImages(embedding, some, {
      dim: extractor.dim,
      read: (file) => readFile(file),
      onBatch: () => undefined,
      onFailure: (file, error) => {
        throw new Error(`${file}: ${error.message}`, { cause: error });
      },
      batchSize,
    });
  try {
    await pass(files.slice(0, warmUp * cores));
    const [own, machine, started] = [ownMs(), machineMs(), performance.now()];
    await pass(files);
    const wall = performance.now() - started;
    const used = ownMs() - own;
    const others = Math.max(0, machineMs() - machine - used);
    return { perSecond: files.length / (wall / 1000), ownMs: used / files.length, coresLeft: Math.max(0, cores - others / wall) };
  } finally {
    await embedding.close();
  }
}

/** As many files of each set as make `count` together, one set after the other in turn. */
function mixedFiles(dataFolder: string, count: number): string[] {
  const lists = setNames.flatMap((name) => findImageSet(path.join(dataFolder, 'images'), name) ?? []).map(({ train, testGood }) => [...train, ...testGood]);
  if (lists.length === 0) throw new Error(`there are no image sets in ${dataFolder}`);
  return Array.from({ length: count }, (_, i) => {
    const list = lists[i % lists.length]!;
    return list[Math.floor(i / lists.length) % list.length]!;
  });
}

/**
 * Prints images a second of the worker's pipeline against the limit cores / (decode + resize + inference), each stage timed alone with one thread.
 * "of the limit" compares with all cores; "of what was left" with the cores that other programs did not use meanwhile.
 */
export async function benchThroughput(args: readonly string[]): Promise<void> {
  const { data, models, builtIn, images } = folderOptions(args);
  const cores = availableParallelism();
  const files = mixedFiles(data, images);
  const sample = await Promise.all(files.slice(0, Math.min(files.length, 96)).map((file) => readFile(file)));
  openExtractionThreads(new URL('extraction-thread.mjs', import.meta.url));
  printMachine();
  printHead(['network', 'decode, ms', 'resize, ms', 'inference, ms', 'limit, images/s', 'images/s', 'of the limit', 'CPU ms/image', 'cores left', 'of what was left']);
  for (const network of await benchNetworks(builtIn, models, wanted)) {
    const extractor = await openExtractor(network.modelPath, network.manifest, { threads: 1 });
    await timedStages(extractor, sample.slice(0, warmUp));
    const { decode, resize, infer } = await timedStages(extractor, sample);
    const alone = (decode + resize + infer) / 1000;
    const run = await timedPipeline(network, extractor, files, cores);
    await extractor.close();
    const figures = [decode, resize, infer].map((ms) => ms.toFixed(1));
    const [limit, left] = [cores / alone, run.coresLeft / alone];
    console.log(
      cells([network.manifest.name, ...figures, limit.toFixed(0), run.perSecond.toFixed(0), (run.perSecond / limit).toFixed(2), run.ownMs.toFixed(1), run.coresLeft.toFixed(2), (run.perSecond / left).toFixed(2)]),
    );
  }
}
