import type { CsvCell } from '../csv';
import { formatUnit } from '../format';

/** `rest`: all real anomalies. `closest`: of each candidate the defect type that it finds hardest. */
export type Task = 'rest' | 'closest';

/** One candidate (an extractor with a detector, or a pair of prompts) as a figure and a table show it. */
export type CandidateLine = {
  /** Position in the selection. */
  readonly index: number;
  readonly name: string;
  /** Number of weights; null where it is not known. */
  readonly weights: number | null;
  /** AUROC on the synthetic validation set. */
  readonly auroc: number;
  /** 95 % of the bootstrap draws; null where only the hardest anomalies count, which are not drawn anew. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Share of the bootstrap draws that it wins, by all synthetic anomalies. */
  readonly wins: number;
  readonly real: number | null;
  /** Defect type behind `real`, where it is the hardest one. */
  readonly realType: string | null;
  readonly picked: boolean;
  /** Whether it shares the first place. */
  readonly tied: boolean;
};

/** A line across the figure: what another way of choosing reaches. */
export type Guide = { readonly id: 'best' | 'baseline'; readonly name: string; readonly value: number };

/** Best first; of equals the first stands first, as in the choice itself. */
export function bestFirst(lines: readonly CandidateLine[]): CandidateLine[] {
  return [...lines].sort((a, b) => b.auroc - a.auroc || a.index - b.index);
}

export type LineKey = 'name' | 'auroc' | 'wins' | 'real' | 'weights';
export type LineSort = { readonly key: LineKey; readonly descending: boolean };

/** Lines by a column; what has no number stands last either way. */
export function sortedLines(lines: readonly CandidateLine[], { key, descending }: LineSort): CandidateLine[] {
  const sign = descending ? -1 : 1;
  return [...lines].sort((a, b) => {
    if (key === 'name') return sign * a.name.localeCompare(b.name, 'en') || a.index - b.index;
    const [left, right] = [a[key], b[key]];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a.index - b.index;
    return sign * (left - right) || a.index - b.index;
  });
}

export function candidatesCsv(lines: readonly CandidateLine[]): { header: string[]; rows: CsvCell[][] } {
  return {
    header: ['candidate', 'auroc_synthetic', 'low_95', 'high_95', 'win_share', 'auroc_real', 'defect_type', 'weights', 'picked', 'tied'],
    rows: lines.map(({ name, auroc, interval, wins, real, realType, weights, picked, tied }) => [name, auroc, interval?.[0] ?? null, interval?.[1] ?? null, wins, real, realType, weights, picked ? 'yes' : 'no', tied ? 'yes' : 'no']),
  };
}

/** The figure of all candidates in words; `each`: "each candidate". */
export function candidatesInWords(lines: readonly CandidateLine[], each: string): string {
  const words = lines.map(({ name, auroc, interval, real, picked }) => {
    const range = interval === null ? '' : ` from ${formatUnit(interval[0], 3)} to ${formatUnit(interval[1], 3)}`;
    return `${name}${picked ? ', the pick' : ''}: ${formatUnit(auroc, 3)}${range}${real === null ? '' : `, real ${formatUnit(real, 3)}`}`;
  });
  return `AUROC on synthetic anomalies of ${each}. ${words.join('. ')}.`;
}
