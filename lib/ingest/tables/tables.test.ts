import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { integersOf, matrixOf, npzOf, vectorOf } from '@/lib/cli/score-input/testing/write-npz';
import { readNpyTable, readNpzTable } from './array-table';
import { isMetadataTable, readCsvTable } from './csv-table';
import { checkExtent, type FeatureTable } from './feature-table';
import { readParquetTable } from './parquet-table';
import { countRoles, isTablePath, roleFolderOf } from './table-files';

const csv = (...lines: string[]) => {
  const content = Buffer.from(lines.join('\n'));
  return readCsvTable('t.csv', content, Readable.from([content]));
};
const rowsOf = ({ values, columns, rows }: FeatureTable) => Array.from({ length: rows }, (_, i) => [...values.subarray(i * columns.length, (i + 1) * columns.length)]);
const failure = (code: string, message: string) => expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('CSV', () => {
  it('takes columns of numbers as features and the known names as what they say', async () => {
    const table = await csv('\ufeffid,Width,role,weight,split,Quality Label,defect type,generator', 'p1,1.5,normal,2e3,train,,,', 'p2,-.5,anomaly,7,test,,dent,', '"p, 3",3,synthetic,8,,realistic,"a ""b""",press', '');
    expect(table.columns).toEqual(['Width', 'weight']);
    expect(rowsOf(table)).toEqual([[1.5, 2000], [-0.5, 7], [3, 8]]);
    expect(table.fields).toEqual({
      role: ['normal', 'anomaly', 'auxiliary'], split: ['train', 'test', null], qualityLabel: [null, null, 'realistic'], defectType: [null, 'dent', 'a "b"'], generator: [null, null, 'press'], name: ['p1', 'p2', 'p, 3'],
    });
    expect(countRoles(table)).toEqual({ normal: 1, anomaly: 1, auxiliary: 1 });
  });

  it.each([[['a;y', '1,5;0', '2;1'], [[1.5], [2]]], [['a\ty', '1.5\t0.0', '2\t1'], [[1.5], [2]]], [[',a,label', '0,1,normal', '1,2,anomaly'], [[1], [2]]]])('reads %j', async (lines, rows) => {
    const table = await csv(...lines);
    expect(rowsOf(table)).toEqual(rows);
    expect(table.fields.role).toEqual(['normal', 'anomaly']);
  });

  it('says nothing of roles that are not there', async () => {
    const table = await csv('a,b', '1,2');
    expect(table.fields).toEqual({});
    expect(countRoles(table)).toBeNull();
  });

  it.each([
    ['a ragged row', ['a,b', '1,2', '1'], failure('data.ragged', 't.csv: row 2 has 1 values where the header has 2 columns.')],
    ['NaN', ['a,b', '1,2', '1,NaN'], failure('data.not_finite', 't.csv: the value in row 2, column "b" is NaN')],
    ['infinity', ['a,b', '-inf,2'], failure('data.not_finite', 'row 1, column "a" is -inf')],
    ['a number that is too large', ['a', '1e999'], failure('data.not_finite', 'row 1, column "a" is 1e999')],
    ['an empty cell', ['a,b', '1,'], failure('data.not_finite', 'row 1, column "b" is empty')],
    ['a word', ['a,b', '1,2', '3,red'], failure('table.invalid', '"red" in row 2, column "b" is not a number')],
    ['a number in hexadecimal', ['a', '0x10'], failure('table.invalid', '"0x10" in row 1')],
    ['no header', ['1.5,2', '3,4'], failure('table.invalid', 't.csv has no header')],
    ['a column without a name', ['a,,b', '1,2,3'], failure('table.invalid', 'column 2 has no name')],
    ['a name that stands twice', ['a,b,a', '1,2,3'], failure('table.invalid', 'the columns 1 and 3')],
    ['two columns of labels', ['a,y,Label', '1,0,1'], failure('table.invalid', 'mean the same')],
    ['no rows', ['a,b'], failure('data.too_few_rows', 't.csv has no rows')],
    ['nothing', [''], failure('data.too_few_rows', 't.csv is empty')],
    ['no feature', ['role', 'normal'], failure('table.invalid', 'no column of numbers')],
    ['one class', ['a,y', '1,0', '2,0'], failure('data.one_class', '"y" says normal in all 2 rows')],
    ['a label that is neither', ['a,y', '1,0', '2,-1'], failure('table.invalid', 'row 2, column "y" holds "-1"; 0 (normal) or 1 (anomaly) is wanted')],
    ['an unknown role', ['a,role', '1,fine'], failure('table.invalid', 'normal, anomaly or auxiliary is wanted')],
    ['an unknown split', ['a,split', '1,half'], failure('table.invalid', 'train or test is wanted')],
    ['an unknown quality', ['a,quality_label', '1,so-so'], failure('table.invalid', 'realistic, indistinguishable or unrealistic')],
    ['a quote that is never closed', ['a,b', '"1,2', '3,4'], failure('table.invalid', 't.csv: Quote Not Closed')],
    ['bytes', ['\u0000\u0001PAR1', 'x'], failure('table.invalid', 't.csv is not a text file')],
    ['too many columns', [Array.from({ length: 4097 }, (_, i) => `c${i}`).join(',')], failure('data.too_large', '4097 features; at most 4096')],
  ])('refuses %s', async (_, lines, expected) => {
    await expect(csv(...lines)).rejects.toEqual(expected);
  });

  it('refuses a table that is too long while it reads: this one never ends', async () => {
    const lines = function* () {
      yield Buffer.from('width');
      for (;;) yield Buffer.from('\n1'.repeat(1024));
    };
    await expect(readCsvTable('t.csv', Buffer.from('width'), Readable.from(lines()))).rejects.toEqual(failure('data.too_large', 'more than 500000 rows'));
  });

  it('refuses more values than memory is meant for', () => {
    expect(() => checkExtent('t.csv', 2 ** 14, 4096)).not.toThrow();
    expect(() => checkExtent('t.csv', 2 ** 14 + 1, 4096)).toThrow('more than 67108864 values');
  });

  it('is metadata when a column names files', () => {
    expect(isMetadataTable('t.csv', Buffer.from('path,role\na.png,normal'))).toBe(true);
    expect(isMetadataTable('t.csv', Buffer.from('width,role\n1,normal'))).toBe(false);
  });
});

