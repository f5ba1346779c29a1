import { extent } from './axis';
import { formatNumber, formatUnit } from './format';
import type { SortKey } from './ranking';
import type { ScoreTable } from './score-table';

/** Which parts of a score a run knows: EAP all of them, others fewer. */
export type KnownParts = { readonly zone: boolean; readonly probability: boolean; readonly density: boolean; readonly rarity: boolean };

export function knownParts(table: ScoreTable): KnownParts {
  return {
    zone: table.zone.some((code) => code !== 0),
    probability: table.probability.some(Number.isFinite),
    density: table.density.some(Number.isFinite),
    rarity: table.rarity.some(Number.isFinite),
  };
}

/** Whether a run can be sorted by a column: parts that it does not know order nothing. */
export function isSortable(key: SortKey, known: KnownParts): boolean {
  return key in known ? known[key as keyof KnownParts] : true;
}

/**
 * How qualities of a run are written: with three decimals where they lie in 0..1 and are not all tiny, else with
 * three significant digits (values of LAVA are negative, those of KNNSHAP a thousandth).
 */
export function qualityFormat(table: ScoreTable): (value: number | null | undefined) => string {
  const range = extent(table.quality, Uint32Array.from({ length: table.rows }, (_, row) => row));
  const unit = range === null || (range[0] >= 0 && range[1] <= 1 && range[1] >= 0.05);
  return unit ? (value) => formatUnit(value, 3) : (value) => formatNumber(value);
}
