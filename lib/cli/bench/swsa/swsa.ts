import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { printMachine } from '../table';
import { groupFeatures } from './features';
import { imageTextModels } from './image-text';
import { candidateNetworks } from './networks';
import { planSwsa, swsaOptions } from './plan';
import { printPrompts } from './prompt-tables';
import { printPrototypes } from './prototype-tables';
import { printCandidates, printTableOne, printTableThree, printTableTwo, selectModels, type Vectors } from './selection-tables';

/** Networks whose vectors are looked at where one is enough, the first that is there. */
const lookedAt = ['vit-tiny-clip-shaped', 'scattering'];

/**
 * Tables in the layout of the papers on the image sets of the data folder: SWSA's Tables 1 to 3, EAP's Table 2, prototypes against full
 * training. `--images N` limits the images of each list, `--seeds N` the splits, `--parts a,b` the tables; `--cache DIR` keeps vectors.
 */
export async function benchSwsa(args: readonly string[]): Promise<void> {
  const options = swsaOptions(args);
  const plan = planSwsa(options);
  if (plan.products.length < 2) {
    console.log('SKIPPED: fewer than two of the image sets are there; unrelated images come from other sets.');
    return;
  }
  const candidates = await candidateNetworks(options.builtIn, options.models);
  const imageTexts = options.parts.has('prompts') ? await imageTextModels(options.builtIn, options.models) : [];
  const all = await groupFeatures([...candidates, ...imageTexts.map(({ images }) => images)], plan.groups, options.cache);
  const vectors: Vectors = new Map(candidates.map((candidate) => [candidate, all.get(candidate)!]));
  const prompts = new Map(imageTexts.map((model) => [model, all.get(model.images)!]));
  const one = lookedAt.flatMap((id) => [...vectors].filter(([{ manifest }]) => manifest.id === id))[0]!;
  printMachine();
  await withGemmProduct(async (products) => {
    if (options.parts.has('selection')) {
      for (const bank of ['support', 'held-out'] as const) {
        console.log(`\nDetectors learn from ${bank === 'support' ? 'the whole support set, as in the paper' : 'held-out normals alone: no synthetic anomaly meets its parent'}\n`);
        const selections = await selectModels(plan, vectors, bank, products);
        printTableOne(plan, selections);
        printTableTwo(selections);
        console.log('');
        printCandidates(plan, vectors, selections);
      }
    }
    if (options.parts.has('variation')) await printTableThree(plan, one, products);
    if (options.parts.has('prompts')) await printPrompts(plan, one, prompts, products);
    if (options.parts.has('prototypes')) await printPrototypes(options, candidates[0]!, products);
  });
}
