import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { hardestScores } from './hardest';
import { isPickHit, largestModel, pickBest } from './pick';
import { selectCandidate, type CandidateScores, type SelectionInput } from './select-candidate';
import { kendallOfMeans, summariseStrategy } from './strategy-summary';
import { defaultSeedCount, splitSupport } from './support-split';
import { realAurocs } from './tasks';

const f = (...values: number[]) => Float64Array.from(values);

describe('picks', () => {
  it('takes the first of equals and says that it is a tie', () => {
    expect(pickBest([0.5, 0.9, 0.7, 0.9])).toEqual({ index: 1, value: 0.9, tied: [1, 3] });
    expect(isPickHit([0.5, 0.9, 0.9], 2)).toBe(true);
    expect(isPickHit([0.5, 0.9, 0.9], 0)).toBe(false);
    expect(() => pickBest([])).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => pickBest([NaN])).toThrow(expect.objectContaining({ code: 'data.not_finite' }));
  });

  it('knows the largest model only when all sizes are known', () => {
    expect(largestModel([3, 9, 9, 1])).toBe(1);
    expect(largestModel([3, null])).toBeNull();
    expect(largestModel([])).toBeNull();
  });
});

describe('the support split', () => {
  it('keeps 20 seeds or half, every row in one part, by the seed', () => {
    expect([2, 10, 39, 40, 200].map(defaultSeedCount)).toEqual([1, 5, 19, 20, 20]);
    const { seeds, heldOut } = splitSupport(50, { seed: 4 });
    expect(seeds).toHaveLength(20);
    expect([...seeds, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(splitSupport(50, { seed: 4 })).toEqual({ seeds, heldOut });
    expect(splitSupport(50, { seed: 5 }).seeds).not.toEqual(seeds);
    expect(splitSupport(10, { seed: 1, seedCount: 9 }).heldOut).toHaveLength(1);
  });

  it('refuses a part without a row', () => {
    expect(() => splitSupport(1, { seed: 0 })).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    for (const seedCount of [0, 5, 1.5]) expect(() => splitSupport(5, { seed: 0, seedCount })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});

describe('real tasks', () => {
  it('tell the hardest defect type apart from all together', () => {
    const scores = { anomalies: f(9, 8, 1.5, 0.5, 7), normals: f(1, 2, 3) };
    const result = realAurocs(scores, ['hole', 'hole', 'dust', 'dust', null]);
    // hole 6 of 6, dust 1 of 6, the untyped one 3 of 3
    expect(result).toMatchObject({ closestType: 'dust', byType: [{ type: 'hole', count: 2, auroc: 1 }, { type: 'dust', count: 2 }] });
    expect(result.closest).toBeCloseTo(1 / 6, 14);
    expect(result.rest).toBeCloseTo(10 / 15, 14);
    expect(realAurocs(scores, null)).toEqual({ rest: result.rest, closest: result.rest, closestType: null, byType: [] });
    expect(() => realAurocs(scores, ['hole'])).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});

it('the hardest are the lowest scores', () => {
  expect([...hardestScores(f(5, 1, 4, 2), 2)]).toEqual([1, 2]);
  expect([...hardestScores(f(5, 1), 10)]).toEqual([1, 5]);
  expect([...hardestScores(f(5, 1), 'all')]).toEqual([5, 1]);
  expect(() => hardestScores(f(1), 0)).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
});

/** Three candidates: the second is best on synthetic anomalies, the third on real ones. */
function example(): SelectionInput {
  const random = createRandom(17);
  const around = (count: number, mean: number) => Float64Array.from({ length: count }, () => random.normal() + mean);
  const candidate = (synthetic: number, real: number): CandidateScores => ({
    synthetic: { anomalies: around(40, synthetic), normals: around(30, 0) },
    real: { anomalies: around(24, real), normals: around(30, 0) },
  });
  return {
    candidates: [candidate(0.3, 0.2), candidate(2.5, 1), candidate(1, 2.5)],
    defectTypes: Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 'hole' : 'dust')),
    baselines: [
      { name: 'Largest model', candidate: 2, real: null },
      { name: 'Ensemble', candidate: null, real: { anomalies: new Float64Array(24).fill(2), normals: f(1, 3) } },
    ],
  };
}

describe('selection by synthetic anomalies', () => {
  it('picks by synthetic AUROC alone and then says what that was worth', () => {
    const input = { ...example(), defectTypes: null };
    const result = selectCandidate(input, { seed: 1, draws: 200 });
    expect(result.pick).toMatchObject({ index: 1, tied: [1] });
    expect(result.intervals.map(({ auroc }) => auroc)).toEqual(result.variants[0]!.aurocs);
    expect(result.stability).toBeGreaterThan(0.95);
    expect(result.variants.map(({ hardest }) => hardest)).toEqual(['all', 10, 5]);
    const [closest, rest] = result.tasks;
    expect([closest!.task, rest!.task]).toEqual(['closest', 'rest']);
    expect(rest!.selected).toMatchObject({ candidate: 1, hit: false });
    expect(rest!.best).toMatchObject({ candidate: 2, hit: true });
    expect(rest!.baselines).toEqual([{ ...rest!.best, name: 'Largest model' }, { name: 'Ensemble', candidate: null, auroc: 0.5, hit: null }]);
    expect(rest!.selected.auroc).toBeLessThan(rest!.best.auroc!);
    expect(result.variants[0]!.kendall!.rest).toMatchObject({ method: 'exact', count: 3 });
  });

  it('gets harder with fewer of the hardest, and the closest type is never easier than a candidate\'s others', () => {
    const result = selectCandidate(example(), { seed: 1, draws: 20 });
    const [all, ten, five] = result.variants.map(({ aurocs }) => aurocs);
    all!.forEach((value, i) => {
      expect(ten![i]!).toBeLessThanOrEqual(value);
      expect(five![i]!).toBeLessThanOrEqual(ten![i]!);
    });
    for (const { byType, closest } of result.real!) expect(closest).toBe(Math.min(...byType.map(({ auroc }) => auroc)));
  });

  it('is unchanged by monotone transforms of any candidate\'s scores', () => {
    const input = example();
    const stretched = (scores: { anomalies: Float64Array; normals: Float64Array }) => ({ anomalies: scores.anomalies.map((x) => Math.exp(x) * 7), normals: scores.normals.map((x) => Math.exp(x) * 7) });
    const candidates = input.candidates.map(({ synthetic, real }) => ({ synthetic: stretched(synthetic), real: real === null ? null : stretched(real) }));
    expect(selectCandidate({ ...input, candidates }, { seed: 1, draws: 30 })).toEqual(selectCandidate(input, { seed: 1, draws: 30 }));
  });

  it('needs no real label', () => {
    const { candidates } = example();
    const result = selectCandidate({ candidates: candidates.map((candidate) => ({ ...candidate, real: null })), defectTypes: null, baselines: [] }, { seed: 1, draws: 20 });
    expect(result).toMatchObject({ pick: { index: 1 }, real: null, tasks: [] });
    expect(result.variants.every(({ kendall }) => kendall === null)).toBe(true);
  });
});

describe('over several tasks', () => {
  it('counts hits and averages', () => {
    const outcome = (auroc: number | null, hit: boolean | null) => ({ name: 'SWSA', candidate: 0, auroc, hit });
    expect(summariseStrategy([outcome(0.5, true), outcome(0.9, false)])).toEqual({ name: 'SWSA', hits: 1, tasks: 2, meanAuroc: 0.7 });
    expect(summariseStrategy([outcome(0.5, null), outcome(null, null)])).toMatchObject({ hits: null, meanAuroc: null });
    expect(() => summariseStrategy([])).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
  });

  it('correlates the means', () => {
    expect(kendallOfMeans([[0, 1, 0], [0, 0, 2]], [[0.1, 0.2, 0.5], [0.1, 0.4, 0.5]]).tau).toBe(1);
    expect(() => kendallOfMeans([[1, 2]], [])).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});
