import path from 'node:path';
import { benchExtractor } from './extractor';

/** Benchmarks by name. They print what docs/benchmarks.md states. */
const benchmarks: Record<string, (dataFolder: string) => Promise<void>> = {
  extractor: (dataFolder) => benchExtractor(dataFolder, path.resolve('public', 'models')),
};

const [name = 'extractor', dataFolder = path.resolve('..', 'shared', 'data')] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  console.error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 2;
} else {
  await benchmark(dataFolder);
}
