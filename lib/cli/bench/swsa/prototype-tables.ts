import path from 'node:path';
import type { NumericsContext } from '@/lib/anomaly/context';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { findPrototypes, randomSummary, type Prototypes } from '@/lib/anomaly/prototypes/find-prototypes';
import type { LabelledRows } from '@/lib/anomaly/prototypes/labelled-rows';
import { paperSizes, type PrototypeFitness, type PrototypeMethod } from '@/lib/anomaly/prototypes/prototype-options';
import { createRandom } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';
import { cells, printHead, timed } from '../table';
import { groupFeatures, type GroupFeatures } from './features';
import { fileGroup, findProducts, type Product } from './material';
import type { Candidate } from './networks';
import { groupNames, type SwsaOptions } from './plan';
import { stacked } from './selection-tables';

/** Candidate normals at most, as in the paper. */
const mostNormals = 300;

const percent = (value: number): string => (100 * value).toFixed(2);

type Halves = { readonly validation: LabelledRows; readonly test: LabelledRows };

/** Test normals and anomalies, each divided at random: one half chooses, the other judges. */
function halves(normals: Matrix, anomalies: Matrix, seed: number): Halves {
  const parts = [normals, anomalies].map((points, i) => {
    const order = sampleWithoutReplacement(points.rows, points.rows, createRandom(seed, i));
    const middle = Math.ceil(points.rows / 2);
    return [selectRows(points, order.subarray(0, middle)), selectRows(points, order.subarray(middle))] as const;
  });
  const labelled = (half: 0 | 1): LabelledRows => {
    const [normal, anomalous] = [parts[0]![half], parts[1]![half]];
    return { points: stacked(normal, anomalous), labels: new Uint8Array(normal.rows + anomalous.rows).fill(1, normal.rows) };
  };
  return { validation: labelled(0), test: labelled(1) };
}

type Found = {
  readonly product: string;
  readonly byFitness: Readonly<Record<PrototypeFitness, Prototypes>>;
  /** Processor time: everything with Eq. 3 (all methods, random subsets, long tail), and evolution by AUROC. */
  readonly cpuSeconds: readonly [number, number];
};

async function search(products: readonly Product[], of: GroupFeatures, context: NumericsContext): Promise<Found[]> {
  const found: Found[] = [];
  for (const product of products) {
    const { validation, test } = halves(of.get(groupNames.normals(product))!, of.get(groupNames.anomalies(product))!, 1);
    const input = { normals: of.get(groupNames.support(product))!, validation, test };
    const paper = await timed(() => findPrototypes(input, { seed: 1 }, context));
    const direct = await timed(() => findPrototypes(input, { seed: 1, methods: ['evolution'], fitness: 'auroc', longTail: false, randomDraws: 0 }, context));
    found.push({ product: product.name, byFitness: { 'equation-3': paper.value, auroc: direct.value }, cpuSeconds: [paper.cpuSeconds, direct.cpuSeconds] });
    process.stderr.write(`prototypes of ${product.name}\n`);
  }
  return found;
}

const lines: readonly { readonly name: string; readonly method: PrototypeMethod; readonly fitness: PrototypeFitness }[] = [
  { name: 'Greedy', method: 'greedy', fitness: 'equation-3' },
  { name: 'Evo (Eq. 3)', method: 'evolution', fitness: 'equation-3' },
  { name: 'Evo (AUROC)', method: 'evolution', fitness: 'auroc' },
  { name: 'Core-set', method: 'core-set', fitness: 'equation-3' },
];

/**
 * Prototypes against full training ("How Low Can You Go?", Table 1): deep k-NN on one network's vectors of at most 300 normals and all test
 * images; AUROC in per cent on the judging half.
 */
export async function printPrototypes({ data, cache }: SwsaOptions, candidate: Candidate, context: NumericsContext): Promise<void> {
  const products = findProducts(path.join(data, 'images'), mostNormals, 1);
  const groups = products.flatMap((product) => [
    fileGroup(groupNames.support(product), product.support),
    fileGroup(groupNames.normals(product), product.normals),
    fileGroup(groupNames.anomalies(product), product.anomalies),
  ]);
  const of = (await groupFeatures([candidate], groups, cache && `${cache}-prototypes`)).get(candidate)!;
  const found = await search(products, of, context);
  console.log(`\n${candidate.manifest.name}, deep k-NN; normals: ${products.map(({ name, support }) => `${support.length} of ${name}`).join(', ')}\n`);
  printHead(['', 'M', ...found.map(({ product }) => product), 'average']);
  const line = (name: string, size: string, values: readonly number[], more: (i: number) => string = () => '') => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    console.log(cells([name, size, ...values.map((value, i) => `${percent(value)}${more(i)}`), percent(mean)]));
  };
  line('Full training', '100%', found.map(({ byFitness }) => byFitness['equation-3'].full.test!));
  for (const { name, method, fitness } of lines) {
    for (const size of paperSizes) line(name, String(size), found.map(({ byFitness }) => byFitness[fitness].chosen.find((one) => one.method === method && one.size === size)!.test!));
  }
  for (const size of paperSizes) {
    const summaries = found.map(({ byFitness }) => randomSummary(byFitness['equation-3'].random.find((one) => one.size === size)!, 'test')!);
    line('Random', String(size), summaries.map(({ mean }) => mean), (i) => ` ± ${percent(summaries[i]!.standardDeviation)}`);
  }
  for (const { product, byFitness, cpuSeconds } of found) {
    const { tail } = byFitness['equation-3'];
    const harmful = tail.filter(({ presence }) => presence < 0);
    console.log(`\n${product}: ${cpuSeconds.map((seconds) => seconds.toFixed(0)).join(' + ')} s of processor time (all of Eq. 3 + evolution by AUROC). ${harmful.length} of ${tail.length} normals lower the validation AUROC by being there, the worst by ${(-(harmful[0]?.presence ?? 0)).toFixed(4)}.`);
  }
}
