import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { alpha0Variant, paperAlpha0s, paperEvaluators, type RankedResult, type SetKind } from './result';
import { alpha0Table, rankTable, rankTables, setTable } from './summary';

function result(set: string, seed: number, evaluator: string, figure: number, more: Partial<RankedResult> = {}): RankedResult {
  return { set, kind: 'tabular', seed, evaluator, aucQlt: figure, aulcGood: figure, accGood: figure, aulcPoor: 1 - figure, ...more };
}

function table(sets: number, kinds: readonly SetKind[] = ['tabular']): RankedResult[] {
  const { integer } = createRandom(2);
  const seeds = [1, 2, 3];
  return Array.from({ length: sets }, (_, s) => `set ${s}`).flatMap((set, s) =>
    seeds.flatMap((seed) => [...paperEvaluators, 'CAP'].map((evaluator) => result(set, seed, evaluator, integer(6) / 5, { kind: kinds[s % kinds.length]! }))),
  );
}

describe('the rank table', () => {
  it('gives thirteen evaluators ranks that sum to 91 however many tie, CAP none', () => {
    const { rows, experiments, incomplete } = rankTable(table(4));
    expect([experiments, incomplete]).toEqual([12, 0]);
    const sum = (of: (row: (typeof rows)[number]) => number | undefined) => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
    for (const metric of ['aucQlt', 'aulcGood', 'accGood', 'aulcPoor'] as const) expect(sum((row) => row.ranks?.[metric].mean)).toBeCloseTo(91, 9);
    expect(sum((row) => row.averageRank?.mean)).toBeCloseTo(91, 9);
    const cap = rows.find(({ evaluator }) => evaluator === 'CAP')!;
    expect(cap.ranks).toBeUndefined();
    expect(cap.experiments).toBe(12);
    expect(rows.at(-1)).toBe(cap);
  });

  it('is in order of the average rank, which is the mean of the four', () => {
    const { rows } = rankTable(table(3));
    const ranked = rows.filter(({ averageRank }) => averageRank !== undefined);
    for (const { ranks, averageRank } of ranked) {
      const four = Object.values(ranks!).map(({ mean }) => mean);
      expect(averageRank!.mean).toBeCloseTo(four.reduce((a, b) => a + b) / 4, 9);
    }
    const means = ranked.map(({ averageRank }) => averageRank!.mean);
    expect(means).toEqual([...means].sort((a, b) => a - b));
  });

  it('takes a low AULC_P and high other figures for good', () => {
    const rows = [result('a', 1, 'EAP', 0.9), result('a', 1, 'RARITY', 0.7), result('a', 1, 'LAVA', 0.7)];
    const found = Object.fromEntries(rankTable(rows).rows.map(({ evaluator, averageRank }) => [evaluator, averageRank!.mean]));
    expect(found).toEqual({ EAP: 1, RARITY: 2.5, LAVA: 2.5 });
  });

  it('leaves experiments out of the ranks in which an evaluator is missing', () => {
    const rows = [result('a', 1, 'EAP', 0.9), result('a', 1, 'LAVA', 0.7), result('a', 2, 'EAP', 0.2)];
    const { rows: found, experiments, incomplete } = rankTable(rows);
    expect([experiments, incomplete]).toEqual([1, 1]);
    expect(found.find(({ evaluator }) => evaluator === 'EAP')!.figures.aucQlt.mean).toBeCloseTo(0.55, 12);
    expect(found.find(({ evaluator }) => evaluator === 'EAP')!.ranks!.aucQlt.mean).toBe(1);
  });

  it('exists per kind of set and over all', () => {
    const { image, tabular, all } = rankTables(table(4, ['image', 'tabular']));
    expect([image!.experiments, tabular!.experiments, all!.experiments]).toEqual([6, 6, 12]);
    expect(rankTables(table(1)).image).toBeUndefined();
  });

  it('has mean and standard deviation over experiments', () => {
    const { figures } = rankTable([result('a', 1, 'EAP', 0.2), result('a', 2, 'EAP', 0.4)]).rows[0]!;
    expect(figures.aucQlt.mean).toBeCloseTo(0.3, 12);
    expect(figures.aucQlt.deviation).toBeCloseTo(Math.sqrt(0.02), 12);
  });
});

describe('the table of alpha0', () => {
  const variants = (set: string) => [result(set, 1, 'EAP', 0.5), ...paperAlpha0s.map((alpha0, i) => result(set, 1, alpha0Variant(alpha0), i / 10))];

  it('ranks the seven among themselves by AUC_QLT and ACC_G, and no other table sees the variants', () => {
    const results = [...variants('a'), ...variants('b'), result('a', 1, 'LAVA', 0.9)];
    const { rows } = alpha0Table(results);
    expect(rows).toHaveLength(7);
    expect(rows.reduce((sum, { averageRank }) => sum + averageRank!.mean, 0)).toBeCloseTo(28, 12);
    expect(rows[0]!.ranks!.aulcGood.mean).toBeNaN();
    expect(rankTable(results).rows.map(({ evaluator }) => evaluator).sort()).toEqual(['EAP', 'LAVA']);
  });

  it('belongs to no mean per set', () => {
    const [row] = setTable(variants('a'));
    expect([...row!.aucQlt.keys()]).toEqual(['EAP']);
  });
});
