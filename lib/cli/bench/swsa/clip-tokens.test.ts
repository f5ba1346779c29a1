import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { clipTokens } from './clip-tokens';

const folder = path.resolve('..', 'shared', 'models', 'vit-tiny-clip-shaped');

it.skipIf(!existsSync(folder))('gives the ids of the reference tokenizer (skipped when ../shared/models is absent)', () => {
  const tokens = clipTokens(folder);
  // Ids that OpenAI's tokenizer gives, as its documentation and many programs show them.
  expect(tokens('a photo of a cat').slice(0, 8)).toEqual([49406, 320, 1125, 539, 320, 2368, 49407, 49407]);
  expect(tokens('Hello, World!').slice(0, 7)).toEqual([49406, 3306, 267, 1002, 256, 49407, 49407]);
  expect(tokens('x')).toHaveLength(77);
  const { model } = JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')) as { model: { vocab: Record<string, number> } };
  expect(tokens('bottle')[1]).toBe(model.vocab['bottle</w>']);
}, 60_000);
