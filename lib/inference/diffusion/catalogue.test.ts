import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeCatalogued, diffusionCatalogue } from './catalogue';

it('names only networks that the recipe exports: checkpoint, size and activation stand there', () => {
  const recipe = readFileSync(path.resolve(import.meta.dirname, '../../../docs/diffstyle.md'), 'utf8');
  for (const { checkpoint, source, edge, activation } of diffusionCatalogue) {
    expect(recipe).toContain(checkpoint);
    expect(recipe).toContain(source);
    expect(recipe).toContain(`torch.randn(1, 3, ${edge}, ${edge})`);
    expect(recipe).toContain(`torch.zeros(1, ${activation.join(', ')})`);
  }
  expect(describeCatalogued(diffusionCatalogue[0]!)).toBe('ImageNet 256 (unconditional): 256 x 256 px, 552 M weights, MIT, 256x256_diffusion_uncond.pt of github.com/openai/guided-diffusion');
});
