import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SplitSentence, splitNumbers } from './split-sentence';

describe('the split of a support set', () => {
  it('takes 20 seeds, at most half, and leaves one normal at least', () => {
    const choice = { supportLimit: null, seedImages: null };
    expect(splitNumbers(100, choice)).toEqual({ support: 100, seeds: 20, heldOut: 80 });
    expect(splitNumbers(11, choice)).toEqual({ support: 11, seeds: 5, heldOut: 6 });
    expect(splitNumbers(100, { supportLimit: 10, seedImages: 50 })).toEqual({ support: 10, seeds: 9, heldOut: 1 });
  });

  it('reads as a sentence with named fields', () => {
    const html = renderToStaticMarkup(<SplitSentence normals={40} choice={{ supportLimit: null, seedImages: null }} onChange={() => undefined} />);
    expect(html).toMatch(/Split <input aria-label="Normals that take part"[^>]*value="40".* normals: <input aria-label="Normals that synthetic anomalies are made of"[^>]*value="20".* seeds, the other 20 for validation\./);
    expect(html).not.toContain('aria-invalid=');
  });
});
