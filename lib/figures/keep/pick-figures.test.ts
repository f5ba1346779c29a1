import { describe, expect, it } from 'vitest';
import { packUuids } from '@/lib/api/contracts/columns';
import type { DiversePickSummary } from '@/lib/api/contracts/keep';
import { cutRanking } from '../cut';
import { printTones } from '../experiments/plots';
import { idOf, tableOf } from '../testing/score-columns';
import { verdictColumns } from '../verdicts';
import { pickKinds, pickMap, pickMapCsv, pickPlot, plainTop } from './pick-map';
import { pickSentence, weightWords } from './pick-words';

const columns = {
  rows: 4,
  columns: {
    id: { type: 'uuid' as const, data: packUuids([0, 1, 2, 3].map(idOf)) },
    x: { type: 'f32' as const, data: Float32Array.from([0, 1, 2, 3]) },
    y: { type: 'f32' as const, data: Float32Array.from([0, 1, 0, 1]) },
    role: { type: 'u8' as const, values: ['normal', 'anomaly', 'auxiliary'], data: Uint8Array.from([0, 2, 2, 2]) },
  },
};

describe('a diverse choice on the map', () => {
  const map = pickMap(columns, new Set([1, 2, 9].map(idOf)), new Set([2, 3].map(idOf)));

  it('tells picked samples from the plain top', () => {
    expect(Array.from(map.kind, (code) => pickKinds[code])).toEqual(['other', 'picked', 'both', 'top']);
    expect(map.counts).toEqual({ other: 1, auxiliary: 0, top: 1, picked: 1, both: 1 });
    expect(map.missing).toBe(1);
    expect(() => pickMap({ ...columns, columns: { id: columns.columns.id } }, new Set(), new Set())).toThrow(RangeError);
  });

  it('goes into files', () => {
    expect(pickMapCsv(map).rows[1]).toEqual([idOf(1), 1, 1, 'picked']);
    expect(pickPlot(map, printTones).data.map(({ name }) => name)).toEqual(['normals and real anomalies', 'in the plain top only', 'picked only', 'in both']);
  });

  it('compares with the best of the same pool, without what is accepted', () => {
    const table = tableOf([{ quality: 0.1 }, { quality: 0.9 }, { quality: 0.5 }, { quality: 0.7 }, { role: 'normal' }]);
    const accepted = verdictColumns(table, new Map([[idOf(1), { verdict: 'accepted' as const, reason: null }]]));
    const pool = { filter: { roles: ['auxiliary' as const] }, avoidAccepted: true };
    expect(plainTop(table, accepted, cutRanking(table), pool, [2, 0].map(idOf))).toEqual([3, 2].map(idOf));
    expect(plainTop(table, accepted, cutRanking(table), { ...pool, avoidAccepted: false }, [2, 0].map(idOf))).toEqual([1, 3].map(idOf));
    // What was picked and then accepted was in the pool.
    expect(plainTop(table, accepted, cutRanking(table), pool, [1, 2].map(idOf))).toEqual([1, 3].map(idOf));
  });
});

describe('a diverse choice in words', () => {
  const figures = { picked: 100, meanQuality: 0.71, meanCoverage: 1.2, largestCoverage: 4, minDistance: 0.4, nearCopies: 1 };
  const summary: DiversePickSummary = { pool: 800, accepted: 0, before: null, diverse: figures, top: { ...figures, meanQuality: 0.78, meanCoverage: 2.5, nearCopies: 31 }, shared: 40, threshold: 0.5, seconds: 1 };

  it('says what is gained and what it costs', () => {
    expect(pickSentence(summary)).toBe('A sample of the pool is 1.20 from the nearest picked one on average, instead of 2.50 with the plain top 100; 1 near copy instead of 31. Mean quality is 0.710 instead of 0.780; 40 samples are in both.');
    expect(pickSentence({ ...summary, shared: 100 })).toContain('nothing to gain');
  });

  it('names the weight', () => {
    expect([0, 0.2, 0.5, 0.8, 1].map(weightWords)).toEqual(['diversity only', 'mostly diversity', 'half and half', 'mostly quality', 'quality only']);
  });
});
