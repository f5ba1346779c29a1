import path from 'node:path';
import { parseArgs } from 'node:util';
import { ANOMALIES_PER_SEED } from '@/lib/anomaly/selection/support-split';
import { drawUnrelated, fileGroup, findProducts, splitOf, syntheticGroup, type Group, type Product, type Split } from './material';

/** Sources of synthetic anomalies: generators of the registry, and images of other products in the place of Tiny-ImageNet. */
export const generators = ['cutpaste', 'cutpaste-scar', 'draem'] as const;
export const unrelated = 'unrelated';
export const sources = [unrelated, ...generators] as const;
export type Source = (typeof sources)[number];

export const sourceNames: Readonly<Record<Source, string>> = {
  unrelated: 'SWSA (other products)',
  cutpaste: 'SWSA (CutPaste)',
  'cutpaste-scar': 'SWSA (CutPaste-scar)',
  draem: 'SWSA (DRAEM)',
};

export type SwsaOptions = {
  readonly data: string;
  readonly models: string;
  readonly builtIn: string;
  /** Images of each list of a set, at most. */
  readonly images: number;
  /** Seeds 1 to this number: splits, synthetic anomalies and draws. */
  readonly seeds: number;
  readonly cache: string | undefined;
  /** Which tables. */
  readonly parts: ReadonlySet<string>;
};

export const parts = ['selection', 'variation', 'prompts', 'prototypes'] as const;

/** Reads `--data --models --images --seeds --parts --cache`. */
export function swsaOptions(args: readonly string[]): SwsaOptions {
  const shared = path.resolve('..', 'shared');
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join(shared, 'data') },
      models: { type: 'string', default: path.join(shared, 'models') },
      images: { type: 'string', default: '120' },
      seeds: { type: 'string', default: '2' },
      parts: { type: 'string', default: parts.join(',') },
      cache: { type: 'string' },
    },
  });
  const whole = (name: string, text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on, not ${text}`);
    return value;
  };
  return {
    data: path.resolve(values.data),
    models: path.resolve(values.models),
    builtIn: path.resolve('public', 'models'),
    images: whole('images', values.images),
    seeds: whole('seeds', values.seeds),
    // Which images are drawn depends on their number.
    cache: values.cache === undefined ? undefined : path.resolve(values.cache, `images-${values.images}`),
    parts: new Set(values.parts.split(',')),
  };
}

/** One task: a product with one split of its support set. */
export type Task = { readonly product: Product; readonly seed: number; readonly split: Split };

export type SwsaPlan = { readonly products: readonly Product[]; readonly tasks: readonly Task[]; readonly groups: readonly Group[]; readonly options: SwsaOptions };

export const groupNames = {
  support: ({ name }: Product) => `${name}-support`,
  normals: ({ name }: Product) => `${name}-normals`,
  anomalies: ({ name }: Product) => `${name}-anomalies`,
  synthetic: ({ product, seed }: Task, source: Source) => `${product.name}-${source}-${seed}`,
};

/** Synthetic anomalies of a task. */
export const syntheticCount = ({ split }: Task): number => ANOMALIES_PER_SEED * split.seeds.length;

/** What is compared, and all images that vectors are needed of. */
export function planSwsa(options: SwsaOptions): SwsaPlan {
  const products = findProducts(path.join(options.data, 'images'), options.images, 1);
  const tasks = products.flatMap((product) => Array.from({ length: options.seeds }, (_, i): Task => ({ product, seed: i + 1, split: splitOf(product, i + 1) })));
  const real = products.flatMap((product) => [
    fileGroup(groupNames.support(product), product.support),
    fileGroup(groupNames.normals(product), product.normals),
    fileGroup(groupNames.anomalies(product), product.anomalies),
  ]);
  const synthetic = tasks.flatMap((task) => [
    ...generators.map((generator) => syntheticGroup(task.product, generator, task.split, syntheticCount(task), task.seed)),
    unrelatedGroup(products, task),
  ]);
  return { products, tasks, groups: [...real, ...synthetic], options };
}

function unrelatedGroup(products: readonly Product[], task: Task): Group {
  const files = products.filter(({ name }) => name !== task.product.name).flatMap(({ support }) => support);
  const drawn = drawUnrelated(files.length, syntheticCount(task), task.seed);
  return fileGroup(groupNames.synthetic(task, unrelated), drawn.map((i) => files[i]!));
}
