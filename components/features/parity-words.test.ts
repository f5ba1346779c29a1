import { expect, it } from 'vitest';
import { parityLine } from './parity-words';

it('never rounds a cosine up, and names the graphics card', () => {
  const certificate = { id: '', reference: '', runtime: '', provider: 'webgpu', device: 'nvidia ampere', cosine: 0.99999999, maxAbs: 1.23e-6, maxAbsLimit: 7.07e-4, createdAt: '' };
  expect(parityLine(certificate)).toBe('cosine 0.9999999, difference up to 1.2e-6 (limit 7.1e-4), on nvidia ampere');
  expect(parityLine({ ...certificate, cosine: 1, device: null })).toBe('cosine 1.0000000, difference up to 1.2e-6 (limit 7.1e-4)');
});
