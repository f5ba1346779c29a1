import { encodeColumns, packUuids } from '@/lib/api/contracts/columns';
import { roleColumn } from './sample-columns';
import type { VectorSample } from './vectors';

/** The columns of a map (see `projectionColumns` in lib/api/contracts/routes.ts), a row for each sample. */
export function mapColumns(samples: readonly Pick<VectorSample, 'id' | 'role'>[], x: Float32Array<ArrayBuffer>, y: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return encodeColumns({
    rows: samples.length,
    columns: {
      id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
      x: { type: 'f32', data: x },
      y: { type: 'f32', data: y },
      role: roleColumn(samples),
    },
  });
}
