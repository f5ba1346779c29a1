import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openExtractor } from '@/lib/inference/node/extractor';
import { openExtractionThreads, planNow, startEmbedding } from '@/lib/pipeline/extraction/threads';
import { folderOptions } from './folder-options';
import { findImageSet } from './image-set';
import { benchNetworks, type BenchNetwork } from './networks';
import { cells, median, printHead, printMachine } from './table';
import { timedPass, type Pass } from './throughput-pipeline';
import { timedStages, type Stages } from './throughput-stages';

const setNames = ['mvtec_bottle', 'elpv', 'magnetic_tile'];
const wanted = ['squeezenet1.1-imagenet', 'mobilenetv2-imagenet', 'vit-tiny-clip-shaped'];
/** As lib/pipeline/extract.ts. */
const batchSize = 4;
/** Stages and the pipeline are timed in turn so often; what drifts (clock, heat, neighbours) then meets both. */
const rounds = 5;

type Round = { readonly stages: Stages; readonly pass: Pass };

/** Milliseconds of processor time that one image takes, stage by stage. */
const alone = ({ decode, resize, infer }: Stages): number => decode + resize + infer;

const ofTheLimit = ({ stages, pass }: Round, cores: number): number => (pass.perSecond * alone(stages)) / 1000 / cores;

/** Times stages and pipeline in turn, with the network's session and the threads open all the while; one untimed round before. */
async function timedRounds({ modelPath, manifest }: BenchNetwork, files: readonly string[], cores: number): Promise<Round[]> {
  const images = await Promise.all(files.map((file) => readFile(file)));
  const model = await readFile(modelPath);
  const extractor = await openExtractor(modelPath, manifest, { threads: 1 });
  const embedding = await startEmbedding(planNow({ cores, modelBytes: model.length, provider: 'cpu' }), model, manifest, extractor);
  const found: Round[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const stages = await timedStages(extractor, images, batchSize);
      const pass = await timedPass(embedding, extractor.dim, files, { cores, batchSize });
      if (round > 0) found.push({ stages, pass });
    }
    return found;
  } finally {
    await embedding.close();
    await extractor.close();
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

function line(name: string, found: readonly Round[], cores: number): string {
  const middle = (of: (round: Round) => number): number => median(found.map(of));
  const ratios = found.map((round) => ofTheLimit(round, cores));
  return cells([
    name,
    ...(['decode', 'resize', 'infer'] as const).map((stage) => middle(({ stages }) => stages[stage]).toFixed(1)),
    middle(({ stages }) => (1000 * cores) / alone(stages)).toFixed(0),
    middle(({ pass }) => pass.perSecond).toFixed(0),
    median(ratios).toFixed(2),
    `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
    middle(({ pass }) => pass.ownMs).toFixed(1),
    middle(({ pass }) => pass.coresLeft).toFixed(2),
  ]);
}

/**
 * Prints images a second of the worker's pipeline against the limit cores / (decode + resize + inference), each stage timed alone with one thread.
 * Every figure is the median of `rounds` rounds; "of the limit" is formed in each round, of the stages and the pass that follows them.
 */
export async function benchThroughput(args: readonly string[]): Promise<void> {
  const { data, models, builtIn, images } = folderOptions(args);
  const cores = availableParallelism();
  const files = mixedFiles(data, images);
  openExtractionThreads(new URL('extraction-thread.mjs', import.meta.url));
  printMachine();
  printHead(['network', 'decode, ms', 'resize, ms', 'inference, ms', 'limit, images/s', 'images/s', 'of the limit', 'lowest to highest', 'CPU ms/image', 'cores left']);
  for (const network of await benchNetworks(builtIn, models, wanted)) console.log(line(network.manifest.name, await timedRounds(network, files, cores), cores));
}