describe('npz and npy', () => {
  it('reads X with y', async () => {
    const table = await readNpzTable('t.npz', await npzOf({ X: matrixOf([[1, 2], [3, 4]]), y: integersOf([0, 1]) }));
    expect(table.columns).toEqual(['x1', 'x2']);
    expect(rowsOf(table)).toEqual([[1, 2], [3, 4]]);
    expect(table.fields).toEqual({ role: ['normal', 'anomaly'] });
  });

  it('reads training, test and auxiliary rows with their quality', async () => {
    const table = await readNpzTable('t.npz', await npzOf({ X_train: matrixOf([[1], [2]]), y_train: vectorOf([0, 1]), X_test: matrixOf([[3]]), y_test: vectorOf([0]), X_aux: matrixOf([[4], [5], [6]]), q: vectorOf([1, 0, 2]) }));
    expect(rowsOf(table).flat()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table.fields).toEqual({
      role: ['normal', 'anomaly', 'normal', 'auxiliary', 'auxiliary', 'auxiliary'],
      split: ['train', 'train', 'test', null, null, null],
      qualityLabel: [null, null, null, 'realistic', 'unrealistic', 'indistinguishable'],
    });
  });

  it.each([
    ['labels of one class', { X: matrixOf([[1], [2]]), y: vectorOf([1, 1]) }, failure('data.one_class', '"y" says anomaly in all 2 rows')],
    ['labels of another length', { X: matrixOf([[1], [2]]), y: vectorOf([1]) }, failure('data.shape', 'y has the shape (1); (2) is needed')],
    ['a label of 2', { X: matrixOf([[1], [2]]), y: vectorOf([0, 2]) }, failure('table.invalid', 'row 2, column "y" holds "2"')],
    ['NaN', { X: matrixOf([[1, 2], [3, Number.NaN]]), y: vectorOf([0, 1]) }, failure('data.not_finite', 'row 2, column "x2" is NaN')],
    ['a vector for X', { X: vectorOf([1, 2]) }, failure('data.shape', 'X has the shape (2); rows and columns are needed')],
    ['no X', { a: vectorOf([1]), b: vectorOf([1]) }, failure('table.invalid', 'no array X or X_train; it holds a, b')],
    ['X_train alone', { X_train: matrixOf([[1]]) }, failure('table.invalid', 'X_train but no y_train')],
    ['parts of other widths', { X_train: matrixOf([[1], [2]]), y_train: vectorOf([0, 1]), X_aux: matrixOf([[1, 2]]) }, failure('data.shape', 'X_aux has 2 columns, X_train 1')],
  ])('refuses %s', async (_, arrays, expected) => {
    await expect(npzOf(arrays).then((bytes) => readNpzTable('t.npz', bytes))).rejects.toEqual(expected);
  });

  it('reads a single array without labels, and refuses what is none', () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
    const head = Buffer.alloc(128, ' ');
    head.write('\x93NUMPY\x01\x00', 0, 'latin1');
    head.writeUInt16LE(118, 8);
    head.write(header, 10);
    const bytes = Buffer.concat([head, Buffer.from(Float32Array.of(1, 2, 3, 4).buffer)]);
    const table = readNpyTable('normal.npy', bytes);
    expect(rowsOf(table)).toEqual([[1, 2], [3, 4]]);
    expect(table.fields).toEqual({});
    expect(() => readNpyTable('t.npy', bytes.subarray(0, 130))).toThrow('t.npy: the header announces 2 x 2 values');
  });
});

