import path from 'node:path';
import { Option, type Command } from 'commander';
import { detectorIds, type DetectorId } from '@/lib/anomaly/detectors/registry';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { estimatePrototypeSeconds } from '@/lib/anomaly/prototypes/estimate';
import { findPrototypes, randomSummary, type PrototypeInput, type Prototypes } from '@/lib/anomaly/prototypes/find-prototypes';
import type { LabelledRows } from '@/lib/anomaly/prototypes/labelled-rows';
import { planPrototypes, prototypeFitnesses, prototypeMethods, type PrototypeFitness, type PrototypeMethod, type PrototypeOptions } from '@/lib/anomaly/prototypes/prototype-options';
import { AssayError } from '@/lib/errors';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { besides, requireWritable } from '../output-file';
import { labelsOf, matrixOf, openNpz, type NpzFile } from '../score-input/npz-file';
import { csvTable } from '../select-input/vector-files';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';
import { usageOf, wholeOption } from './select-options';
import { prototypeColumns } from './prototype-columns';
import { prototypesOfProject, settingsOf } from './prototypes-in-project';
import { writeJson, writeTable } from './select-output';

type Options = {
  features?: string;
  project?: string;
  featureSet?: string;
  candidates: string;
  judged: string;
  detector: DetectorId;
  sizes: string;
  methods?: string;
  fitness: PrototypeFitness;
  population?: string;
  generations?: string;
  draws: string;
  tail: boolean;
  seed: string;
  out: string;
};

type Data = PrototypeInput & { readonly names: readonly (string | null)[] | null };

const usage = usageOf('prototypes');
const npzHint = 'Save it with numpy.savez(FILE, X_normal=..., X_val=..., y_val=..., X_test=..., y_test=...).';

/** `assay prototypes`: normals that train best, and those that do harm, from vectors in a file or of a project. */
export function register(program: Command): void {
  program
    .command('prototypes')
    .description('find the normals that a detector is best trained with, and the long tail of those that do harm: from a file without a database, or in a project')
    .option('--features <FILE>', '.npz (X_normal; X_val, y_val to choose by; X_test, y_test to judge by) or CSV with columns role and split: normals that are not test are chosen among, every second test row of each role chooses, the others judge')
    .option('--project <NAME>', 'search the newest feature set of this project instead; the search is kept there')
    .option('--feature-set <ID>', 'with --project: another feature set of it')
    .option('--candidates <N>', 'with --project: training normals to choose among, drawn at random where there are more', '300')
    .option('--judged <N>', 'with --project: labelled rows that choose, and as many that judge, drawn at random where there are more', '1000')
    .addOption(new Option('--detector <NAME>', 'what is trained').choices(detectorIds).default('knn'))
    .option('--sizes <LIST>', 'how many normals, with commas between them', '1,5,10,25')
    .option('--methods <LIST>', `with commas between them: ${prototypeMethods.join(', ')} (default: all that the data allow)`)
    .addOption(new Option('--fitness <NAME>', 'what evolution maximises: Eq. 3 of the paper, or the AUROC of the trained detector').choices(prototypeFitnesses).default('equation-3'))
    .option('--population <N>', 'individuals of the evolution (default: 1000, or 20 where every one needs a fit)')
    .option('--generations <N>', 'generations of the evolution (default: 500, or 10)')
    .option('--draws <N>', 'random subsets of each size', '10')
    .option('--no-tail', 'leave the long tail out')
    .option('--seed <N>', 'seed of everything random', '0')
    .requiredOption('--out <FILE>', 'where the normals go (CSV); a JSON with the curves is put beside it')
    .action(prototypes);
}

