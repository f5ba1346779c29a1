import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { printMachine } from '../table';
import { groupFeatures, type GroupFeatures } from './features';
import { candidateNetworks, type Candidate } from './networks';
import { planSwsa, swsaOptions } from './plan';
import { printPrototypes } from './prototype-tables';
import { printCandidates, printTableOne, printTableThree, printTableTwo, selectModels } from './selection-tables';

/** Networks whose vectors are looked at where one is enough, the first that is there. */
const lookedAt = ['vit-tiny-clip-shaped', 'scattering'];

/**
 * Tables in the layout of the papers on the image sets of the data folder: SWSA's Tables 1 to 3 on models, prototypes against full
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
  const vectors = new Map<Candidate, GroupFeatures>();
  for (const candidate of candidates) vectors.set(candidate, await groupFeatures(candidate, plan.groups, options.cache));
  const one = lookedAt.flatMap((id) => [...vectors].filter(([{ manifest }]) => manifest.id === id))[0]!;
  const embedded = [...vectors].find(([{ manifest }]) => manifest.id === 'scattering')!;
  printMachine();
  await withGemmProduct(async (products) => {
    if (options.parts.has('selection')) {
      const selections = await selectModels(plan, vectors, products);
      printTableOne(plan, selections);
      printTableTwo(selections);
      console.log('');
      printCandidates(plan, vectors, selections);
    }
    if (options.parts.has('variation')) await printTableThree(plan, one, products);
    if (options.parts.has('prototypes')) await printPrototypes(plan, embedded, products);
  });
}
