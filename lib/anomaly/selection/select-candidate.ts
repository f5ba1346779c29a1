import { hardestOfPaper, hardestScores, type Hardest } from './hardest';
import { kendallTau, type KendallTau } from './kendall';
import { pairedBootstrap, type BootstrapInterval, type ValidationScores } from './paired-bootstrap';
import { isPickHit, pickBest, type Pick } from './pick';
import { realAurocs, type RealAurocs, type SelectionTask } from './tasks';
import { twoSampleAuroc } from './two-sample-auroc';

/** Scores of one candidate (a detector on an extractor's features, or a prompt pair); higher = more anomalous. */
export type CandidateScores = {
  /** Synthetic anomalies against held-out normals of the support set. */
  readonly synthetic: ValidationScores;
  /** Real anomalies against normals, where there are labels; for all candidates or for none. */
  readonly real: ValidationScores | null;
};

/** A strategy that does not look at synthetic anomalies: always the same candidate, or something that is no candidate (an ensemble). */
export type Baseline = { readonly name: string; readonly candidate: number | null; readonly real: ValidationScores | null };

export type SelectionInput = {
  readonly candidates: readonly CandidateScores[];
  /** Of the real anomalies, in their order; null where none are told apart. */
  readonly defectTypes: readonly (string | null)[] | null;
  readonly baselines: readonly Baseline[];
};

export type SelectionOptions = {
  readonly seed: number;
  /** Bootstrap draws; default 1,000. */
  readonly draws?: number;
  /** Default: all, 10 and 5. The first decides the pick. */
  readonly hardest?: readonly Hardest[];
};

/** The choice that the synthetic anomalies make when only the hardest ones of each candidate count. */
export type SelectionVariant = {
  readonly hardest: Hardest;
  readonly aurocs: readonly number[];
  readonly pick: Pick;
  /** Null without real data. */
  readonly kendall: Readonly<Record<SelectionTask, KendallTau>> | null;
};

/** What a strategy reaches on real data. */
export type StrategyOutcome = {
  readonly name: string;
  readonly candidate: number | null;
  readonly auroc: number | null;
  /** Whether it is as good as the best candidate; null for what is no candidate. */
  readonly hit: boolean | null;
};

/** A task with real labels: how the synthetic choice, the baselines and the best possible choice fare. */
export type TaskOutcome = {
  readonly task: SelectionTask;
  readonly aurocs: readonly number[];
  readonly selected: StrategyOutcome;
  readonly best: StrategyOutcome;
  readonly baselines: readonly StrategyOutcome[];
};

export type SelectionResult = {
  readonly pick: Pick;
  readonly intervals: readonly BootstrapInterval[];
  readonly winShares: readonly number[];
  /** Share of bootstrap draws in which the pick is picked again. */
  readonly stability: number;
  readonly draws: number;
  readonly variants: readonly SelectionVariant[];
  /** Per candidate; null without real data. */
  readonly real: readonly RealAurocs[] | null;
  /** Empty without real data. */
  readonly tasks: readonly TaskOutcome[];
};

/**
 * Selects among candidates by their AUROC on synthetic anomalies against held-out normals (SWSA paper, Section 3.1, steps 3 and 4)
 * and, where there are real labels too, says how good that choice was (its Tables 1 and 2). Plain data in, plain data out.
 * Throws NumericsError `data.*` when candidates were not scored on the same rows, `parameter.invalid`.
 */
export function selectCandidate({ candidates, defectTypes, baselines }: SelectionInput, options: SelectionOptions): SelectionResult {
  const { seed, draws, hardest = hardestOfPaper } = options;
  const bootstrap = pairedBootstrap(candidates.map(({ synthetic }) => synthetic), draws === undefined ? { seed } : { seed, draws });
  const scored = candidates.flatMap(({ real: scores }) => (scores === null ? [] : [scores]));
  const real = scored.length < candidates.length ? null : scored.map((scores) => realAurocs(scores, defectTypes));
  const variants = (hardest.length === 0 ? (['all'] as const) : hardest).map((count) => variantOf(candidates, count, real));
  const { pick } = variants[0]!;
  const tasks = real === null ? [] : (['closest', 'rest'] as const).map((task) => taskOutcome(task, real, pick, baselines, defectTypes));
  return { pick, intervals: bootstrap.intervals, winShares: bootstrap.winShares, stability: bootstrap.winShares[pick.index]!, draws: bootstrap.draws, variants, real, tasks };
}

function variantOf(candidates: readonly CandidateScores[], hardest: Hardest, real: readonly RealAurocs[] | null): SelectionVariant {
  const aurocs = candidates.map(({ synthetic }) => twoSampleAuroc(hardestScores(synthetic.anomalies, hardest), synthetic.normals));
  const against = (task: SelectionTask) => kendallTau(aurocs, real!.map((values) => values[task]));
  const kendall = real === null || real.length < 2 ? null : { rest: against('rest'), closest: against('closest') };
  return { hardest, aurocs, pick: pickBest(aurocs), kendall };
}

function taskOutcome(task: SelectionTask, real: readonly RealAurocs[], pick: Pick, baselines: readonly Baseline[], defectTypes: SelectionInput['defectTypes']): TaskOutcome {
  const aurocs = real.map((values) => values[task]);
  const candidate = (name: string, index: number): StrategyOutcome => ({ name, candidate: index, auroc: aurocs[index]!, hit: isPickHit(aurocs, index) });
  const baseline = ({ name, candidate: index, real: scores }: Baseline): StrategyOutcome => {
    if (index !== null) return candidate(name, index);
    return { name, candidate: null, auroc: scores === null ? null : realAurocs(scores, defectTypes)[task], hit: null };
  };
  return { task, aurocs, selected: candidate('SWSA', pick.index), best: candidate('Best', pickBest(aurocs).index), baselines: baselines.map(baseline) };
}
