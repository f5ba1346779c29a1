import { Option, type Command } from 'commander';
import pino from 'pino';
import { generatorIdSchema, generatorParametersSchema, MAX_GENERATED, MAX_SEED_SAMPLES, type GenerationSummary, type GeneratorId, type GeneratorParameters } from '@/lib/api/contracts/generators';
import { qualityLabelSchema, type QualityLabel } from '@/lib/api/contracts/common';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '@/lib/pipeline/context';
import { generateAnomalies } from '@/lib/pipeline/generate';
import { generateIntoFolder } from '@/lib/pipeline/generation/folder-batch';
import { summaryWords } from '@/lib/pipeline/generation/tally';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freezeGeneration, generationFolder } from '@/lib/store/generations/freeze';
import { checkedParameters, describeGenerator, fewestSeeds, generatorDescriptions, mostImages } from '@/lib/synthesis/describe';
import { limitSeeds } from '@/lib/synthesis/seed-limit';
import { imageFiles } from '../score-input/image-files';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';

type Options = {
  normal?: string;
  out?: string;
  project?: string;
  generator: GeneratorId;
  count: string;
  seed: string;
  seedLimit?: string;
  parameters?: string;
  qualityLabel?: QualityLabel;
  model?: string;
  list?: true;
};

type Request = {
  readonly generator: GeneratorId;
  readonly parameters: GeneratorParameters;
  readonly count: number;
  readonly seed: number;
  readonly seedLimit: number | null;
  readonly qualityLabel: QualityLabel | null;
  readonly model: string | undefined;
};

/** `assay generate`: makes synthetic anomalies of normal images, from a folder into a folder, or within a project. */
export function register(program: Command): void {
  program
    .command('generate')
    .description('make synthetic anomalies of normal images: from a folder into another, without a database, or within a project')
    .option('--normal <DIR>', 'folder of images of good parts; needs --out')
    .option('--out <DIR>', 'folder for auxiliary/, masks/ and parameters.jsonl; an import of it brings all of it into a project')
    .option('--project <NAME>', 'make them of the training normals of this project, and add them to it')
    .addOption(new Option('--generator <NAME>', 'how they are made').choices(generatorIdSchema.options).default('cutpaste'))
    .option('--count <N>', 'how many', '100')
    .option('--seed <N>', 'seed of everything random', '0')
    .option('--seed-limit <N>', 'use at most so many normal images, drawn at random')
    .option('--parameters <JSON>', 'parameters that differ from the defaults, as {"areaMaximum": 0.3}; see --list')
    .addOption(new Option('--quality-label <LABEL>', 'pseudo-quality that they get, for an evaluation set').choices(qualityLabelSchema.options))
    .option('--model <NAME_OR_FILE>', 'of diffstyle: the diffusion network; a file with --normal, a name of the library with --project')
    .option('--list', 'show the generators with their parameters and end')
    .action(generate);
}

async function generate(options: Options): Promise<void> {
  if (options.list === true) return listGenerators();
  const request = requestOf(options);
  const { normal, out, project } = options;
  if (project !== undefined) {
    if (normal !== undefined || out !== undefined) throw usage('Give either --project, or --normal and --out.');
    return withDatabase('npm run assay -- generate', () => intoProject(project, request));
  }
  if (normal === undefined || out === undefined) throw usage('Give --normal DIR and --out DIR, or --project NAME.');
  return intoFolder(userPath(normal), userPath(out), request);
}

function requestOf({ generator, count, seed, seedLimit, parameters, qualityLabel, model }: Options): Request {
  const given = generatorParametersSchema.safeParse(parameters === undefined ? {} : jsonOf(parameters));
  if (!given.success) throw usage('--parameters must be a JSON object of numbers and words.');
  if (describeGenerator(generator).needsNetwork !== (model !== undefined)) throw usage(model === undefined ? `${generator} needs --model.` : `${generator} needs no --model.`);
  return {
    generator,
    model,
    parameters: checkedParameters(generator, given.data),
    count: whole('--count', count, 1, MAX_GENERATED),
    seed: whole('--seed', seed, 0, 2 ** 31 - 1),
    seedLimit: seedLimit === undefined ? null : whole('--seed-limit', seedLimit, 1, MAX_SEED_SAMPLES),
    qualityLabel: qualityLabel ?? null,
  };
}

