import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { TemporaryList } from './temporary-list';

const left = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('assay-list-'));

async function* given<T>(values: Iterable<T>): AsyncGenerator<T> {
  for (const value of values) yield Promise.resolve(value);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const value of values) read.push(value);
  return read;
}

describe('TemporaryList', () => {
  it('gives back what it was given, as often as it is read, and has no name in the temporary folder', async () => {
    // Longer than what is written and read at a time; characters that readers of lines or of bytes may cut.
    const values = Array.from({ length: 3000 }, (_, i) => ({ i, text: `a\nb\u2028ä😀${'x'.repeat(i % 97)}`, none: null, list: [i / 3, 1e-7] }));
    const list = await TemporaryList.of(given([...values, { long: 'y'.repeat(300_000) }]));
    expect(await left()).toEqual([]);
    const expected = [...values, { long: 'y'.repeat(300_000) }];
    expect(await Promise.all([all(list.read()), all(list.read())])).toEqual([expected, expected]);
    for await (const first of list.read()) {
      expect(first).toEqual(values[0]);
      break;
    }
    expect(await all(list.read())).toHaveLength(3001);
    await list.close();
    await expect(all(list.read())).rejects.toThrow();
  });

  it('may be empty', async () => {
    const list = await TemporaryList.of(given([]));
    expect(await all(list.read())).toEqual([]);
    await list.close();
  });

  it('leaves nothing when its values fail', async () => {
    const failing = async function* () {
      yield Promise.resolve(1);
      throw new Error('no more');
    };
    await expect(TemporaryList.of(failing())).rejects.toThrow('no more');
    expect(await left()).toEqual([]);
  });
});
