import { describe, expect, it } from 'vitest';
import { NumericsError } from '@/lib/anomaly/errors';
import type { GeneratedImage, GenerationPlan, GenerationResult } from '@/lib/api/contracts/browser-generations';
import { AssayError } from '@/lib/errors';
import { makeBatch, remakeBatch, type BatchDoors } from './make-batch';
import type { MadeAnomaly } from './messages';

const never = new AbortController().signal;
const made = (index: number, change = ''): MadeAnomaly => ({
  kind: 'made', png: new Blob([`png ${index}`]), sha256: `hash ${index}${change}`, mask: null, thumbnail: new Blob(['t']), width: 8, height: 6, drawn: { areaShare: 0.1 }, usesOther: false,
});

/** A server and a browser of a private project. */
class World {
  held = new Set(['seed a', 'seed b']);
  known: GenerationPlan['made'] = [];
  told: number[] = [];
  result: GenerationResult | undefined;
  fails = new Map<number, Error>();
  change = '';
  /** Numbers whose file the project has already. */
  there = new Set<number>();
  onMake: (index: number) => void = () => undefined;

  doors(): BatchDoors {
    return {
      plan: async () => ({ seedSampleIds: ['seed a', 'seed b'], made: this.known }),
      isHeld: async (id) => this.held.has(id),
      make: async (index, seedIds) => {
        this.onMake(index);
        const failure = this.fails.get(index);
        if (failure !== undefined) throw failure;
        return { made: made(index, this.change), parents: [index % seedIds.length] };
      },
      thumbnail: async () => null,
      store: async (images: GeneratedImage[]) => {
        this.told.push(...images.map(({ index }) => index));
        for (const { index, sha256 } of images) if (!this.there.has(index)) this.known = [...this.known, { index, sampleId: `sample ${index}`, sha256 }];
        return images.map(({ index }) => ({ index, sampleId: this.there.has(index) ? null : `sample ${index}` }));
      },
      keep: async (sampleId) => {
        this.held.add(sampleId);
      },
      finish: async (result) => {
        this.result = result;
      },
    };
  }
}

const run = (world: World, count = 5, signal = never) => makeBatch({ count, lanes: 1 }, world.doors(), signal, () => undefined);

describe('a batch of a browser', () => {
  it('makes every image, tells the server, keeps the files, and counts what was there or failed', async () => {
    const world = new World();
    world.fails.set(1, new NumericsError('image.unchanged', 'CutPaste left the image as it is.'));
    world.there.add(3);
    const steps: string[] = [];
    await makeBatch({ count: 6, lanes: 1 }, world.doors(), never, (done, total) => steps.push(`${done}/${total}`));
    expect(world.told).toEqual([0, 2, 3, 4, 5]);
    expect([...world.held].filter((id) => id.startsWith('sample'))).toEqual(['sample 0', 'sample 2', 'sample 4', 'sample 5']);
    expect(world.result).toMatchObject({ duplicates: 1, failures: [{ message: 'CutPaste left the image as it is.', count: 1 }] });
    expect(steps).toEqual(['0/6', '4/6', '6/6']);
  });

  it('is gone on with where it was stopped, and heals what the server knows and this browser lost', async () => {
    const world = new World();
    const stop = new AbortController();
    world.onMake = (index) => index === 5 && stop.abort();
    await expect(run(world, 9, stop.signal)).rejects.toThrow();
    expect(world.told).toEqual([0, 1, 2, 3]);
    world.onMake = () => undefined;
    world.held.delete('sample 2');
    world.told = [];
    await run(world, 9);
    expect(world.told).toEqual([4, 5, 6, 7, 8]);
    expect(world.held.has('sample 2')).toBe(true);
    expect(world.known).toHaveLength(9);
  });

  it('does not begin without its seed images', async () => {
    const world = new World();
    world.held.delete('seed b');
    await expect(run(world)).rejects.toMatchObject({ code: 'private.image_missing', message: '1 of the 2 seed images are not in this browser.' });
    expect(world.told).toEqual([]);
  });

  it('fails with the first reason when no image can be made, and at once when the browser has no room', async () => {
    const world = new World();
    for (let index = 0; index < 5; index += 1) world.fails.set(index, new NumericsError('image.unchanged', `no ${index}`));
    await expect(run(world)).rejects.toThrow('no 0');
    expect(world.result).toBeUndefined();
    const full = new World();
    full.fails.set(2, new AssayError('private.no_storage', 'The browser has no room.'));
    await expect(run(full)).rejects.toMatchObject({ code: 'private.no_storage' });
  });
});

describe('a batch that another browser made', () => {
  it('is made again from the same seeds, and the server is told nothing', async () => {
    const first = new World();
    await run(first);
    const second = new World();
    second.known = first.known;
    await remakeBatch({ count: 5, lanes: 2 }, second.doors(), never, () => undefined);
    expect([...second.held].filter((id) => id.startsWith('sample'))).toHaveLength(5);
    expect([second.told, second.result]).toEqual([[], undefined]);
  });

  it('says how many images came out otherwise, and keeps none of them', async () => {
    const first = new World();
    await run(first);
    const second = new World();
    second.known = first.known;
    second.change = ' decoded otherwise';
    await expect(remakeBatch({ count: 5, lanes: 1 }, second.doors(), never, () => undefined)).rejects.toThrow('5 of 5 images could not be made again');
    expect([...second.held].filter((id) => id.startsWith('sample'))).toEqual([]);
  });
});