async function intoFolder(folder: string, out: string, { model, seedLimit, ...request }: Request): Promise<void> {
  const all = await imageFiles(folder);
  const files = limitSeeds(all, request.seed, seedLimit);
  if (files.length < fewestSeeds(request.generator)) throw new AssayError('data.too_few_rows', `There is only one image in ${folder}; ${request.generator} needs two.`);
  const context = { signal: stopSignal(), progress: stderrProgress() };
  const summary = await generateIntoFolder({ ...request, folder, files, out, model: model === undefined ? undefined : userPath(model) }, context).catch((error: unknown) => {
    throw context.signal.aborted ? stopped('What was made is kept; the same command makes the rest.', error) : error;
  });
  tell(summary, out);
}

async function intoProject(name: string, { model, seedLimit, ...request }: Request): Promise<void> {
  const context: PipelineContext = { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal: stopSignal(), progress: stderrProgress() };
  const project = await context.store.project.findUnique({ where: { name }, select: { id: true } });
  if (project === null) throw new AssayError('request.not_found', `There is no project called ${name}.`);
  const network = model === undefined ? null : await context.store.diffusionModel.findUnique({ where: { name: model }, select: { id: true } });
  if (model !== undefined && network === null) throw new AssayError('model.missing', `There is no diffusion network named ${model} in the library.`, { hint: 'See: npm run assay -- models diffusion list' });
  const generation = await context.store.$transaction((transaction) =>
    freezeGeneration(transaction, project.id, {
      ...request,
      seeds: 'training',
      limit: (ids) => limitSeeds(ids, request.seed, seedLimit),
      fewest: fewestSeeds(request.generator),
      most: (seedCount) => mostImages(request.generator, seedCount),
      diffusionModelId: network?.id ?? null,
      codeVersion: env().version,
      createdById: null,
      browserMayMake: false,
    }),
  );
  try {
    const summary = (await generateAnomalies({ generationId: generation.id }, context)) as unknown as GenerationSummary;
    tell(summary, `${name}, folder ${generationFolder(generation)}`);
  } catch (error) {
    await context.store.generation.update({ where: { id: generation.id }, data: { state: context.signal.aborted ? 'cancelled' : 'failed' } });
    throw context.signal.aborted ? stopped('What was made is kept; the same command finds it there and makes the rest.', error) : error;
  }
}

function tell(summary: GenerationSummary, where: string): void {
  for (const { message, count } of summary.failures) process.stdout.write(`failed ${count} times: ${message}\n`);
  process.stdout.write(`${summaryWords(summary)} in ${summary.seconds.toFixed(1)} s, in ${where}\n`);
}

function listGenerators(): void {
  for (const { id, name, description, source, parameters } of generatorDescriptions) {
    process.stdout.write(`${id}: ${name}. ${description} (${source})\n`);
    for (const parameter of parameters) {
      const range = parameter.kind === 'number' ? `${parameter.minimum} to ${parameter.maximum}` : parameter.options.map(({ value }) => value).join(' | ');
      process.stdout.write(`  ${parameter.name}\t${parameter.default} (${range})\t${parameter.description}\n`);
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return value;
  throw usage(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
}

function stopped(hint: string, cause: unknown): AssayError {
  return new AssayError('job.cancelled', 'The making of anomalies was stopped.', { hint, cause });
}

function usage(message: string): AssayError {
  return new AssayError('parameter.invalid', message, { hint: 'See: npm run assay -- generate --help' });
}
