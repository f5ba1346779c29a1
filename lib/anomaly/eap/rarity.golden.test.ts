import { describe, expect, it } from 'vitest';
import { goldenCentres, goldenInput, goldenNames, largestDifference } from '../golden/golden-data';
import golden from '../golden/rarity.json';
import { selectRows } from '../linalg/matrix';
import { coveringSpheres, rarityOf } from './rarity';

describe.each(goldenNames)('rarity against the reference on %s', (name) => {
  const { train, labels, auxiliary } = goldenInput(name);
  const cases = golden.cases[name];

  it.each(cases.map((c) => [c.centers, c.k, c] as const))('centres %s, k = %d', async (_centres, _k, c) => {
    const centres = goldenCentres(labels, c.centers);
    const centreRows = selectRows(train, centres);
    const open = await coveringSpheres(train, centres, c.k, 'open');
    const closed = await coveringSpheres(train, centres, c.k, 'closed');
    expect(largestDifference(open.radiusSquared.map(Math.sqrt), c.radii)).toBeLessThan(1e-10);
    expect(largestDifference(await rarityOf(centreRows, train, open), c.train_open)).toBeLessThan(1e-10);
    expect(largestDifference(await rarityOf(auxiliary, train, open), c.aux_open)).toBeLessThan(1e-10);
    expect(largestDifference(await rarityOf(centreRows, train, closed), c.train_closed)).toBeLessThan(1e-10);
    expect(largestDifference(await rarityOf(auxiliary, train, closed), c.aux_closed)).toBeLessThan(1e-10);
  });
});
