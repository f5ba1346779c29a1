import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import type { Sample } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';

type VectorRow = Pick<Sample, 'id' | 'role' | 'split' | 'excluded' | 'vectorTableId' | 'vectorRow'>;

/** Vectors as they were given: row i of `values` belongs to `samples[i]`. */
export type GivenVectors = { readonly samples: readonly VectorRow[]; readonly columns: readonly string[]; readonly values: Matrix };

/** Reads all vectors of a project from its tables, in the order of the samples' hashes. */
export async function readGivenVectors(projectId: string, context: PipelineContext): Promise<GivenVectors> {
  const { store, signal } = context;
  const samples = await store.sample.findMany({
    where: { projectId, vectorTableId: { not: null } },
    select: { id: true, role: true, split: true, excluded: true, vectorTableId: true, vectorRow: true },
    orderBy: { sha256: 'asc' },
  });
  const tables = await store.vectorTable.findMany({ where: { projectId, samples: { some: {} } }, select: { id: true, columns: true, valuesSha256: true } });
  const columns = tables[0]?.columns ?? [];
  const data = new Float64Array(samples.length * columns.length);
  for (const table of tables) {
    signal.throwIfAborted();
    const values = await readTableValues(table.valuesSha256, context);
    samples.forEach((sample, row) => {
      if (sample.vectorTableId !== table.id || sample.vectorRow === null) return;
      data.set(values.subarray(sample.vectorRow * columns.length, (sample.vectorRow + 1) * columns.length), row * columns.length);
    });
  }
  return { samples, columns, values: { data, rows: samples.length, cols: columns.length } };
}

/** All values of a table, row-major. */
export async function readTableValues(valuesSha256: string, { blobs }: Pick<PipelineContext, 'blobs'>): Promise<Float64Array> {
  const bytes = await blobs.read(valuesSha256);
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) throw new AssayError('storage.failed', 'The stored values of a table are damaged.', { hint: 'Restore the blob folder or bucket from a backup.' });
  // A Buffer may start at any offset of a shared pool; Float64Array needs a multiple of 8.
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