describe('Parquet', () => {
  type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
  const read = (columnData: Columns, options: { rowGroupSize?: number; codec?: 'SNAPPY' | 'UNCOMPRESSED' | 'GZIP' } = {}) => {
    const file = parquetWriteBuffer({ columnData, compressors: { GZIP: (bytes) => gzipSync(bytes) }, ...options });
    return readParquetTable('t.parquet', { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) }, new AbortController().signal);
  };
  const columns: Columns = [
    { name: 'a', data: [1.5, 2.5, 3.5, 4.5, 5.5], type: 'DOUBLE' },
    { name: 'n', data: [1, 2, 3, 4, 5], type: 'INT32' },
    { name: 'big', data: [1n, 2n, 3n, 4n, 5n], type: 'INT64' },
    { name: 'ok', data: [true, false, true, false, true], type: 'BOOLEAN' },
    { name: 'y', data: [0, 0, 1, 0, 1], type: 'INT32' },
    { name: 'defect_type', data: [null, null, 'dent', null, 'crack'], type: 'STRING', nullable: true },
  ];

  it.each([[{}], [{ rowGroupSize: 2 }], [{ codec: 'UNCOMPRESSED' as const }], [{ codec: 'GZIP' as const }]])('reads numbers, labels and texts (%j)', async (options) => {
    const table = await read(columns, options);
    expect(table.columns).toEqual(['a', 'n', 'big', 'ok']);
    expect(rowsOf(table)).toEqual([[1.5, 1, 1, 1], [2.5, 2, 2, 0], [3.5, 3, 3, 1], [4.5, 4, 4, 0], [5.5, 5, 5, 1]]);
    expect(table.fields).toEqual({ role: ['normal', 'normal', 'anomaly', 'normal', 'anomaly'], defectType: [null, null, 'dent', null, 'crack'] });
  });

  it.each([
    ['a column of texts', [{ name: 'a', data: ['x'], type: 'STRING' }] as Columns, failure('table.invalid', 'the column "a" holds UTF8, not numbers')],
    ['a missing value', [{ name: 'a', data: [1, null], type: 'DOUBLE', nullable: true }] as Columns, failure('data.not_finite', 'row 2, column "a" is empty')],
    ['NaN', [{ name: 'a', data: [1, Number.NaN], type: 'DOUBLE' }] as Columns, failure('data.not_finite', 'row 2, column "a" is NaN')],
    ['an integer beyond 2^53', [{ name: 'a', data: [2n ** 60n], type: 'INT64' }] as Columns, failure('data.not_finite', 'row 1, column "a"')],
    ['dates', [{ name: 'a', data: [new Date()], type: 'TIMESTAMP' }] as Columns, failure('table.invalid', 'not numbers')],
  ])('refuses %s', async (_, columnData, expected) => {
    await expect(read(columnData)).rejects.toEqual(expected);
  });

  it('refuses a file that is damaged in the middle', async () => {
    const file = parquetWriteBuffer({ columnData: columns });
    const bytes = new Uint8Array(file);
    bytes.fill(0xff, 4, 60);
    await expect(readParquetTable('t.parquet', { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) }, new AbortController().signal)).rejects.toEqual(failure('table.invalid', 't.parquet cannot be read as Parquet'));
  });

  it('refuses a truncated file', async () => {
    const file = parquetWriteBuffer({ columnData: columns }).slice(0, 200);
    await expect(readParquetTable('t.parquet', { byteLength: 200, slice: (start, end) => file.slice(start, end) }, new AbortController().signal)).rejects.toEqual(failure('table.invalid', 't.parquet cannot be read as Parquet'));
  });
});

it('tells tables by name, and what their role is proposed from', () => {
  expect(['a.CSV', 'x/y.npz', 'z.npy', 'q.parquet'].map(isTablePath)).toEqual([true, true, true, true]);
  expect(['metadata.csv', 'a.jsonl', 'a.png', 'x.zip'].map(isTablePath)).toEqual([false, false, false, false]);
  expect([roleFolderOf('normal.npy'), roleFolderOf('set/train/good.npy')]).toEqual(['normal', 'set/train/good']);
});
