import type { EvaluatorMode } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, evaluatorIds, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { startExperimentSchema, type ExperimentCandidate, type ExperimentSettings, type SetKind, type StartExperiment } from '@/lib/api/contracts/experiments';
import { splitOf } from './plan';

/** What the dialog of a new experiment holds; numbers as they were typed. */
export type ExperimentForm = {
  readonly name: string;
  /** Chosen sets by id of the feature set, with how each is judged. */
  readonly sets: ReadonlyMap<string, SetKind>;
  readonly evaluators: readonly EvaluatorId[];
  readonly seeds: string;
  readonly mode: 'fast' | 'exact';
  readonly split: 'paper' | 'released';
  readonly curvePoints: 'exact' | '9';
  readonly priorSensitivity: boolean;
};

/** The paper's experiment: its thirteen evaluators and our own, ten seeds, no set chosen yet. */
export function emptyForm(): ExperimentForm {
  return { name: '', sets: new Map(), evaluators: evaluatorIds, seeds: '10', mode: 'fast', split: 'paper', curvePoints: '9', priorSensitivity: false };
}

export type FormProblems = Readonly<Partial<Record<'name' | 'sets' | 'evaluators' | 'seeds' | 'prior', string>>>;

export type CheckedForm = {
  /** Null while something is wrong. */
  readonly input: StartExperiment | null;
  /** Null while the settings cannot be read; for the estimate. */
  readonly settings: ExperimentSettings | null;
  readonly problems: FormProblems;
};

const seedsMost = 50;

/** Reads the form: the input of the action, or a sentence for every field that is wrong. */
export function checkForm(form: ExperimentForm, projectId: string, candidates: readonly ExperimentCandidate[]): CheckedForm {
  const seeds = wholeSeeds(form.seeds);
  const settings = seeds !== null && form.evaluators.length > 0 ? settingsOf(form, seeds) : null;
  const problems = problemsOf(form, candidates, seeds);
  if (settings === null || Object.keys(problems).length > 0) return { input: null, settings, problems };
  const input = { projectId, name: form.name.trim(), sets: [...form.sets].map(([featureSetId, kind]) => ({ featureSetId, kind })), settings };
  const parsed = startExperimentSchema.safeParse(input);
  if (parsed.success) return { input, settings, problems };
  const [issue] = parsed.error.issues;
  const message = issue?.message ?? 'Something is not valid.';
  return { input: null, settings, problems: issue?.path[0] === 'name' ? { name: message } : { sets: message } };
}

function wholeSeeds(text: string): number | null {
  const seeds = Number(text);
  return text.trim() !== '' && Number.isInteger(seeds) && seeds >= 1 && seeds <= seedsMost ? seeds : null;
}

function problemsOf(form: ExperimentForm, candidates: readonly ExperimentCandidate[], seeds: number | null): FormProblems {
  return {
    ...(form.name.trim() === '' ? { name: 'Give the experiment a name.' } : {}),
    ...setsProblem(form, candidates),
    ...(form.evaluators.length === 0 ? { evaluators: 'Choose at least one evaluator.' } : {}),
    ...(seeds === null ? { seeds: `A whole number from 1 to ${seedsMost}.` } : {}),
    ...(form.priorSensitivity && !form.evaluators.includes('EAP') ? { prior: 'The prior belongs to EAP: choose EAP as well.' } : {}),
  };
}

function settingsOf({ evaluators, mode, split, curvePoints, priorSensitivity }: ExperimentForm, seeds: number): ExperimentSettings {
  const ordered = evaluatorIds.filter((id) => evaluators.includes(id));
  return { evaluators: ordered, mode, seeds, split, curvePoints: curvePoints === 'exact' ? 'exact' : Number(curvePoints), priorSensitivity, maxNormals: 1_000 };
}

function setsProblem({ sets, split }: ExperimentForm, candidates: readonly ExperimentCandidate[]): FormProblems {
  if (sets.size < 2) return { sets: 'Choose at least two sets: the unrealistic samples of one come from the others.' };
  const small = candidates.find((candidate) => sets.has(candidate.featureSetId) && typeof splitOf(candidate, { split, maxNormals: 1_000 }) === 'string');
  return small === undefined ? {} : { sets: `${small.projectName}, ${small.source}: too small for this split.` };
}

/** Candidates whose project or source holds all words, by project in the order of its first set. */
export function groupCandidates(candidates: readonly ExperimentCandidate[], filter: string): { projectId: string; projectName: string; sets: ExperimentCandidate[] }[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const groups = new Map<string, { projectId: string; projectName: string; sets: ExperimentCandidate[] }>();
  for (const candidate of candidates) {
    const text = `${candidate.projectName} ${candidate.source} ${candidate.kind}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(candidate.projectId) ?? { projectId: candidate.projectId, projectName: candidate.projectName, sets: [] };
    group.sets.push(candidate);
    groups.set(candidate.projectId, group);
  }
  return [...groups.values()];
}

/** Evaluators that take short cuts unless they are told to be exact. */
export function fastEvaluators(): EvaluatorId[] {
  return evaluatorIds.filter((id) => (describeEvaluator(id).defaults as { mode?: EvaluatorMode }).mode === 'fast');
}
