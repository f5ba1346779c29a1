import { describe, expect, it } from 'vitest';
import type { SampleRow } from '@/lib/api/contracts/samples';
import { SampleRowLoader } from './sample-row-loader';

const row = (id: string): SampleRow => ({ id, fileName: `${id}.png`, folder: '', role: 'auxiliary', split: null, defectType: null, excluded: false, qualityLabel: null, width: 1, height: 1, hasMask: false, features: null });

function setUp(answer: (ids: readonly string[]) => Promise<readonly SampleRow[]> = async (ids) => ids.map(row)) {
  const requests: (readonly string[])[] = [];
  let flush = () => undefined as void;
  const loader = new SampleRowLoader(
    (ids) => {
      requests.push(ids);
      return answer(ids);
    },
    (run) => {
      flush = run;
    },
  );
  return { loader, requests, flush: () => flush() };
}

describe('SampleRowLoader', () => {
  it('asks once for everything wanted within a moment, each id once', async () => {
    const { loader, requests, flush } = setUp();
    const wanted = [loader.load('a'), loader.load('b'), loader.load('a')];
    flush();
    expect((await Promise.all(wanted)).map((one) => one?.fileName)).toEqual(['a.png', 'b.png', 'a.png']);
    expect(requests).toEqual([['a', 'b']]);
  });

  it('does not ask for tiles that have gone', async () => {
    const { loader, requests, flush } = setUp();
    const gone = new AbortController();
    const lost = loader.load('a', gone.signal);
    const kept = loader.load('b');
    gone.abort(new Error('scrolled away'));
    flush();
    await expect(lost).rejects.toThrow('scrolled away');
    expect((await kept)?.id).toBe('b');
    expect(requests).toEqual([['b']]);
  });

  it('splits what the route would not take at once', async () => {
    const { loader, requests, flush } = setUp();
    const all = Array.from({ length: 1001 }, (_, i) => loader.load(`s${i}`));
    flush();
    await Promise.all(all);
    expect(requests.map((ids) => ids.length)).toEqual([500, 500, 1]);
  });

  it('answers null for a sample that is no more, and passes a failure on', async () => {
    const missing = setUp(async () => []);
    const nothing = missing.loader.load('a');
    missing.flush();
    expect(await nothing).toBeNull();
    const broken = setUp(() => Promise.reject(new Error('no answer')));
    const failed = broken.loader.load('a');
    broken.flush();
    await expect(failed).rejects.toThrow('no answer');
  });
});
