import { expect, it } from 'vitest';
import { estimatePrototypeSeconds } from './estimate';
import { planPrototypes, type PrototypeOptions } from './prototype-options';

const size = { normals: 300, validation: 300, test: 200, columns: 1504 };
const estimate = (options: Partial<PrototypeOptions>) => estimatePrototypeSeconds(size, planPrototypes({ seed: 0, ...options }, size.normals, true));

it('of deep k-NN stays within a minute for each M at the settings of the paper', () => {
  for (const fitness of ['equation-3', 'auroc'] as const) {
    for (const m of [1, 5, 10, 25]) expect(estimate({ fitness, sizes: [m] })).toBeLessThan(60);
  }
});

it('grows with what is asked for', () => {
  const plain = estimate({ sizes: [5] });
  expect(estimate({ sizes: [5, 10] })).toBeGreaterThan(plain);
  expect(estimate({ sizes: [5], population: 2000 })).toBeGreaterThan(1.5 * plain);
  expect(estimate({ sizes: [5], fitness: 'auroc' })).toBeGreaterThan(plain);
  expect(estimate({ sizes: [5], methods: ['core-set'] })).toBeLessThan(plain);
  const detector = { id: 'mahalanobis' } as const;
  expect(estimate({ sizes: [5], detector })).toBeGreaterThan(plain);
  expect(estimate({ sizes: [5], detector, longTail: false })).toBeLessThan(estimate({ sizes: [5], detector }));
});
