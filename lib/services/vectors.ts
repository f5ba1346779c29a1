import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { SampleVector } from '@/lib/api/contracts/samples';
import { AssayError } from '@/lib/errors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { ServiceContext } from './context';
import { sampleNotFound } from './samples';
import { newestVectorSet } from './vector-features';

/** What is read of a set's scaling (lib/pipeline/vector-set.ts). */
const scalingSchema = z.object({ means: z.array(z.number()), deviations: z.array(z.number()) });

/**
 * All values of one vector as they were given, with the mean and the standard deviation of the training rows where a
 * feature set knows them.
 * @throws AssayError `request.not_found` for an unknown sample, or an image
 */
export async function sampleVector({ store }: ServiceContext, { projectId, sampleId }: { projectId: string; sampleId: string }): Promise<SampleVector> {
  const sample = await store.sample.findFirst({ where: { id: sampleId, projectId }, select: { vectorRow: true, vectorTable: true } });
  if (sample === null) throw sampleNotFound();
  const { vectorTable, vectorRow } = sample;
  if (vectorTable === null || vectorRow === null) throw new AssayError('request.not_found', 'This sample is an image; it has no values of its own.');
  const { columns } = vectorTable;
  const width = columns.length * Float64Array.BYTES_PER_ELEMENT;
  const bytes = await buffer(await blobStore().stream(vectorTable.valuesSha256, { start: vectorRow * width, end: (vectorRow + 1) * width - 1 }));
  const set = await newestVectorSet(store, projectId);
  const scaling = set?.scalingSha256 == null ? null : scalingSchema.parse(JSON.parse((await blobStore().read(set.scalingSha256)).toString('utf8')));
  return {
    columns,
    values: columns.map((_, i) => bytes.readDoubleLE(i * Float64Array.BYTES_PER_ELEMENT)),
    means: scaling?.means ?? null,
    deviations: scaling?.deviations ?? null,
  };
}
