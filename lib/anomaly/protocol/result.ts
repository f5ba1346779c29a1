import type { CurveBranch } from '../curves/curve';

/** Images' features or measured columns: the paper judges them apart and with different downstream models. */
export type SetKind = 'image' | 'tabular';

/** The four figures by which the paper ranks evaluators in every experiment. */
export const protocolMetrics = ['aucQlt', 'aulcGood', 'accGood', 'aulcPoor'] as const;
export type ProtocolMetric = (typeof protocolMetrics)[number];

/** Which end of a figure is the better one. */
export const metricDirections: Readonly<Record<ProtocolMetric, 'higher_is_better' | 'lower_is_better'>> = {
  aucQlt: 'higher_is_better',
  aulcGood: 'higher_is_better',
  accGood: 'higher_is_better',
  aulcPoor: 'lower_is_better',
};

/**
 * What one evaluator reached in one experiment, i.e. one split of one set by one seed (EAP paper, Section 5.1). All four
 * figures lie in 0..1.
 */
export type ExperimentResult = RankedResult & {
  /** Wall clock of the valuation in seconds. */
  readonly seconds: number;
  /** LC_G: best rows first. */
  readonly good: CurveBranch;
  /** LC_P: worst rows first. */
  readonly poor: CurveBranch;
  /** Auxiliary rows l. */
  readonly auxiliary: number;
  /** Given for the variants of EAP with a fixed prior share of anomalies; undefined for every evaluator by its defaults. */
  readonly alpha0?: number | undefined;
};

/** The part of a result that tables of ranks are made from. */
export type RankedResult = {
  readonly set: string;
  readonly kind: SetKind;
  readonly seed: number;
  /** Id of the registry; of a variant of EAP with a prior of its own the name of `alpha0Variant`. */
  readonly evaluator: string;
  /** Area under the ROC curve of the values: realistic against unrealistic and indistinguishable auxiliary rows. */
  readonly aucQlt: number;
  /** Area under LC_G up to a third of the ranked rows. */
  readonly aulcGood: number;
  /** Test accuracy with the best third added. */
  readonly accGood: number;
  /** Area under LC_P up to two thirds of the inversely ranked rows; lower is better. */
  readonly aulcPoor: number;
};

/** Prior shares of anomalies that the paper tries beside m / n (Table 3). */
export const paperAlpha0s: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4];

/** The name of EAP with a fixed alpha0 in tables and files, e.g. `EAP_0.05`. */
export function alpha0Variant(alpha0: number): string {
  return `EAP_${alpha0}`;
}

/** The alpha0 that a name of `alpha0Variant` states; undefined for other evaluators. */
export function alpha0Of(evaluator: string): number | undefined {
  const stated = /^EAP_(\d+(?:\.\d+)?)$/.exec(evaluator)?.[1];
  return stated === undefined ? undefined : Number(stated);
}

/** The thirteen evaluators of the paper's tables by their ids, which alone are ranked 1..13. */
export const paperEvaluators = [
  'EAP', 'RARITY', 'LAVA', 'P_YX_NPX', 'LOO', 'RANDOMEV', 'DATAOOB', 'KNNSHAP', 'AME', 'INF', 'P_YX', 'DATABANZHAF', 'P_X',
] as const;
export type PaperEvaluator = (typeof paperEvaluators)[number];

export function isPaperEvaluator(id: string): id is PaperEvaluator {
  return (paperEvaluators as readonly string[]).includes(id);
}
