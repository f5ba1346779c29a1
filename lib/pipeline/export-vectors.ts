import { stringify } from 'csv-stringify/sync';
import type { ManifestFile } from '@/lib/api/contracts/export-manifest';
import { guarded, type Cell } from '@/lib/export/rows';
import { AssayError } from '@/lib/errors';
import type { VectorTable } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';
import { readTableValues } from './vector-rows';

const PAGE = 1_000;

/**
 * `vectors.csv`: a line per vector, in the order of `files`, with its role and what is known of it, then its values as
 * they were given. An import reads it back. One table is held in memory at a time.
 */
export async function* vectorLines(files: readonly ManifestFile[], context: PipelineContext): AsyncGenerator<string> {
  let held: { id: string; columns: string[]; values: Float64Array } | undefined;
  for (let from = 0; from < files.length; from += PAGE) {
    context.signal.throwIfAborted();
    const page = files.slice(from, from + PAGE);
    const places = await placesOf(page, context);
    for (const [i, file] of page.entries()) {
      const { table, row } = places.get(file.sampleId) ?? missing(file);
      if (held?.id !== table.id) held = { id: table.id, columns: table.columns, values: await readTableValues(table.valuesSha256, context) };
      if (from + i === 0) yield stringify([['id', 'role', 'split', 'defect_type', 'quality_label', 'generator', ...held.columns].map(guarded)]);
      const values = held.values.subarray(row * held.columns.length, (row + 1) * held.columns.length);
      const known: Cell[] = [file.original.fileName, file.role, file.split, file.defectType, file.qualityLabel, file.generator];
      yield stringify([[...known.map(guarded), ...values]]);
    }
    context.progress({ step: 'writing', done: from + page.length });
  }
}

type Place = { readonly table: VectorTable; readonly row: number };

async function placesOf(files: readonly ManifestFile[], { store }: PipelineContext): Promise<ReadonlyMap<string, Place>> {
  const samples = await store.sample.findMany({ where: { id: { in: files.map(({ sampleId }) => sampleId) } }, select: { id: true, vectorRow: true, vectorTableId: true } });
  const ids = [...new Set(samples.flatMap(({ vectorTableId }) => vectorTableId ?? []))];
  const tables = new Map((await store.vectorTable.findMany({ where: { id: { in: ids } } })).map((table) => [table.id, table]));
  return new Map(samples.flatMap(({ id, vectorRow: row, vectorTableId }): [string, Place][] => {
    const table = tables.get(vectorTableId ?? '');
    return table === undefined || row === null ? [] : [[id, { table, row }]];
  }));
}

function missing({ original }: ManifestFile): never {
  throw new AssayError('request.conflict', `${original.fileName} was deleted after this export was started.`, { hint: 'Start the export again.' });
}
