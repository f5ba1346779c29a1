import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { SelectionResult } from '@/lib/anomaly/selection/select-candidate';
import { writeFailure } from '../output-file';

export type Column = { readonly name: string; readonly value: (row: number) => string | number | undefined };

/** What tells a candidate from the others: words by column name. */
export type CandidateName = Readonly<Record<string, string>>;

/** Writes rows 0 to `rows` - 1 as CSV. @throws AssayError `storage.full`, `storage.failed` */
export async function writeTable(file: string, columns: readonly Column[], rows: number): Promise<void> {
  function* lines() {
    yield columns.map(({ name }) => name);
    for (let row = 0; row < rows; row += 1) yield columns.map(({ value }) => value(row));
  }
  await pipeline(lines, stringify({ escape_formulas: true }), createWriteStream(file)).catch((cause: unknown) => writeFailure(file, cause));
}

/** @throws AssayError `storage.full`, `storage.failed` */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`).catch((cause: unknown) => writeFailure(file, cause));
}

/** One row per candidate: its names, synthetic AUROC with interval, how often it wins, real AUROCs where there are labels. */
export function selectionColumns(names: readonly CandidateName[], result: SelectionResult): Column[] {
  const { intervals, winShares, variants, real, pick } = result;
  const number = (name: string, value: (row: number) => number): Column => ({ name, value: (row) => String(value(row)) });
  return [
    ...Object.keys(names[0] ?? {}).map((name): Column => ({ name, value: (row) => names[row]?.[name] })),
    { name: 'selected', value: (row) => (row === pick.index ? 1 : 0) },
    number('synthetic_auroc', (row) => intervals[row]!.auroc),
    number('synthetic_low', (row) => intervals[row]!.low),
    number('synthetic_high', (row) => intervals[row]!.high),
    number('win_share', (row) => winShares[row]!),
    ...variants.flatMap(({ hardest, aurocs }) => (hardest === 'all' ? [] : [number(`synthetic_auroc_hardest_${hardest}`, (row) => aurocs[row]!)])),
    ...(real === null ? [] : [number('real_auroc', (row) => real[row]!.rest), number('real_auroc_closest', (row) => real[row]!.closest), { name: 'closest_type', value: (row: number) => real[row]!.closestType ?? undefined }]),
  ];
}

/** The JSON beside: the choice, how sure it is and, with labels, how good it was. */
export function selectionSummary(names: readonly CandidateName[], result: SelectionResult): Record<string, unknown> {
  const { pick, stability, variants, tasks, draws } = result;
  return {
    selected: { ...names[pick.index], candidate: pick.index, auroc: pick.value, tie: pick.tied.length > 1, tied: pick.tied, stability, draws },
    hardest: variants.map(({ hardest, pick: chosen, kendall }) => ({ hardest, candidate: chosen.index, auroc: chosen.value, kendall })),
    tasks: tasks.map(({ task, selected, best, baselines }) => ({ task, selected, best, baselines })),
    candidates: names,
  };
}
