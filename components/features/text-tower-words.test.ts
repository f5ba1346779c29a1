import { expect, it } from 'vitest';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import { textTowerFacts } from './text-tower-words';

const tower: TextTowerDto = {
  id: '019b0000-0000-7000-8000-000000000001',
  modelId: '019b0000-0000-7000-8000-000000000002',
  name: 'CLIP',
  dim: 512,
  bytes: 254_000_000,
  parameters: { image: 87_900_000, text: 63_428_096 },
  head: { kind: 'softmax', logitScale: 35.163, logitBias: null, source: 'config' },
  contextLength: 77,
  isDemonstration: false,
  licence: 'MIT',
  createdAt: '2026-01-01T00:00:00.000Z',
};

it('says how a text tower reads and compares', () => {
  expect(textTowerFacts(tower)).toBe('Text tower: 63.4 M weights, 254 MB, up to 77 tokens, softmax, logit scale 35.2 (from config.json)');
  expect(textTowerFacts({ ...tower, parameters: { image: null, text: null }, contextLength: 64, head: { kind: 'sigmoid', logitScale: 10, logitBias: -10, source: 'assumed' } })).toBe(
    'Text tower: 254 MB, up to 64 tokens, sigmoid, logit scale 10, bias -10 (assumed)',
  );
});
