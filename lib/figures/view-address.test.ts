import { expect, it } from 'vitest';
import { ruleOfAddress } from './view-address';

it('keeps what chooses samples, not where one stands', () => {
  expect(ruleOfAddress('?sample=019ab0c1-2d3e-7f40-8123-000000000001&tag=b&q=0.5..&tag=a')).toBe('q=0.5..&tag=b&tag=a');
  expect(ruleOfAddress('')).toBe('');
  expect(ruleOfAddress('?tag=a&q=0.5..')).toBe(ruleOfAddress('?sample=x&q=0.5..&tag=a'));
});
