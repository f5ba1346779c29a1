import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { EvaluatorMode } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, evaluatorIdOf, evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import { runParametersSchema } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import { computeWith } from '@/lib/pipeline/compute/compute';
import { valueAuxiliary } from '@/lib/scoring/valuation';
import { besides, requireWritable, writeFailure } from '../output-file';
import { fromFolders } from '../score-input/folders';
import { fromNpz } from '../score-input/npz';
import type { ScoreInput } from '../score-input/score-input';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { summaryOf, writeRanking, type EvaluatorChoice, type Scored } from './score-output';

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
  evaluator: string;
  mode?: EvaluatorMode;
  asReleased?: true;
};

const evaluatorNames = evaluatorIds.map((id) => describeEvaluator(id).name).join(', ');

/** `assay score`: ranks auxiliary anomalies from folders of images or from vectors in a file, without a database. */
export function register(program: Command): void {
  program
    .command('score')
    .description('score auxiliary anomalies with EAP or other evaluators, from image folders or from vectors, without a database')
    .option('--normal <DIR>', 'images of good parts')
    .option('--anomaly <DIR>', 'images of real anomalies')
    .option('--auxiliary <DIR>', 'images of synthetic anomalies to be scored')
    .option('--npz <FILE>', 'vectors: X_train, y_train (1 = anomaly), X_aux and optionally prior_train, prior_aux in 0..1')
    .option('--model <FILE>', 'ONNX file of another extractor; needs --manifest')
    .option('--manifest <FILE>', 'manifest of that extractor (JSON)')
    .requiredOption('--out <FILE>', 'where the ranking goes (CSV); a JSON with the parameters is put beside it')
    .option('--evaluator <NAMES>', `which evaluators, with commas between them: ${evaluatorNames}`, 'EAP')
    .addOption(new Option('--mode <MODE>', 'of evaluators that have both: fast (with the short cuts that the documents name) or exact').choices(['fast', 'exact']))
    .option('--as-released', 'of evaluators that have it: as the authors\' program computes them, defects included')
    .addOption(new Option('--preset <NAME>', 'of EAP; paper: one pass as in the article; released: 100 subsets as the authors\' program').choices(['paper', 'released']).default('paper'))
    .option('--seed <N>', 'seed of everything random', '0')
    .option('--subsets <N>', 'of EAP and CAP: mean over so many random training subsets; overrides the preset')
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
  const scored: Scored[] = [];
  for (const choice of choices) {
    const started = performance.now();
    const valuation = await valueAuxiliary(choice.evaluator, input, choice, computeWith(context));
    scored.push({ choice, valuation, seconds: (performance.now() - started) / 1000 });
  }
  await writeRanking(out, input, scored).catch((cause: unknown) => writeFailure(out, cause));
  await writeFile(summaryFile, `${JSON.stringify(summaryOf(input, scored), null, 2)}\n`).catch((cause: unknown) => writeFailure(summaryFile, cause));
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

/** One choice per evaluator; what was given goes to those that have such a parameter. */
function choicesOf({ evaluator, preset, seed, subsets, mode, asReleased }: Options): EvaluatorChoice[] {
  const whole = (name: string, text: string) => {
    if (!/^\d{1,10}$/.test(text)) throw usage(`--${name} must be a whole number from 0 on, not "${text}".`);
    return Number(text);
  };
  const wanted = { ...(subsets === undefined ? {} : { subsets: whole('subsets', subsets) }), ...(mode === undefined ? {} : { mode }), ...(asReleased === undefined ? {} : { asReleased }) };
  const parsed = runParametersSchema.safeParse(wanted);
  if (!parsed.success) throw usage(`--${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}.`);
  const ids = evaluator.split(',').map((text) => {
    const id = evaluatorIdOf(text);
    if (id === undefined) throw usage(`There is no evaluator named "${text.trim()}". There are ${evaluatorNames}.`);
    return id;
  });
  if (new Set(ids).size < ids.length) throw usage('--evaluator names one twice.');
  return ids.map((id) => {
    const own = Object.entries(parsed.data).filter(([name]) => Object.hasOwn(describeEvaluator(id).defaults, name));
    return { evaluator: id, preset, seed: whole('seed', seed), parameters: Object.fromEntries(own) };
  });
}

function usage(message: string): AssayError {
  return new AssayError('parameter.invalid', message, { hint: 'See: npm run assay -- score --help' });
}
