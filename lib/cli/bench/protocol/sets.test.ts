import { describe, expect, it } from 'vitest';
import { kindOf, shortNames } from './sets';

describe('sets on disk', () => {
  it('are named by their stem, with as many folders as tell them apart', () => {
    const paths = [['tabular', '4_breastw'], ['resnet', 'bottle'], ['vit', 'bottle'], ['a', 'x', 'one'], ['b', 'x', 'one']];
    expect(shortNames(paths)).toEqual(['4_breastw', 'resnet/bottle', 'vit/bottle', 'a/x/one', 'b/x/one']);
  });

  it('hold features of images when their folder says so or when they are wide', () => {
    expect(kindOf('/data/features_mvtec_vit/bottle.npz', 40)).toBe('image');
    expect(kindOf('/data/tabular/wide.npz', 256)).toBe('image');
    expect(kindOf('/data/tabular/features_of_pages.npz', 255)).toBe('tabular');
  });
});
