import { describe, expect, it } from 'vitest';
import { type AuxiliaryPlan, planAuxiliaries } from './auxiliary-plan';

const fileName = ({ path }: AuxiliaryPlan) => path.slice(path.lastIndexOf('/') + 1);
const blocks = (plans: readonly AuxiliaryPlan[]) => plans.filter(({ quality }, i) => quality !== plans[i - 1]?.quality).length;

describe('the plan of the auxiliary set', () => {
  it('holds equal thirds under file names that are all different', () => {
    const plans = planAuxiliaries(4, 20);
    for (const quality of ['realistic', 'indistinguishable', 'unrealistic']) {
      const indices = plans.filter((plan) => plan.quality === quality).map(({ index }) => index);
      expect(indices.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    }
    expect(new Set(plans.map(fileName)).size).toBe(60);
  });

  it.each([1, 2, 3, 4, 5])('tells the quality by the folder alone: neither order nor name gives it away (seed %i)', (seed) => {
    const plans = planAuxiliaries(seed, 20);
    for (const { path, quality } of plans) expect(path).toMatch(new RegExp(`^auxiliary/${quality}/[0-9a-f]{8}\\.png$`));
    const byName = plans.toSorted((a, b) => fileName(a).localeCompare(fileName(b)));
    for (const order of [plans, byName]) {
      // Sorted by quality gives 3 blocks, a strict rota 60; chance gives 41 with a deviation of about 3.7.
      expect(blocks(order)).toBeGreaterThan(26);
      expect(blocks(order)).toBeLessThan(56);
    }
  });
});
