import { describe, expect, it } from 'vitest';
import { decodeColumns, encodeColumns, packUuids, unpackUuids } from './columns';

describe('columns', () => {
  it('returns every column as it was given', () => {
    const ids = ['019ab0c1-2d3e-7f40-8123-456789abcdef', '00000000-0000-4000-8000-000000000001', 'ffffffff-ffff-4fff-bfff-ffffffffffff'];
    const encoded = encodeColumns({
      rows: 3,
      columns: {
        id: { type: 'uuid', data: packUuids(ids) },
        zone: { type: 'u8', data: new Uint8Array([0, 1, 2]), values: ['none', 'realistic', 'ünrealistic'] },
        quality: { type: 'f64', data: new Float64Array([0.25, Number.NaN, -1e300]) },
        x: { type: 'f32', data: new Float32Array([1, 2, 3]) },
      },
    });
    const { rows, columns } = decodeColumns(encoded.buffer);
    expect(rows).toBe(3);
    expect(unpackUuids(columns['id']!.data as Uint8Array)).toEqual(ids);
    expect(unpackUuids(new Uint8Array(0))).toEqual([]);
    expect(columns['zone']).toEqual({ type: 'u8', data: new Uint8Array([0, 1, 2]), values: ['none', 'realistic', 'ünrealistic'] });
    expect(columns['quality']!.data).toEqual(new Float64Array([0.25, Number.NaN, -1e300]));
    expect(columns['x']!.data).toEqual(new Float32Array([1, 2, 3]));
  });

  it('refuses a column of the wrong length', () => {
    expect(() => encodeColumns({ rows: 2, columns: { x: { type: 'f32', data: new Float32Array(3) } } })).toThrow(RangeError);
  });
});
