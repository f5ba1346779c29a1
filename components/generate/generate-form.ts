import { qualityLabelSchema, type QualityLabel } from '@/lib/api/contracts/common';
import { generatorIdSchema, MAX_GENERATED, MAX_SEED_SAMPLES, type Generation, type GeneratorId, type StartGeneration } from '@/lib/api/contracts/generators';
import { checkedParameters, describeGenerator, fewestSeeds } from '@/lib/synthesis/describe';
import { pairCount } from '@/lib/synthesis/diffstyle/pairs';
import type { GeneratorParameter, ParameterValues } from '@/lib/synthesis/generator';
import { limitSeeds } from '@/lib/synthesis/seed-limit';

/** What the person has set, as it stands in the fields. */
export type GenerateForm = {
  readonly generator: GeneratorId;
  /** Texts of the parameters that differ from the defaults. */
  readonly values: Readonly<Record<string, string>>;
  readonly seed: string;
  readonly count: string;
  /** Empty: no limit. */
  readonly limit: string;
  /** All training normals, or these. */
  readonly seeds: 'training' | readonly string[];
  readonly qualityLabel: QualityLabel | '';
  readonly diffusionModelId: string;
};

export const emptyForm: GenerateForm = { generator: 'cutpaste', values: {}, seed: '0', count: '100', limit: '', seeds: 'training', qualityLabel: '', diffusionModelId: '' };

/** What is wrong with a field, by its name; parameters under `values`. */
export type FormProblems = {
  readonly values: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly count?: string;
  readonly limit?: string;
  readonly seeds?: string;
  readonly model?: string;
};

export type CheckedForm = {
  /** With defaults; null when a value is wrong. */
  readonly parameters: ParameterValues | null;
  readonly seed: number | null;
  /** The seed images of the batch, in its order: the batch draws them the same way (lib/store/generations/freeze.ts). */
  readonly seedIds: readonly string[];
  readonly problems: FormProblems;
  /** What starts the batch, but for its project; null while anything is wrong. */
  readonly input: Omit<StartGeneration, 'projectId'> | null;
};

/** Checks the form with the rules of the batch itself. @param trainingIds training normals in their order */
export function checkForm(form: GenerateForm, trainingIds: readonly string[]): CheckedForm {
  const { seeds } = form;
  const { parameters, values } = checkValues(form);
  const seed = whole(form.seed, 0, 2 ** 31 - 1);
  const limit = form.limit.trim() === '' ? null : whole(form.limit, 1, MAX_SEED_SAMPLES);
  const count = whole(form.count, 1, MAX_GENERATED);
  const chosen = seeds === 'training' ? trainingIds : [...new Set(seeds)].sort();
  const seedIds = isWrong(limit) || isWrong(seed) ? [] : limitSeeds(chosen, seed, limit).slice(0, MAX_SEED_SAMPLES);
  const problems: FormProblems = { values, ...wrong({ seed, limit }), ...countProblem(form, count, seedIds.length), ...seedProblem(form, seedIds.length), ...modelProblem(form) };
  return { parameters, seed: isWrong(seed) ? null : seed, seedIds, problems, input: inputOf() };

  function inputOf(): CheckedForm['input'] {
    if (parameters === null || isWrong(seed) || isWrong(count) || isWrong(limit) || Object.keys(problems).length > 1) return null;
    const { generator, qualityLabel, diffusionModelId } = form;
    return { generator, parameters, count, seed, seeds: seeds === 'training' ? seeds : [...chosen], seedLimit: limit, qualityLabel: qualityLabel === '' ? null : qualityLabel, diffusionModelId: diffusionModelId === '' ? null : diffusionModelId };
  }
}

/** A value is a number or nothing; a sentence says why there is none. */
function isWrong(value: number | string | null): value is string {
  return typeof value === 'string';
}

function wrong(values: Readonly<Record<'seed' | 'limit', number | string | null>>): Pick<FormProblems, 'seed' | 'limit'> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isWrong(value)));
}

function modelProblem({ generator, diffusionModelId }: GenerateForm): { model?: string } {
  return describeGenerator(generator).needsNetwork && diffusionModelId === '' ? { model: 'Choose a network.' } : {};
}

function countProblem({ generator }: GenerateForm, count: number | string, seeds: number): { count?: string } {
  if (isWrong(count)) return { count };
  if (!describeGenerator(generator).needsNetwork || count <= pairCount(seeds)) return {};
  return { count: `${seeds} seed images make ${pairCount(seeds)} pairs of style and content, and no more images.` };
}

