import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { PairFitter } from '@/lib/demo/image-text/fit';
import { pairFiles } from '@/lib/demo/image-text/model-files';
import { fitProducts } from '@/lib/demo/products/fit-catalogue';
import { cells, printHead, printMachine } from '../table';
import { figuresOf, mean, summaryOf, type ProductFigures, type Summary } from './figures';
import { fitMaterial, openScattering, testSet, type TestSet } from './material';

/** Penalties of the image tower that are tried. */
const shares = [0.03, 0.1, 0.3] as const;

const three = (value: number): string => value.toFixed(3);
const meanOf = (found: readonly ProductFigures[], pick: (summary: Summary) => number): number => mean(found.map((one) => pick(summaryOf(one))));

/** Each product with the pair that is fitted on all others. */
async function leaveOneOut(fitter: PairFitter, tests: readonly TestSet[], share: number): Promise<ProductFigures[]> {
  const found: ProductFigures[] = [];
  for (const test of tests) {
    found.push(await figuresOf(fitter.fit(share, test.product), test));
    process.stderr.write(`share ${share}: fitted without the ${test.product.objectName}\n`);
  }
  return found;
}

function printShares(tried: readonly { share: number; found: readonly ProductFigures[] }[]): void {
  printHead(['penalty (share)', 'best pair on defects', 'best pair', 'median pair', 'best - median']);
  for (const { share, found } of tried) {
    const [best, median] = [meanOf(found, (one) => one.best), meanOf(found, (one) => one.median)];
    console.log(cells([String(share), meanOf(found, (one) => one.bestOfDefects), best, median, best - median].map((value) => (typeof value === 'number' ? three(value) : value))));
  }
}

function printProducts(found: readonly ProductFigures[]): void {
  printHead(['product', 'best', 'median', 'worst', 'default', 'picked by CutPaste', 'tau-b', 'best pair']);
  for (const one of found) {
    const { best, median, worst, fallback, picked, tau, bestPair } = summaryOf(one);
    const { normal, anomalous } = eap27.pairs[bestPair]!;
    console.log(cells([one.objectName, ...[best, median, worst, fallback, picked, tau].map(three), `${normal} / ${anomalous}`]));
  }
  const means = [(one: Summary) => one.best, (one: Summary) => one.median, (one: Summary) => one.worst, (one: Summary) => one.fallback, (one: Summary) => one.picked, (one: Summary) => one.tau];
  console.log(cells(['mean', ...means.map((pick) => three(meanOf(found, pick))), '']));
}

async function write(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  let bytes = 0;
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    bytes += content.length;
  }
  console.log(`\nWrote ${Object.keys(files).length} files, ${bytes} bytes, to ${folder}.`);
}

/**
 * Fits the demonstration image-text pair, measures it product by product (fitted on all others; pool eap-27) and, with `--write FOLDER`, writes
 * the pair that is fitted on all products. The rule: the penalty at which the best of the pairs that speak of defects reaches the highest AUROC,
 * mean over the products left out; of equals the first.
 */
export async function benchImageTextPair(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { write: { type: 'string' } } });
  const extractor = await openScattering();
  const fitter = new PairFitter(await fitMaterial(extractor));
  const tests: TestSet[] = [];
  for (const product of fitProducts) tests.push(await testSet(extractor, product));
  await extractor.close();
  const tried = [];
  for (const share of shares) tried.push({ share, found: await leaveOneOut(fitter, tests, share) });
  const onDefects = (found: readonly ProductFigures[]) => meanOf(found, (one) => one.bestOfDefects);
  const chosen = tried.reduce((best, next) => (onDefects(next.found) > onDefects(best.found) ? next : best));
  const shipped = fitter.fit(chosen.share);
  const seen: ProductFigures[] = [];
  for (const test of tests) seen.push(await figuresOf(shipped, test));
  printMachine();
  printShares(tried);
  console.log(`\nProducts left out of the fit, penalty ${chosen.share}\n`);
  printProducts(chosen.found);
  console.log('\nThe pair as it ships: fitted on all products, other photographs\n');
  printProducts(seen);
  if (values.write !== undefined) await write(path.resolve(values.write), pairFiles(shipped));
}
