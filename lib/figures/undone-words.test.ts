import { describe, expect, it } from 'vitest';
import { undoneWords } from './undone-words';

describe('what was taken back', () => {
  it('is named by what it was', () => {
    expect(undoneWords({ verdict: 'skipped', of: 'item 5' })).toBe('Skip of item 5 taken back.');
    expect(undoneWords({ verdict: 'accepted' })).toBe('Acceptance taken back.');
    expect(undoneWords({ verdict: 'rejected', of: 'item 1' })).toBe('Rejection of item 1 taken back.');
    expect(undoneWords({ verdict: null, count: 212 })).toBe('212 decisions taken back.');
  });
});
