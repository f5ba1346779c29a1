import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { stringify } from 'csv-stringify';
import type { EapResult } from '@/lib/anomaly/eap/eap';
import { zones } from '@/lib/anomaly/eap/explanation';
import { runParametersSchema } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import { scoreVectors, type ScoreChoices } from '@/lib/pipeline/score-vectors';
import { besides, requireWritable, writeFailure } from '../output-file';
import { fromFolders } from '../score-input/folders';
import { fromNpz } from '../score-input/npz';
import type { ScoreInput } from '../score-input/score-input';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';

type Options = {
  normal?: string;
  anomaly?: string;
  auxiliary?: string;
  npz?: string;
  model?: string;
  manifest?: string;
  out: string;
  preset: 'paper' | 'released';
  seed: string;
  subsets?: string;
};

/** `assay score`: ranks auxiliary anomalies from folders of images or from vectors in a file, without a database. */
export function register(program: Command): void {
  program
    .command('score')
    .description('score auxiliary anomalies with EAP, from image folders or from vectors, without a database')
    .option('--normal <DIR>', 'images of good parts')
    .option('--anomaly <DIR>', 'images of real anomalies')
    .option('--auxiliary <DIR>', 'images of synthetic anomalies to be scored')
    .option('--npz <FILE>', 'vectors: X_train, y_train (1 = anomaly), X_aux and optionally prior_train, prior_aux in 0..1')
    .option('--model <FILE>', 'ONNX file of another extractor; needs --manifest')
    .option('--manifest <FILE>', 'manifest of that extractor (JSON)')
    .requiredOption('--out <FILE>', 'where the ranking goes (CSV); a JSON with the parameters is put beside it')
    .addOption(new Option('--preset <NAME>', 'paper: one pass as in the article; released: 100 subsets as the authors\' program').choices(['paper', 'released']).default('paper'))
    .option('--seed <N>', 'seed of everything random', '0')
    .option('--subsets <N>', 'mean over so many random training subsets; overrides the preset')
    .action(score);
}

async function score(options: Options): Promise<void> {
  const choices = choicesOf(options);
  const out = userPath(options.out);
  const summaryFile = besides(out, '.json');
  // Before hours of work, not after.
  await requireWritable('--out', out);
  await requireWritable('the JSON beside --out', summaryFile);
  const progress = stderrProgress();
  const context = { signal: stopSignal(), progress };
  const input = await readInput(options, context);
  const result = await scoreVectors(input, choices, context);
  await writeRanking(out, input, result).catch((cause: unknown) => writeFailure(out, cause));
  await writeFile(summaryFile, `${JSON.stringify(summaryOf(input, result, choices), null, 2)}\n`).catch((cause: unknown) => writeFailure(summaryFile, cause));
  progress({ step: `wrote ${input.auxiliary.rows} scores to ${options.out}` });
}

async function readInput(options: Options, context: Parameters<typeof fromFolders>[1]): Promise<ScoreInput> {
  const { normal, anomaly, auxiliary, npz, model, manifest } = options;
  if (npz !== undefined) {
    if ([normal, anomaly, auxiliary].some((folder) => folder !== undefined)) throw usage('Give either --npz or folders, not both.');
    if ((model ?? manifest) !== undefined) throw usage('--model and --manifest go with folders of images; --npz holds vectors already.');
    return fromNpz(userPath(npz));
  }
  if (normal === undefined || auxiliary === undefined) throw usage('Give --normal and --auxiliary folders (and --anomaly where there are real anomalies), or --npz FILE.');
  if ((model === undefined) !== (manifest === undefined)) throw usage('--model and --manifest belong together.');
  return fromFolders(
    {
      normal: userPath(normal),
      anomaly: anomaly === undefined ? undefined : userPath(anomaly),
      auxiliary: userPath(auxiliary),
      network: model === undefined || manifest === undefined ? undefined : { model: userPath(model), manifest: userPath(manifest) },
    },
    context,
  );
}

function choicesOf({ preset, seed, subsets }: Options): ScoreChoices {
  const whole = (name: string, text: string) => {
    if (!/^\d{1,10}$/.test(text)) throw usage(`--${name} must be a whole number from 0 on, not "${text}".`);
    return Number(text);
  };
  const parameters = runParametersSchema.safeParse(subsets === undefined ? {} : { subsets: whole('subsets', subsets) });
  if (!parameters.success) throw usage(`--subsets: ${parameters.error.issues[0]?.message}.`);
  return { preset, seed: whole('seed', seed), parameters: parameters.data };
}

/** One row per auxiliary sample in input order; with folders also the file. */
async function writeRanking(file: string, { auxiliaryFiles }: ScoreInput, result: EapResult): Promise<void> {
  const header = ['index', 'quality', 'p', 'density', 'rarity', 'zone', ...(auxiliaryFiles === undefined ? [] : ['file'])];
  function* rows() {
    yield header;
    for (let i = 0; i < result.quality.length; i += 1) {
      const numbers = [result.quality, result.probability, result.density, result.rarity].map((column) => String(column[i]));
      yield [i, ...numbers, zones[result.explanation.zone[i]!], ...(auxiliaryFiles === undefined ? [] : [auxiliaryFiles[i]])];
    }
  }
  await pipeline(rows, stringify({ escape_formulas: true }), createWriteStream(file));
}

function summaryOf(input: ScoreInput, result: EapResult, choices: ScoreChoices): Record<string, unknown> {
  return {
    k_hat: result.kHat,
    lambda: result.lambda,
    alpha0: result.alpha0,
    beta0: result.beta0,
    eta: result.eta,
    training: { normals: result.rows - result.anomalies, anomalies: result.anomalies },
    auxiliary: input.auxiliary.rows,
    evaluator: 'EAP',
    preset: choices.preset,
    parameters: result.parameters,
    ...(input.fingerprint === undefined ? {} : { features: input.fingerprint }),
    refused: input.refused,
  };
}

function usage(message: string): AssayError {
  return new AssayError('parameter.invalid', message, { hint: 'See: npm run assay -- score --help' });
}
