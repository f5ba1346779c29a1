import { expect, it } from 'vitest';
import { planExtraction } from './plan';

const small = { cores: 4, running: 0, modelBytes: 10e6, memoryBytes: 16e9, provider: 'cpu' } as const;

it('gives every core a network of its own while so many fit into memory', () => {
  expect(planExtraction(small)).toEqual({ mode: 'whole', threads: 4, networkThreads: 1 });
  expect(planExtraction({ ...small, modelBytes: 2e9 })).toEqual({ mode: 'prepare', threads: 4, networkThreads: 4 });
  expect(planExtraction({ ...small, memoryBytes: 1e9 }).mode).toBe('prepare');
});

it('divides the cores among extractions that run at the same time', () => {
  expect(planExtraction({ ...small, running: 1 }).threads).toBe(2);
  expect(planExtraction({ ...small, running: 9 }).threads).toBe(1);
});

it('leaves another device to one network', () => {
  expect(planExtraction({ ...small, provider: 'cuda' })).toEqual({ mode: 'prepare', threads: 4, networkThreads: 1 });
});
