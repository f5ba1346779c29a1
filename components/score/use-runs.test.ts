import { describe, expect, it } from 'vitest';
import type { Run } from '@/lib/api/contracts/runs';
import { chosenRun } from './use-runs';

const run = (id: string, evaluator: string, state: Run['state'], second: number) => ({ id, evaluator, state, createdAt: `2026-11-22T00:00:0${second}.000Z` }) as Run;

describe('the run that a page shows', () => {
  it('is the one asked for, else the newest ready one of EAP, else the newest ready one', () => {
    const runs = [run('c', 'CAP', 'ready', 3), run('b', 'EAP', 'ready', 2), run('a', 'EAP', 'ready', 1)];
    expect(chosenRun(runs, 'a')?.id).toBe('a');
    expect(chosenRun(runs, 'unknown')?.id).toBe('b');
    expect(chosenRun([run('c', 'CAP', 'ready', 3), run('r', 'RARITY', 'ready', 1)], null)?.id).toBe('c');
    expect(chosenRun(undefined, null)).toBeNull();
  });

  it('waits for EAP where both were started together, and keeps showing what was there before', () => {
    const together = [run('c', 'CAP', 'ready', 3), run('e', 'EAP', 'pending', 2)];
    expect(chosenRun(together, null)).toBeNull();
    expect(chosenRun(together, 'c')?.id).toBe('c');
    expect(chosenRun([...together, run('r', 'RARITY', 'ready', 1)], null)?.id).toBe('r');
    expect(chosenRun([run('c', 'CAP', 'ready', 3), run('e', 'EAP', 'failed', 2)], null)?.id).toBe('c');
  });
});