function seedProblem({ generator }: GenerateForm, seeds: number): { seeds?: string } {
  const fewest = fewestSeeds(generator);
  if (seeds >= fewest) return {};
  return { seeds: fewest === 1 ? 'Choose at least one seed image.' : `${describeGenerator(generator).name} needs at least ${fewest} seed images.` };
}

function whole(text: string, minimum: number, maximum: number): number | string {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  return `A whole number from ${minimum} to ${maximum.toLocaleString('en')}.`;
}

/** The rules of the generator, with its own words: names of parameters become the labels of the fields. */
function checkValues({ generator, values }: GenerateForm): { parameters: ParameterValues | null; values: Record<string, string> } {
  const fields = describeGenerator(generator).parameters;
  const given = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, valueOf(fields.find((field) => field.name === name), text)]));
  try {
    return { parameters: checkedParameters(generator, given), values: {} };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const field = fields.find(({ name }) => message.startsWith(`${name} `)) ?? fields[0];
    const words = fields.reduce((text, { name, label }) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), label), message);
    return { parameters: null, values: field === undefined ? {} : { [field.name]: words } };
  }
}

/** A number where the text is one; else the text, which the check refuses. */
function valueOf(field: GeneratorParameter | undefined, text: string): number | string {
  const value = Number(text);
  return field?.kind === 'number' && text.trim() !== '' && Number.isFinite(value) ? value : text;
}

/** The form with another generator: parameters begin anew. */
export function withGenerator(form: GenerateForm, generator: GeneratorId): GenerateForm {
  return { ...form, generator, values: {} };
}

/** The form with one parameter set; the default is no change. */
export function withValue(form: GenerateForm, field: GeneratorParameter, text: string): GenerateForm {
  const others = Object.fromEntries(Object.entries(form.values).filter(([name]) => name !== field.name));
  return { ...form, values: text === String(field.default) ? others : { ...others, [field.name]: text } };
}

/** The form that would make a batch with the settings of this one; its seed stays, so that the difference is what is changed next. */
export function formOf(generation: Pick<Generation, 'generator' | 'parameters' | 'seed' | 'count' | 'qualityLabel'>, form: GenerateForm): GenerateForm {
  const { generator, parameters, seed, count, qualityLabel } = generation;
  return { ...form, generator, values: changedValues(generator, parameters), seed: String(seed), count: String(count), qualityLabel: qualityLabel ?? '' };
}

/** Texts of the parameters that differ from their defaults. */
export function changedValues(generator: GeneratorId, parameters: Readonly<Record<string, number | string>>): Record<string, string> {
  const fields = describeGenerator(generator).parameters;
  return Object.fromEntries(fields.flatMap(({ name, default: usual }) => (parameters[name] === undefined || parameters[name] === usual ? [] : [[name, String(parameters[name])]])));
}

const keyOf = (name: string) => `p.${name}`;

/** What of the form stands in the address; null removes. Chosen seed images are too many for it. */
export function formToUrl(form: GenerateForm, before: Iterable<string>): Record<string, string | null> {
  const stale = Object.fromEntries([...before].filter((key) => key.startsWith('p.')).map((key) => [key, null]));
  const unless = (value: string, usual: string) => (value === usual ? null : value);
  return {
    ...stale,
    g: unless(form.generator, emptyForm.generator),
    seed: unless(form.seed, emptyForm.seed),
    n: unless(form.count, emptyForm.count),
    limit: unless(form.limit, ''),
    quality: unless(form.qualityLabel, ''),
    network: unless(form.diffusionModelId, ''),
    ...Object.fromEntries(Object.entries(form.values).map(([name, text]) => [keyOf(name), text])),
  };
}

/** The form that the address says; what is not understood is left out. */
export function formFromUrl(params: URLSearchParams): GenerateForm {
  const generator = generatorIdSchema.catch(emptyForm.generator).parse(params.get('g'));
  const quality = qualityLabelSchema.safeParse(params.get('quality'));
  const values = describeGenerator(generator).parameters.flatMap(({ name }) => (params.has(keyOf(name)) ? [[name, params.get(keyOf(name))!] as const] : []));
  return {
    ...emptyForm,
    generator,
    values: Object.fromEntries(values),
    seed: params.get('seed') ?? emptyForm.seed,
    count: params.get('n') ?? emptyForm.count,
    limit: params.get('limit') ?? '',
    qualityLabel: quality.success ? quality.data : '',
    diffusionModelId: params.get('network') ?? '',
  };
}
