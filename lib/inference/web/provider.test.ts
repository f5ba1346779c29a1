import { describe, expect, it } from 'vitest';
import { probeBatchSize } from './batch-probe';
import { afterFailure, planProviders, type BrowserFacts } from './provider';

const best: BrowserFacts = { secureContext: true, isolated: true, adapter: { name: 'nvidia ampere', software: false }, cores: 8 };
const planned = (facts: Partial<BrowserFacts>, wish?: Parameters<typeof planProviders>[1]) => planProviders({ ...best, ...facts }, wish).map(({ provider, threads, why }) => [provider, threads, why]);

describe('planProviders', () => {
  it('takes the graphics card first, and threads where it fails', () => {
    expect(planned({})).toEqual([
      ['webgpu', 1, 'WebGPU on nvidia ampere.'],
      ['wasm-threads', 7, 'WebAssembly with 7 threads: WebGPU was not chosen.'],
    ]);
    const [gpu, threads] = planProviders(best);
    expect(afterFailure(threads!, gpu!, 'The device was lost.').why).toBe('WebAssembly with 7 threads: WebGPU failed here (The device was lost).');
  });

  it.each([
    [{ adapter: null }, 'WebAssembly with 7 threads: this browser finds no graphics card for WebGPU.'],
    [{ adapter: undefined }, 'WebAssembly with 7 threads: this browser has no WebGPU.'],
    [{ adapter: undefined, cores: 2 }, 'WebAssembly with 2 threads: this browser has no WebGPU.'],
    [{ adapter: { name: 'google swiftshader', software: true } }, 'WebAssembly with 7 threads: WebGPU here only imitates a graphics card in software (google swiftshader), which is slower.'],
    [{ adapter: undefined, isolated: false, secureContext: false }, 'WebAssembly on one thread: WebGPU needs HTTPS or this very machine; threads need a page that is isolated from others, which this one is not.'],
  ] as const)('says why there is no better one: %j', (facts, why) => {
    expect(planned(facts)[0]![2]).toBe(why);
  });

  it('does what a person chose, also where it is slower', () => {
    expect(planned({ adapter: { name: 'google swiftshader', software: true } }, 'webgpu')[0]).toEqual(['webgpu', 1, 'WebGPU on google swiftshader, as chosen.']);
    expect(planned({}, 'wasm')).toEqual([['wasm', 1, 'WebAssembly on one thread: as chosen.']]);
    expect(planned({}, 'wasm-threads')).toEqual([['wasm-threads', 7, 'WebAssembly with 7 threads: as chosen.']]);
  });

  it('always has a way', () => {
    for (const adapter of [null, undefined, best.adapter!]) {
      for (const isolated of [true, false]) for (const wish of ['auto', 'webgpu', 'wasm-threads', 'wasm'] as const) expect(planned({ adapter, isolated }, wish).length).toBeGreaterThan(0);
    }
  });
});

describe('probeBatchSize', () => {
  /** A machine on which a batch costs `cost(count)` milliseconds. */
  function machine(cost: (count: number) => number) {
    let clock = 0;
    const ran: number[] = [];
    const run = async (count: number) => {
      ran.push(count);
      clock += cost(count);
    };
    return { ran, found: () => probeBatchSize(run, () => clock) };
  }

  it('doubles while that makes an image cheaper', async () => {
    expect(await machine((count) => 40 + 5 * count).found()).toBe(16);
    expect(await machine((count) => 10 * count).found()).toBe(1);
    expect(await machine((count) => (count <= 4 ? 20 : 40 * count)).found()).toBe(4);
  });

  it('stops where a batch takes too long to watch', async () => {
    const slow = machine((count) => 2000 + count);
    expect(await slow.found()).toBe(1);
    expect(slow.ran).toEqual([1, 1]);
  });

  it('stops below a size that does not work, but not when nothing works', async () => {
    const small = machine((count) => {
      if (count > 2) throw new Error('out of memory');
      return 10;
    });
    expect(await small.found()).toBe(2);
    await expect(machine(() => { throw new Error('lost'); }).found()).rejects.toThrow('lost');
  });
});
