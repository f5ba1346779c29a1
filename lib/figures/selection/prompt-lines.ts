import { describeEvaluator, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { fillPromptPair, type PromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptSelection, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import type { CsvCell } from '../csv';
import type { CandidateLine, Guide, Task } from './candidate-lines';

type Made = { readonly settings: Pick<PromptSelection['settings'], 'pairs' | 'objectName'>; readonly summary: PromptSelectionSummary };

/** Texts of all pairs with the name of the object in them. */
export function filledPairs({ pairs, objectName }: Made['settings']): PromptPair[] {
  return pairs.map((pair) => fillPromptPair(pair, objectName));
}

/** A pair in one line: "screw / damaged screw". */
export function pairName({ normal, anomalous }: PromptPair): string {
  return `${normal} / ${anomalous}`;
}

/** One line a pair, in the order of the pool. */
export function promptLines({ settings, summary }: Made, task: Task): CandidateLine[] {
  const names = filledPairs(settings).map(pairName);
  const { pairs, pick } = summary;
  return pairs.map(({ auroc, low, high, wins, real }, index) => ({
    index,
    name: names[index]!,
    weights: null,
    auroc,
    interval: [low, high],
    wins,
    real: real?.[task] ?? null,
    realType: null,
    picked: index === pick.index,
    tied: pick.tied.length > 1 && pick.tied.includes(index),
  }));
}

/** What the default prompt (the first of the pool) and the ensemble of all pairs reach on the synthetic anomalies. */
export function promptGuides({ pairs, ensemble }: PromptSelectionSummary): Guide[] {
  return [
    { id: 'baseline', name: `default prompt ${pairs[0]!.auroc.toFixed(3)}`, value: pairs[0]!.auroc },
    { id: 'best', name: `ensemble of all ${ensemble.auroc.toFixed(3)}`, value: ensemble.auroc },
  ];
}

/** A column of the EAP paper's Table 2, as a line. */
export type EvaluatorLine = {
  readonly id: string;
  readonly name: string;
  /** Position of the pair that was picked, and its texts; null where the evaluator could not value. */
  readonly pick: number | null;
  readonly texts: string | null;
  readonly tied: number;
  readonly kept: number;
  readonly auroc: number | null;
  readonly realAuroc: number | null;
  /** Whether no evaluator reaches more on real anomalies. */
  readonly best: boolean;
  readonly message: string | null;
};

/** The evaluators side by side, in the order of the registry; the best real AUROC is marked. */
export function evaluatorLines({ settings, summary }: Made): EvaluatorLine[] {
  const texts = filledPairs(settings).map(pairName);
  const best = Math.max(...summary.evaluators.map(({ realAuroc }) => realAuroc ?? -Infinity));
  return summary.evaluators.map(({ evaluator, pick, kept, realAuroc, message }) => ({
    id: evaluator,
    name: isEvaluatorId(evaluator) ? describeEvaluator(evaluator).name : evaluator,
    pick: pick?.index ?? null,
    texts: pick === null ? null : texts[pick.index]!,
    tied: pick?.tied.length ?? 0,
    kept,
    auroc: pick?.value ?? null,
    realAuroc,
    best: realAuroc !== null && realAuroc === best,
    message,
  }));
}

export function evaluatorsCsv(lines: readonly EvaluatorLine[]): { header: string[]; rows: CsvCell[][] } {
  return {
    header: ['evaluator', 'pair', 'texts', 'tied', 'kept', 'auroc_synthetic', 'auroc_real', 'message'],
    rows: lines.map(({ name, pick, texts, tied, kept, auroc, realAuroc, message }) => [name, pick === null ? null : pick + 1, texts, tied, kept, auroc, realAuroc, message]),
  };
}
