import { Option, type Command } from 'commander';
import { detectorIds, isDetectorId } from '@/lib/anomaly/detectors/registry';
import { selectModel, type ExtractorFeatures } from '@/lib/anomaly/selection/select-model';
import { ANOMALIES_PER_SEED, splitSupport } from '@/lib/anomaly/selection/support-split';
import { DEEP_NEAREST_NEIGHBOUR, type SupportDetector } from '@/lib/anomaly/selection/support-scores';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { generators } from '@/lib/synthesis/registry';
import { besides, requireWritable } from '../output-file';
import { selectionFromFolders, type Refusal } from '../select-input/image-folders';
import type { SelectionData } from '../select-input/selection-data';
import { selectionVectors } from '../select-input/vector-files';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';
import { selectModelsInProject, type ProjectSelectionOptions } from './select-models-in-project';
import { usageOf, wholeOption } from './select-options';
import { selectionColumns, selectionSummary, writeTable, writeJson } from './select-output';

type Options = Omit<ProjectSelectionOptions, 'out'> & {
  project?: string;
  normal?: string;
  synthetic?: string;
  realNormal?: string;
  realAnomaly?: string;
  models?: string;
  features?: string[];
  out?: string;
};

type Data = { readonly extractors: readonly SelectionData[]; readonly refused: readonly Refusal[] };

const usage = usageOf('select models');
const detectorNames = [DEEP_NEAREST_NEIGHBOUR, ...detectorIds];

/** `assay select models`: SWSA over extractors x detectors. */
export function registerSelectModels(select: Command): void {
  select
    .command('models')
    .description('choose an extractor and a detector: the pair with the best AUROC on synthetic anomalies against held-out normals')
    .option('--project <NAME>', 'choose in this project, as its Select page does: training normals are the support set, and anomalies and vectors that are missing are made there')
    .option('--extractors <NAMES>', 'with --project: extractors of the library, with commas between them (default: all)')
    .option('--auxiliary <WHICH>', 'with --project: take auxiliary samples instead of a generator: all, accepted, or top-third (that a run values most)')
    .option('--evaluator <ID>', 'of --auxiliary top-third: whose newest run decides (default: EAP)')
    .option('--folder <FOLDER>', 'of --auxiliary: only samples of this folder, as an unrelated set of images')
    .option('--support-limit <N>', 'with --project: at most so many training normals, drawn at random')
    .option('--diffusion-model <NAME>', 'with --project and --generator diffstyle: the diffusion network of the library')
    .option('--normal <DIR>', 'images of good parts: the support set, from about 10 on')
    .option('--synthetic <DIR>', 'images of synthetic anomalies; without it they are made')
    .addOption(new Option('--generator <NAME>', 'how they are made').choices([...generators.map(({ id }) => id), 'diffstyle']).default('cutpaste'))
    .option('--per-seed <N>', 'how many are made of each seed image', String(ANOMALIES_PER_SEED))
    .option('--real-normal <DIR>', 'images of other good parts, to tell how good the choice is')
    .option('--real-anomaly <DIR>', 'images of real anomalies, in a folder for each defect type')
    .option('--models <DIR>', 'folder of extractors, each a folder with model.onnx and manifest.json; the embedded one always takes part')
    .option('--features <FILES...>', 'vectors instead of images, one file an extractor: .npz (X_support, X_synthetic, X_real, y_real) or CSV (columns role, split, defect_type)')
    .option('--detectors <NAMES>', `which detectors, with commas between them: ${detectorNames.join(', ')}`, DEEP_NEAREST_NEIGHBOUR)
    .addOption(new Option('--bank <NAME>', 'what detectors learn from while they are compared: the whole support set as in the paper, or only held-out normals, so that no synthetic anomaly meets the image that it was made of').choices(['support', 'held-out']).default('support'))
    .option('--seed-images <N>', 'normals that synthetic anomalies are made of; the others are held out (default: 20, at most half)')
    .option('--seed <N>', 'seed of everything random', '0')
    .option('--draws <N>', 'bootstrap draws', '1000')
    .option('--out <FILE>', 'where the candidates go (CSV); a JSON with everything is put beside it; needed without --project')
    .action(selectModels);
}

