import path from 'node:path';

/** Benchmarks by name. They print what docs/benchmarks.md states. Each is loaded when it is called for. */
const benchmarks: Record<string, (dataFolder: string, args: readonly string[]) => Promise<void>> = {
  extractor: async (_, args) => (await import('./extractor')).benchExtractor(args, defaultData, path.resolve('public', 'models')),
  'main-job': async (dataFolder) => (await import('./main-job')).benchMainJob(dataFolder),
  eap: async () => (await import('./eap')).benchEap(),
  upload: async () => (await import('./upload')).benchUpload(),
  protocol: async (_, args) => (await import('./protocol/protocol')).benchProtocol(args, defaultData),
  evaluators: async (_, args) => (await import('./evaluators')).benchEvaluators(args, defaultData),
  cap: async (_, args) => (await import('./cap')).benchCap(args, defaultData),
  detectors: async (_, args) => (await import('./detectors')).benchDetectors(args),
  heatmap: async (_, args) => (await import('./heat-map')).benchHeatMap(args),
  throughput: async (_, args) => (await import('./throughput')).benchThroughput(args),
  kernels: async () => (await import('./kernels')).benchKernels(),
  'browser-memory': async () => (await import('./browser-memory')).benchBrowserMemory(),
  swsa: async (_, args) => (await import('./swsa/swsa')).benchSwsa(args),
  'image-text-pair': async (_, args) => (await import('./image-text-pair/image-text-pair')).benchImageTextPair(args),
  'prompt-scores': async (_, args) => (await import('./prompt-scores')).benchPromptScores(args),
  map: async (dataFolder) => (await import('./map')).benchMap(dataFolder),
  ranking: async () => (await import('./ranking')).benchRanking(),
  review: async () => (await import('./review')).benchReview(),
  keep: async () => (await import('./keep')).benchKeep(),
  'keep-forest': async (dataFolder) => (await import('./keep-forest')).benchKeepForest(dataFolder),
  workbench: async (_, args) => (await import('./workbench/workbench')).benchWorkbench(args),
};

const defaultData = path.resolve('..', 'shared', 'data');
const [name = 'extractor', ...args] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  console.error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 2;
} else {
  await benchmark(args[0] ?? defaultData, args);
}
