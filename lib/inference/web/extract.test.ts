import { describe, expect, it } from 'vitest';
import { AssayError } from '@/lib/errors';
import { extractInBrowser, type ExtractionOptions, type ExtractionProgress, type MissingItem } from './extract';
import { createGate } from './gate';

const dim = 3;
const vectorOf = (id: string): number[] => [Number(id), Number(id) * 2, 1];

/** A project of which a fake server keeps the vectors, and an engine whose images are their own numbers. */
function project(count: number, options: { batch?: number; broken?: Record<string, AssayError>; notFinite?: string } = {}) {
  const kept = new Map<string, number[]>();
  const asked: string[] = [];
  const chunks: number[] = [];
  const state = { underWay: 0, most: 0, embedding: false };
  const engine = {
    batch: options.batch ?? 4,
    dim,
    decoders: 2,
    async prepare(source: Blob | string) {
      const id = source as string;
      asked.push(id);
      state.underWay += 1;
      state.most = Math.max(state.most, state.underWay);
      await Promise.resolve();
      state.underWay -= 1;
      const error = options.broken?.[id];
      if (error !== undefined) throw error;
      return Float32Array.of(Number(id));
    },
    async embed(inputs: readonly Float32Array[]) {
      expect(state.embedding, 'two inferences at once').toBe(false);
      expect(inputs.length).toBeLessThanOrEqual(this.batch);
      state.embedding = true;
      await Promise.resolve();
      state.embedding = false;
      const vectors = inputs.flatMap(([id]) => (String(id) === options.notFinite ? [NaN, 0, 0] : vectorOf(String(id))));
      return { vectors: Float32Array.from(vectors), dim };
    },
  };
  const ports = {
    async *missing(): AsyncGenerator<MissingItem> {
      for (let i = 0; i < count; i++) if (!kept.has(String(i))) yield { id: String(i), fileName: `${i}.png` };
    },
    source: ({ id }: MissingItem) => id,
    async store(ids: readonly string[], vectors: Float32Array) {
      chunks.push(ids.length);
      ids.forEach((id, row) => {
        expect(kept.has(id), 'stored twice').toBe(false);
        kept.set(id, Array.from(vectors.subarray(row * dim, (row + 1) * dim)));
      });
    },
  };
  const run = (more: Partial<ExtractionOptions> = {}) =>
    extractInBrowser(engine, ports, { chunk: 10, gate: createGate(), signal: new AbortController().signal, onProgress: () => undefined, ...more });
  return { run, kept, asked, chunks, state };
}

describe('extractInBrowser', () => {
  it('gives each image its own vector, in chunks', async () => {
    const { run, kept, chunks } = project(43);
    expect(await run()).toMatchObject({ extracted: 43, failures: [] });
    expect([...kept]).toEqual(Array.from({ length: 43 }, (_, i) => [String(i), vectorOf(String(i))]));
    expect(chunks).toEqual([10, 10, 10, 10, 3]);
  });

  it('holds no more than a few images at a time', async () => {
    const { run, state } = project(500);
    await run();
    expect(state.most).toBeLessThanOrEqual(4);
  });

  it('names the images that fail and goes on with the others', async () => {
    const { run, kept } = project(9, { broken: { 3: new AssayError('image.truncated', 'The file is cut off.') }, notFinite: '5' });
    const { extracted, failures } = await run();
    expect(extracted).toBe(7);
    expect(failures).toEqual([
      { id: '3', fileName: '3.png', code: 'image.truncated', message: 'The file is cut off.' },
      { id: '5', fileName: '5.png', code: 'data.not_finite', message: 'The network gave NaN or infinite values for this image.' },
    ]);
    expect([...kept.keys()]).toEqual(['0', '1', '2', '4', '6', '7', '8']);
  });

  it('stops when the server is gone, and afterwards computes only what was not stored', async () => {
    const broken: Record<string, AssayError> = { 27: new AssayError('request.unreachable', 'The server did not answer.') };
    const { run, kept, asked } = project(40, { broken });
    await expect(run()).rejects.toMatchObject({ code: 'request.unreachable' });
    expect(kept.size).toBe(20);
    delete broken['27'];
    asked.length = 0;
    expect(await run()).toMatchObject({ extracted: 20 });
    expect(asked).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 20)));
    expect(kept.size).toBe(40);
  });

  it('stores what it has when it pauses, waits, and does not count the pause as work', async () => {
    const { run, kept } = project(40);
    const gate = createGate();
    let clock = 0;
    const seen: ExtractionProgress[] = [];
    const paused = new Promise<void>((resolve) => {
      const wait = () => (kept.size === 12 ? resolve() : setTimeout(wait, 0));
      wait();
    });
    const done = run({
      gate,
      now: () => clock,
      onProgress: (progress) => {
        clock += 1000;
        seen.push(progress);
        if (progress.extracted === 12) gate.close();
      },
    });
    await paused;
    clock += 3_600_000;
    gate.open();
    const { extracted, imagesPerSecond } = await done;
    expect(extracted).toBe(40);
    expect(imagesPerSecond).toBeCloseTo(4, 5);
    expect(kept.size).toBe(40);
    expect(seen.map((progress) => progress.extracted)).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 40]);
  });

  it('ends when it is cancelled', async () => {
    const { run, kept } = project(100);
    const cancel = new AbortController();
    const result = run({ signal: cancel.signal, onProgress: ({ extracted }) => extracted === 24 && cancel.abort() });
    await expect(result).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(kept.size).toBe(20);
  });
});