async function selectModels(options: Options): Promise<void> {
  const { project } = options;
  if (project !== undefined) {
    if ([options.normal, options.synthetic, options.realNormal, options.realAnomaly, options.models, options.features].some((given) => given !== undefined)) throw usage('Give either --project, or folders of images or --features, not both.');
    return withDatabase('npm run assay -- select models', () => selectModelsInProject(project, options));
  }
  if (options.out === undefined) throw usage('Give --out FILE, or --project NAME.');
  return selectAmongFiles(options, userPath(options.out), options.out);
}

async function selectAmongFiles(options: Options, out: string, shown: string): Promise<void> {
  const summaryFile = besides(out, '.json');
  const seed = wholeOption('seed', options.seed, 0, usage);
  const draws = wholeOption('draws', options.draws, 1, usage);
  const seedCount = options.seedImages === undefined ? undefined : wholeOption('seed-images', options.seedImages, 1, usage);
  const detectors = detectorsOf(options.detectors, seed);
  await requireWritable('--out', out);
  await requireWritable('the JSON beside --out', summaryFile);
  const progress = stderrProgress();
  const context = { signal: stopSignal(), progress };
  const { extractors, refused } = await dataOf(options, seed, seedCount, context);
  const [first] = extractors;
  const { heldOut } = splitSupport(first!.support.rows, { seed, seedCount });
  const candidates = extractors.map(({ name, parameters, support, synthetic, real }): ExtractorFeatures => ({ name, parameters, features: { support, heldOut, synthetic, real } }));
  const input = { extractors: candidates, detectors, defectTypes: first!.real?.defectTypes ?? null, bank: options.bank };
  const result = await withGemmProduct((products) => selectModel(input, { seed, draws }, { ...products, signal: context.signal }));
  const names = result.candidates.map(({ extractor, detector }) => ({ extractor, detector }));
  await writeTable(out, selectionColumns(names, result.selection), names.length);
  await writeJson(summaryFile, {
    ...selectionSummary(names, result.selection),
    parameters: { seed, draws, bank: options.bank, seedImages: first!.support.rows - heldOut.length, generator: options.features === undefined && options.synthetic === undefined ? options.generator : null },
    images: { support: first!.support.rows, heldOut: heldOut.length, synthetic: first!.synthetic.rows, realAnomalies: first!.real?.anomalies.rows ?? 0, realNormals: first!.real?.normals.rows ?? 0 },
    refused,
  });
  const { extractor, detector } = names[result.selection.pick.index]!;
  progress({ step: `selected ${extractor} with ${detector}; wrote ${names.length} candidates to ${shown}` });
}

function detectorsOf(text: string, seed: number): SupportDetector[] {
  const names = text.split(',').map((name) => name.trim());
  if (new Set(names).size < names.length) throw usage('--detectors names one twice.');
  return names.map((id) => {
    if (id === DEEP_NEAREST_NEIGHBOUR) return { id };
    if (isDetectorId(id)) return { id, parameters: { seed } };
    throw usage(`There is no detector named "${id}". There are ${detectorNames.join(', ')}.`);
  });
}

async function dataOf(options: Options, seed: number, seedCount: number | undefined, context: Parameters<typeof selectionFromFolders>[1]): Promise<Data> {
  const { features, normal, synthetic, realNormal, realAnomaly, models } = options;
  if (features !== undefined) {
    if ([normal, synthetic, realNormal, realAnomaly, models].some((folder) => folder !== undefined)) throw usage('Give either --features or folders of images, not both.');
    const extractors = [];
    for (const file of features) extractors.push(await selectionVectors(userPath(file)));
    return { extractors, refused: [] };
  }
  if (normal === undefined) throw usage('Give --normal DIR, --features FILES, or --project NAME.');
  if (options.generator === 'diffstyle') throw usage('DiffStyle needs --project, whose library holds its network.');
  if ((realNormal === undefined) !== (realAnomaly === undefined)) throw usage('--real-normal and --real-anomaly belong together.');
  const folder = (given: string | undefined) => (given === undefined ? undefined : userPath(given));
  return selectionFromFolders(
    {
      normal: userPath(normal),
      synthetic: folder(synthetic),
      generator: options.generator,
      perSeed: wholeOption('per-seed', options.perSeed, 1, usage),
      realNormal: folder(realNormal),
      realAnomaly: folder(realAnomaly),
      models: folder(models),
      seed,
      seedCount,
    },
    context,
  );
}
