import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { kthNeighbourDistances } from '@/lib/anomaly/metrics/knn-auroc';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { type Extractor, openExtractor } from '@/lib/inference/node/extractor';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { builtInModels, defaultModelId } from '@/lib/inference/registry';
import { decodeImage } from '@/lib/ingest/decode';
import { openExtractionThreads, planNow, startEmbedding } from '@/lib/pipeline/extraction/threads';
import { chooseExtractor } from './extractor-choose';
import { findImageSet, type ImageSet } from './image-set';
import { cells, printHead } from './table';
import { timedPass } from './throughput-pipeline';

const setNames = ['mvtec_bottle', 'elpv', 'magnetic_tile'];
const batchSize = 8;
const neighbours = 3;

const load = async (file: string): Promise<RgbImage> => decodeImage(await readFile(file));

/** Milliseconds of processor time that this process used so far, over all its threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type Costs = { decode: number; prepare: number; infer: number };

/** Vectors of the files and the processor time of each step, one step at a time, so that each can be told apart. */
async function measuredVectors(extractor: Extractor, files: readonly string[]): Promise<{ vectors: Matrix; costs: Costs }> {
  const costs: Costs = { decode: 0, prepare: 0, infer: 0 };
  const data = new Float64Array(files.length * extractor.dim);
  for (let start = 0; start < files.length; start += batchSize) {
    const begin = cpuMs();
    const images: RgbImage[] = [];
    for (const file of files.slice(start, start + batchSize)) images.push(await load(file));
    const decoded = cpuMs();
    const inputs = images.map((image) => extractor.prepare(image));
    const preparedAt = cpuMs();
    data.set(await extractor.embedPrepared(inputs), start * extractor.dim);
    costs.decode += decoded - begin;
    costs.prepare += preparedAt - decoded;
    costs.infer += cpuMs() - preparedAt;
  }
  return { vectors: createMatrix(data, files.length, extractor.dim), costs };
}

function rows(matrix: Matrix, start: number, end: number): Matrix {
  return createMatrix(matrix.data.slice(start * matrix.cols, end * matrix.cols), end - start, matrix.cols);
}

/** AUROC of the mean distance to the three nearest training normals. */
async function auroc(vectors: Matrix, set: ImageSet): Promise<number> {
  const firstTest = set.train.length;
  const firstAnomaly = firstTest + set.testGood.length;
  const train = rows(vectors, 0, firstTest);
  const test = rows(vectors, firstTest, vectors.rows);
  const scores = new Float64Array(test.rows);
  for (let k = 1; k <= neighbours; k++) {
    const distances = await kthNeighbourDistances(test, train, k);
    distances.forEach((distance, i) => {
      scores[i] = scores[i]! + distance / neighbours;
    });
  }
  return rocAuc(Uint8Array.from(scores, (_, i) => (firstTest + i >= firstAnomaly ? 1 : 0)), scores);
}

/** Images per second on the wall clock through the pipeline that the worker uses, with all cores. */
async function throughput(modelPath: string, extractor: Extractor, files: readonly string[]): Promise<number> {
  openExtractionThreads(new URL('extraction-thread.mjs', import.meta.url));
  const [model, cores] = [await readFile(modelPath), availableParallelism()];
  const embedding = await startEmbedding(planNow({ cores, modelBytes: model.length, provider: 'cpu' }), model, extractor.manifest, extractor);
  try {
    return (await timedPass(embedding, extractor.dim, files, { cores, batchSize })).perSecond;
  } finally {
    await embedding.close();
  }
}

/**
 * Measures the embedded extractor on the image sets under `dataFolder` and prints a table in Markdown: processor
 * time per image with one thread (which other programs on the machine hardly change), images per second on the
 * wall clock, AUROC of the mean distance to the three nearest of train/good over all of test.
 */
async function measureExtractor(dataFolder: string, modelsFolder: string): Promise<void> {
  const model = (await builtInModels(modelsFolder)).find(({ manifest }) => manifest.id === defaultModelId);
  if (model === undefined) throw new Error(`there is no model "${defaultModelId}" in ${modelsFolder}`);
  const extractor = await openExtractor(model.modelPath, model.manifest, { threads: 1 });
  const { width, height } = model.manifest.input;
  console.log(`${model.manifest.name}: ${extractor.dim} values from ${width} x ${height} px, ${extractor.fingerprint.runtime} ${extractor.fingerprint.runtimeVersion}\n`);
  printHead(['set', 'images', 'inference, CPU ms', '+ resize', '+ decode', 'images/s', '3-NN AUROC']);
  const found: number[] = [];
  for (const name of setNames) {
    const set = findImageSet(path.join(dataFolder, 'images'), name);
    if (set === undefined) {
      console.log(cells([name, 'SKIPPED: the set is not there', '', '', '', '', '']));
      continue;
    }
    const files = [...set.train, ...set.testGood, ...set.testAnomalous];
    const { vectors, costs } = await measuredVectors(extractor, files);
    const value = await auroc(vectors, set);
    const speed = await throughput(model.modelPath, extractor, files);
    const perImage = [costs.infer, costs.infer + costs.prepare, costs.infer + costs.prepare + costs.decode].map((ms) => (ms / files.length).toFixed(1));
    console.log(cells([name, String(files.length), ...perImage, speed.toFixed(0), value.toFixed(3)]));
    found.push(value);
  }
  await extractor.close();
  if (found.length > 0) console.log(`\nMean AUROC ${(found.reduce((sum, value) => sum + value, 0) / found.length).toFixed(4)} over ${found.length} set(s).`);
}

/** `[DIR]` measures the embedded extractor on the image sets of DIR; `--choose [--list FILE] [DIR]` chooses its settings anew, see `chooseExtractor`. */
export async function benchExtractor(args: readonly string[], defaultData: string, modelsFolder: string): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: { choose: { type: 'boolean', default: false }, list: { type: 'string' } }, allowPositionals: true });
  const dataFolder = path.resolve(positionals[0] ?? defaultData);
  await (values.choose ? chooseExtractor(dataFolder, values.list) : measureExtractor(dataFolder, modelsFolder));
}
