import type { Extractor } from '@/lib/inference/node/extractor';
import { decodeImage } from '@/lib/ingest/decode';

/** Processor time of each stage alone, in milliseconds an image. */
export type Stages = { readonly decode: number; readonly resize: number; readonly infer: number };

/** Milliseconds of processor time that this process used so far, over all its threads. */
export function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs the files through one stage after the other, a batch at a time, nothing side by side. */
export async function timedStages(extractor: Extractor, files: readonly Uint8Array[], batchSize: number): Promise<Stages> {
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