async function prototypes(options: Options): Promise<void> {
  const out = userPath(options.out);
  const summaryFile = besides(out, '.json');
  await requireWritable('--out', out);
  await requireWritable('the JSON beside --out', summaryFile);
  if (options.project !== undefined) {
    if (options.features !== undefined) throw usage('Give either --features or --project.');
    const { project, featureSet } = options;
    const rows = { candidates: wholeOption('candidates', options.candidates, 2, usage), judged: wholeOption('judged', options.judged, 4, usage) };
    const settings = settingsOf({ ...optionsOf(options, true), ...rows });
    return withDatabase('npm run assay -- prototypes', () => prototypesOfProject({ project, featureSet, settings, longTail: options.tail, out, summaryFile }));
  }
  if (options.features === undefined) throw usage('Give --features FILE, or --project NAME.');
  const progress = stderrProgress();
  const signal = stopSignal();
  const data = await dataOf(userPath(options.features));
  const chosen = optionsOf(options, data.validation !== null);
  const plan = planPrototypes(chosen, data.normals.rows, data.validation !== null);
  const size = { normals: data.normals.rows, validation: data.validation?.points.rows ?? 0, test: data.test?.points.rows ?? 0, columns: data.normals.cols };
  progress({ step: `about ${Math.max(1, Math.round(estimatePrototypeSeconds(size, plan)))} s` });
  const onProgress = (done: number, total: number, step: string) => progress({ step, done, total, unit: 'steps' });
  const found = await withGemmProduct((products) => findPrototypes(data, chosen, { ...products, signal, onProgress }));
  await writeTable(out, prototypeColumns(found, data.names), data.normals.rows);
  await writeJson(summaryFile, summaryOf(found));
  progress({ step: `wrote ${data.normals.rows} normals to ${options.out}` });
}

function optionsOf(options: Options, labelled: boolean): PrototypeOptions {
  const number = (name: string, text: string | undefined, least: number) => (text === undefined ? {} : { [name]: wholeOption(name, text, least, usage) });
  const methods = options.methods?.split(',').map((name): PrototypeMethod => {
    const method = prototypeMethods.find((one) => one === name.trim());
    if (method === undefined) throw usage(`There is no method named "${name.trim()}". There are ${prototypeMethods.join(', ')}.`);
    return method;
  });
  return {
    seed: wholeOption('seed', options.seed, 0, usage),
    detector: { id: options.detector },
    sizes: options.sizes.split(',').map((text) => wholeOption('sizes', text.trim(), 1, usage)),
    fitness: options.fitness,
    randomDraws: wholeOption('draws', options.draws, 0, usage),
    longTail: options.tail && labelled,
    ...(methods === undefined ? {} : { methods }),
    ...number('population', options.population, 2),
    ...number('generations', options.generations, 0),
  };
}

async function dataOf(file: string): Promise<Data> {
  return path.extname(file).toLowerCase() === '.csv' ? fromTable(file) : fromNpz(await openNpz(file, npzHint));
}

function fromNpz(file: NpzFile): Data {
  const labelled = (points: string, labels: string): LabelledRows | null => {
    if (!file.arrays.has(points)) return null;
    const matrix = matrixOf(file, points);
    return { points: matrix, labels: labelsOf(file, labels, matrix.rows) };
  };
  return { normals: matrixOf(file, 'X_normal'), validation: labelled('X_val', 'y_val'), test: labelled('X_test', 'y_test'), names: null };
}

/** Test normals and anomalies take turns: one chooses, the next judges. */
async function fromTable(file: string): Promise<Data> {
  const table = await csvTable(file);
  const { role, split, name } = table.fields;
  if (role === undefined) throw new AssayError('table.invalid', `${file} has no column "role".`, { hint: 'It says which rows are normal or anomaly; the column "split" says which of them are test.' });
  const points: Matrix = { data: table.values, rows: table.rows, cols: table.columns.length };
  const every = [...role.keys()];
  const normals = every.filter((row) => role[row] === 'normal' && split?.[row] !== 'test');
  if (normals.length === 0) throw new AssayError('data.too_few_rows', `${file} has no normal that is not test.`);
  const known = [every.filter((row) => role[row] === 'normal' && split?.[row] === 'test'), every.filter((row) => role[row] === 'anomaly')];
  const half = (turn: 0 | 1): LabelledRows | null => {
    const rows = known.flatMap((list) => list.filter((_, i) => i % 2 === turn));
    return known.some((list) => list.length < 2) ? null : { points: selectRows(points, rows), labels: Uint8Array.from(rows, (row) => (role[row] === 'anomaly' ? 1 : 0)) };
  };
  return { normals: selectRows(points, normals), validation: half(0), test: half(1), names: name === undefined ? null : normals.map((row) => name[row] ?? null) };
}

function summaryOf({ plan, full, chosen, random, tail }: Prototypes): Record<string, unknown> {
  const subsets = random.map((one) => ({ size: one.size, draws: one.draws.length, validation: randomSummary(one, 'validation'), test: randomSummary(one, 'test') }));
  return { plan, full, chosen: chosen.map(({ history, ...subset }) => ({ ...subset, fitness: history.at(-1) ?? null })), random: subsets, tail };
}
