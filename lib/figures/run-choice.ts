import { eapPresets } from '@/lib/anomaly/eap/parameters';
import type { EvaluatorMode } from '@/lib/anomaly/evaluators/evaluator';
import { describeDetector, detectorIds } from '@/lib/anomaly/detectors/registry';
import { describeEvaluator, evaluatorIds, isEvaluatorId, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { runParametersSchema, type RunParameters, type StartRuns } from '@/lib/api/contracts/runs';
import { hasParameter } from './evaluator-groups';

export type RunPreset = 'paper' | 'released';

/** Fields of the run dialog that are folded away; empty ones come from the preset or the evaluator's defaults. */
export type AdvancedField = {
  readonly key: keyof RunParameters;
  readonly label: string;
  readonly hint?: string;
  /** Choices by value; absent for numbers. */
  readonly options?: Readonly<Record<string, string>>;
};

/** Named as in the schema of run parameters; each is sent only to evaluators whose defaults hold it. */
export const advancedFields: readonly AdvancedField[] = [
  { key: 'k', label: 'Neighbours k', hint: 'Neighbours that a sphere or a vote is made of.' },
  { key: 'models', label: 'Models', hint: 'Detectors or draws.' },
  { key: 'subsets', label: 'Subsets', hint: '0: one pass. Otherwise the mean over so many.' },
  { key: 'kFloor', label: 'Floor of k', hint: 'Smallest k that the search for k-hat may give.' },
  { key: 'alpha0', label: 'Prior alpha0', hint: 'Prior share of anomalies; empty: m / n.' },
  { key: 'detector', label: 'Detector', options: Object.fromEntries(detectorIds.map((id) => [id, describeDetector(id).name])) },
  { key: 'detectorNeighbours', label: 'Detector neighbours', hint: 'k of SSDO.' },
  { key: 'trees', label: 'Trees', hint: 'Trees of the isolation forest.' },
  { key: 'centres', label: 'Centres', options: { all: 'all training samples', normals: 'normals' } },
  { key: 'ball', label: 'Sphere boundary', options: { closed: 'closed', open: 'open' } },
  { key: 'lambda', label: 'Percentile of lambda', options: { exact: 'exact', integer_percentile: 'whole percent' } },
];

/** The fields that at least one of the chosen evaluators has. */
export function fieldsOf(chosen: readonly EvaluatorId[]): AdvancedField[] {
  return advancedFields.filter(({ key }) => chosen.some((id) => hasParameter(id, key)));
}

export type AdvancedText = Readonly<Partial<Record<keyof RunParameters, string>>>;

/** What the run dialog holds. */
export type RunChoice = {
  readonly evaluators: readonly EvaluatorId[];
  /** Of EAP alone. */
  readonly preset: RunPreset;
  /** 'default' leaves each evaluator its own, which is fast for most and exact where the fast one is no faithful stand-in. */
  readonly mode: 'default' | EvaluatorMode;
  readonly asReleased: boolean;
  readonly advanced: AdvancedText;
  readonly seed: string;
};

export type ChosenRuns = { readonly runs: NonNullable<StartRuns['runs']>; readonly seed: number; readonly invalid: string | null };

/**
 * The runs that a choice means, in the order of the registry. Every evaluator gets the parameters that its defaults hold and
 * no other: the server refuses unknown ones. `invalid` says in a sentence what cannot be used; then there are no runs.
 */
export function chosenRuns({ evaluators, preset, mode, asReleased, advanced, seed }: RunChoice): ChosenRuns {
  const seedNumber = Number(seed);
  if (!Number.isSafeInteger(seedNumber) || seedNumber < 0) return { runs: [], seed: 0, invalid: 'The seed must be a whole number from 0 on.' };
  const parsed = parametersOf(advanced);
  if (typeof parsed === 'string') return { runs: [], seed: seedNumber, invalid: parsed };
  const wanted: RunParameters = { ...parsed, ...modeOf(mode), asReleased };
  const runs = evaluatorIds.filter((id) => evaluators.includes(id)).map((id) => ({ evaluator: id, preset: id === 'EAP' ? preset : ('paper' as const), parameters: ownParameters(id, wanted) }));
  return { runs, seed: seedNumber, invalid: runs.length === 0 ? 'Choose at least one evaluator.' : null };
}

/**
 * The parameters that one evaluator gets by a choice, for its estimate: EAP's preset is spelled out, and what cannot be read
 * counts as not given.
 */
export function parametersOfRun(id: EvaluatorId, { preset, mode, asReleased, advanced }: RunChoice): Readonly<Record<string, unknown>> {
  const parsed = parametersOf(advanced);
  const own = ownParameters(id, { ...(typeof parsed === 'string' ? {} : parsed), ...modeOf(mode), asReleased });
  return id === 'EAP' ? { ...eapPresets[preset], ...own } : own;
}

function modeOf(mode: RunChoice['mode']): { mode?: EvaluatorMode } {
  return mode === 'default' ? {} : { mode };
}

/** Chosen evaluators that leave a choice of mode, by the mode that they will run in. */
export function modesOf(evaluators: readonly EvaluatorId[], mode: RunChoice['mode']): { readonly fast: readonly EvaluatorId[]; readonly exact: readonly EvaluatorId[] } {
  const moded = evaluators.filter((id) => hasParameter(id, 'mode'));
  const isExact = (id: EvaluatorId) => (mode === 'default' ? defaultMode(id) : mode) === 'exact';
  return { fast: moded.filter((id) => !isExact(id)), exact: moded.filter(isExact) };
}

function defaultMode(id: EvaluatorId): unknown {
  return (describeEvaluator(id).defaults as Readonly<Record<string, unknown>>)['mode'];
}

/** Those of the parameters that the evaluator has. */
function ownParameters(id: EvaluatorId, parameters: RunParameters): RunParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => hasParameter(id, name)));
}

/** What was typed as parameters, or the sentence that says what is wrong with it. */
function parametersOf(text: AdvancedText): RunParameters | string {
  const filled = advancedFields.flatMap(({ key, options }) => {
    const typed = text[key]?.trim() ?? '';
    return typed === '' ? [] : [[key, options === undefined ? Number(typed) : typed] as const];
  });
  const parsed = runParametersSchema.safeParse(Object.fromEntries(filled));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = advancedFields.find(({ key }) => key === issue?.path[0]);
  return `${field?.label ?? 'A parameter'}: ${issue?.message ?? 'not valid'}`;
}

/** What decides whether CAP is proposed. */
export type Proposal = { readonly images: boolean; readonly anomalies: number };

/** Evaluators that are ticked at first: EAP, and CAP for image embeddings with at least two real anomalies. */
export function proposedEvaluators({ images, anomalies }: Proposal): EvaluatorId[] {
  return evaluatorIds.filter((id) => id === 'EAP' || (images && anomalies >= 2 && isOurOwn(id)));
}

function isOurOwn(id: string): boolean {
  return isEvaluatorId(id) && !describeEvaluator(id).inPaper;
}
