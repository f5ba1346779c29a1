import { describe, expect, it } from 'vitest';
import { createMatrix, matrixFromRows, selectRows } from '../linalg/matrix';
import { squaredDistance } from '../linalg/squared-distances';
import { createRandom } from '../random/generator';
import { greedyCoreSet, randomProjection } from './core-set';
import { buildPatchMemory, memoryAmong, memoryCandidates, patchCoreDefaults, scorePatches } from './patch-memory';

describe('greedy core-set', () => {
  it('starts next to the mean and always takes the farthest row', async () => {
    const line = matrixFromRows([[0], [4], [5], [10], [11]]);
    expect(Array.from(await greedyCoreSet(line, 5))).toEqual([2, 4, 0, 1, 3]);
  });

  it('stops when every row has a copy among the chosen', async () => {
    expect(Array.from(await greedyCoreSet(matrixFromRows([[1], [1], [2], [2]]), 4))).toEqual([0, 2]);
  });

  it('covers within twice the best radius', async () => {
    const { uniform } = createRandom(4);
    const points = createMatrix(Float64Array.from({ length: 24 }, () => uniform()), 12, 2);
    const radius = (chosen: ArrayLike<number>) => {
      let worst = 0;
      for (let i = 0; i < 12; i += 1) worst = Math.max(worst, Math.min(...Array.from(chosen, (c) => squaredDistance(points, i, points, c))));
      return Math.sqrt(worst);
    };
    let best = Infinity;
    for (let a = 0; a < 12; a += 1) for (let b = 0; b < a; b += 1) for (let c = 0; c < b; c += 1) best = Math.min(best, radius([a, b, c]));
    expect(radius(await greedyCoreSet(points, 3))).toBeLessThanOrEqual(2 * best);
  });

  it('can be cancelled', async () => {
    const points = createMatrix(Float64Array.from({ length: 100 }, (_, i) => i), 100, 1);
    await expect(greedyCoreSet(points, 50, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});

it('a random projection keeps distances about and changes nothing that is narrow already', () => {
  const { normal } = createRandom(2);
  const wide = createMatrix(Float64Array.from({ length: 4 * 2000 }, () => normal()), 4, 2000);
  const narrow = randomProjection(wide, 512, 1);
  expect(narrow.cols).toBe(512);
  expect(squaredDistance(narrow, 0, narrow, 1) / squaredDistance(wide, 0, wide, 1)).toBeCloseTo(1, 0.7);
  expect(randomProjection(narrow, 512, 1)).toBe(narrow);
});

describe('PatchCore', () => {
  const memoryOf = (perImage: number, neighbours: number) =>
    buildPatchMemory({ points: matrixFromRows([[0, 0], [0, 1], [4, 0], [4, 1]]), perImage }, { share: 1, projected: 0, neighbours });

  it('takes the largest of the distances to the nearest memory patch', async () => {
    const memory = await memoryOf(2, 1);
    expect(memory.patches.rows).toBe(4);
    const { images, patches } = await scorePatches(memory, { points: matrixFromRows([[0, 0], [4, 4], [2, 0], [0, 3]]), perImage: 2 });
    expect(Array.from(patches)).toEqual([0, 3, 2, 2]);
    expect(Array.from(images)).toEqual([3, 2]);
  });

  it('weighs by the patches around the nearest one, as worked out by hand', async () => {
    // Nearest to (4, 4) is (4, 1) at 3; next to that lies (4, 0) at distance 4 from the query.
    const { images } = await scorePatches(await memoryOf(2, 2), { points: matrixFromRows([[4, 4]]), perImage: 1 });
    expect(images[0]).toBeCloseTo(3 * (1 - Math.exp(3) / (Math.exp(3) + Math.exp(4))), 12);
    const far = await scorePatches(await memoryOf(2, 4), { points: matrixFromRows([[1e5, 1e5]]), perImage: 1 });
    expect(Number.isFinite(far.images[0])).toBe(true);
  });

  it('does not compare an image of the memory with its own patches', async () => {
    const normals = { points: matrixFromRows([[0, 0], [0, 1], [4, 0], [4, 1]]), perImage: 2 };
    const { patches } = await scorePatches(await memoryOf(2, 1), normals, {}, [0, 1]);
    expect(Array.from(patches)).toEqual([4, 4, 4, 4]);
  });

  it('leaves out only the patches of the owner', async () => {
    const { patches } = await scorePatches(await memoryOf(2, 1), { points: matrixFromRows([[0, 0], [4, 0]]), perImage: 1 }, {}, [0, -1]);
    expect(Array.from(patches)).toEqual([4, 0]);
  });

  it('is chosen among patches drawn by seed where there are many, and bounded', async () => {
    const { normal } = createRandom(3);
    const points = createMatrix(Float64Array.from({ length: 600 }, () => normal()), 200, 3);
    const parameters = { ...patchCoreDefaults, seed: 4, share: 0.5, candidates: 60, largest: 40, projected: 0 };
    const built = await buildPatchMemory({ points, perImage: 4 }, parameters);
    const drawn = memoryCandidates(200, parameters)!;
    expect([drawn.length, new Set(drawn).size, built.patches.rows]).toEqual([60, 60, 40]);
    const among = await memoryAmong({ candidates: selectRows(points, drawn), image: drawn.map((row) => Math.floor(row / 4)), total: 200 }, parameters);
    expect(among).toEqual(built);
    expect(memoryCandidates(200, { ...parameters, seed: 5 })).not.toEqual(drawn);
    expect(memoryCandidates(60, parameters)).toBeNull();
  });

  it('keeps the share of patches asked for, but not fewer than the smallest memory', async () => {
    const { normal } = createRandom(1);
    const normals = { points: createMatrix(Float64Array.from({ length: 600 }, () => normal()), 200, 3), perImage: 4 };
    expect((await buildPatchMemory(normals, { share: 0.25, smallest: 10 })).patches.rows).toBe(50);
    expect((await buildPatchMemory(normals, { share: 0.01, smallest: 10 })).patches.rows).toBe(10);
    await expect(buildPatchMemory({ ...normals, perImage: 3 })).rejects.toThrow(/200 patches are not 3/);
    await expect(buildPatchMemory(normals, { share: 2 })).rejects.toThrow(/above 0 and not above 1/);
  });
});
