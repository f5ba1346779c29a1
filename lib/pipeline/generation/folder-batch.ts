import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GenerationSummary, GeneratorParameters } from '@/lib/api/contracts/generators';
import type { QualityLabel } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';
import { decodeImage } from '@/lib/ingest/decode';
import { sampleParameters } from '@/lib/synthesis/provenance';
import type { PipelineContext } from '../context';
import { diffStyleMaker } from './diffstyle-maker';
import { encodeAnomaly } from './encode';
import { inParallel } from './in-parallel';
import { plainMaker, type Maker } from './maker';
import { keptImages } from './seed-images';
import { Tally } from './tally';

export type FolderBatch = {
  readonly generator: string;
  readonly parameters: GeneratorParameters;
  readonly count: number;
  readonly seed: number;
  readonly qualityLabel: QualityLabel | null;
  /** Folder of the normal images, and those that serve, relative to it. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly out: string;
  /** ONNX file of the diffusion network, where the generator needs one. */
  readonly model: string | undefined;
};

/** A line of metadata, as imports read it. */
type Line = Readonly<Record<string, unknown>> & { readonly path: string };

/**
 * Makes synthetic anomalies from a folder into a folder: `auxiliary/NAME.png`, `masks/NAME_mask.png` and `parameters.jsonl`, one
 * line per image, which an import reads as metadata. Files of the same names are replaced; the same request gives the same files.
 * @throws AssayError when nothing can be made, or nothing be written
 */
export async function generateIntoFolder(batch: FolderBatch, context: Pick<PipelineContext, 'signal' | 'progress'>): Promise<GenerationSummary> {
  const { count, out } = batch;
  for (const name of ['auxiliary', 'masks']) await mkdir(path.join(out, name), { recursive: true }).catch(unwritten(out));
  const maker = await makerOf(batch, context);
  const tally = new Tally();
  const lines: (Line | undefined)[] = [];
  try {
    await inParallel([...Array(count).keys()], maker.lanes, async (index) => {
      context.signal.throwIfAborted();
      lines[index] = await one(batch, index, maker, context.signal).catch((error: unknown) => {
        context.signal.throwIfAborted();
        tally.failed(error);
        return undefined;
      });
      if (lines[index] !== undefined) tally.made += 1;
      context.progress({ step: 'making anomalies', done: tally.made + tally.failures, total: count, unit: 'images' });
    });
  } finally {
    await maker.close();
    await writeWhole(path.join(out, 'parameters.jsonl'), lines.flatMap((line) => (line === undefined ? [] : [`${JSON.stringify(line)}\n`])).join(''));
  }
  return tally.summary();
}

async function makerOf({ generator, parameters, seed, folder, files, model }: FolderBatch, context: Pick<PipelineContext, 'signal'>): Promise<Maker> {
  const seeds = keptImages(files.length, async (position) => decodeImage(await readFile(path.join(folder, files[position]!))));
  const settings = { generator, parameters, seed };
  return model === undefined ? plainMaker(settings, seeds, context) : diffStyleMaker(settings, seeds, model, context);
}

async function one({ generator, parameters, seed, qualityLabel, files, out }: FolderBatch, index: number, maker: Maker, signal: AbortSignal): Promise<Line> {
  const { made, parents } = await maker.make(index);
  signal.throwIfAborted();
  const provenance = { generator, seed, index, parents: parents.map((position) => files[position]!.split(path.sep).join('/')), settings: parameters };
  const { png, mask } = await encodeAnomaly(made, provenance);
  const name = `${generator}-${seed}-${String(index).padStart(4, '0')}`;
  await writeWhole(path.join(out, 'auxiliary', `${name}.png`), png);
  if (mask !== null) await writeWhole(path.join(out, 'masks', `${name}_mask.png`), mask);
  const label = qualityLabel === null ? {} : { quality_label: qualityLabel };
  return { path: `auxiliary/${name}.png`, role: 'auxiliary', generator, ...label, parameters: sampleParameters(made.drawn, provenance) };
}

/** The file appears under its name only when it is complete. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content).catch(unwritten(file));
  await rename(`${file}.part`, file).catch(unwritten(file));
}

function unwritten(file: string): (cause: NodeJS.ErrnoException) => never {
  return (cause) => {
    if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') throw new AssayError('storage.full', `${file} could not be written: the disk is full.`, { hint: 'Make room and try again.', cause });
    throw new AssayError('storage.failed', `${file} could not be written (${cause.code ?? cause.message}).`, { cause });
  };
}
