import { describe, expect, it } from 'vitest';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { heatMapsLine } from './heat-map-words';

const patches = (state: 'pending' | 'ready' | 'failed' | 'cancelled'): FeatureSet['patches'] => ({ state, scale: null, count: 3, jobId: null, createdAt: '2026-01-01T00:00:00Z' });
const line = (state: Parameters<typeof patches>[0] | null, mayHavePatches = true, isPrivate = false) =>
  heatMapsLine({ patches: state === null ? null : patches(state), mayHavePatches }, isPrivate, state === 'failed' ? 'The disk is full.' : null);

describe('the line of heat maps on a card', () => {
  it('offers what can be done', () => {
    expect(line(null)).toEqual({ line: 'No heat maps yet.', verb: 'Make heat maps' });
    expect(line('cancelled').verb).toBe('Go on with heat maps');
    expect(line('failed')).toEqual({ line: 'The disk is full.', verb: 'Try heat maps again' });
  });

  it('offers nothing where they are there, on the way or not to be had', () => {
    expect(line('ready')).toEqual({ line: 'Heat maps of 3 samples: M, or the layers beside the name of a sample, shows them.', verb: null });
    expect(line('pending').verb).toBeNull();
    expect(line(null, false)).toMatchObject({ line: expect.stringContaining('one vector for a whole image'), verb: null });
    expect(line('failed', true, true)).toMatchObject({ line: expect.stringContaining('private project'), verb: null });
  });
});
