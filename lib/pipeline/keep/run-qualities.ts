import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '../context';

/** Quality of every scored sample of a ready run, by sample id. @throws AssayError `data.shape` for a run without scores */
export async function runQualities({ blobs }: Pick<PipelineContext, 'blobs'>, run: { readonly evaluator: string; readonly columnsSha256: string | null }): Promise<Map<string, number>> {
  if (run.columnsSha256 === null) throw new AssayError('data.shape', `The run of ${run.evaluator} has no scores.`, { hint: 'Wait for it to end, or leave it out.' });
  const { id, quality } = decodeColumns(new Uint8Array(await blobs.read(run.columnsSha256)).buffer).columns;
  if (id?.type !== 'uuid' || quality?.type !== 'f64') throw new AssayError('data.shape', `The scores of the run of ${run.evaluator} are stored in another form than expected.`, { hint: 'Start the run again.' });
  const ids = unpackUuids(id.data);
  return new Map(ids.flatMap((sampleId, row) => (Number.isNaN(quality.data[row]) ? [] : [[sampleId, quality.data[row]!] as const])));
}
