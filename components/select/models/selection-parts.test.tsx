import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { modelSelectionSummarySchema, type ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { modelLines } from '@/lib/figures/selection/model-lines';
import { idOf } from '@/lib/figures/testing/score-columns';
import { CandidateTable } from '../candidate-table';
import { CertaintyPart } from './certainty-part';

const candidate = (row: number, modelName: string, auroc: number, real: number) => ({
  modelId: idOf(row), modelName, parameters: row === 1 ? 11_700_000 : null, featureSetId: idOf(row + 50), detector: 'deep-nn' as const,
  synthetic: { auroc, low: auroc - 0.05, high: auroc + 0.05, wins: 0.5 }, hardest: [], real: { rest: real, closest: real - 0.1, closestType: 'scratch', byType: [] },
});
const tau = { tau: 1, pValue: 0.012, method: 'exact' as const, count: 2 };
const summary: ModelSelectionSummary = modelSelectionSummarySchema.parse({
  sizes: { seeds: 20, heldOut: 40, synthetic: 100, real: { anomalies: 12, normals: 20, types: 2 }, leftOut: 0 },
  candidates: [candidate(1, 'ResNet-18', 0.9, 0.8), candidate(2, 'ViT-B-16', 0.9, 0.7)],
  pick: 0, tie: true, tied: [0, 1], stability: 0.5, draws: 1000,
  variants: [{ count: null, pick: 0, tied: [0, 1], kendall: { rest: tau, closest: { ...tau, pValue: 0.4 } } }],
  tasks: [], bonferroni: { tests: 2, threshold: 0.025 },
  extractors: [{ modelId: idOf(1), modelName: 'ResNet-18', featureSetId: idOf(51), dim: 512, totalVariation: { value: 1.234, clusters: 12 } }],
  deciding: { wrong: [], separating: [] }, seconds: 3,
});

describe('CandidateTable', () => {
  const html = renderToStaticMarkup(<CandidateTable label="Candidates" lines={modelLines(summary, null, 'closest')} sort={{ key: 'auroc', descending: true }} onSort={() => undefined} hasReal hasIntervals />);

  it('marks the pick and every candidate that shares its place', () => {
    const rows = html.split('<tr').slice(2);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/ResNet-18.*pick.*tie/);
    expect(rows[1]).toMatch(/ViT-B-16.*tie/);
    expect(rows[1]).not.toContain('pick');
  });

  it('says how it is sorted, and names the type behind a real AUROC', () => {
    expect(html.match(/aria-sort="descending"/g)).toHaveLength(1);
    expect(html).toMatch(/0\.700<span[^>]*>scratch/);
  });

  it('leaves out what is not known of any candidate', () => {
    const bare = renderToStaticMarkup(<CandidateTable label="Candidates" lines={modelLines(summary, null, 'rest').map((line) => ({ ...line, weights: null }))} sort={{ key: 'name', descending: false }} onSort={() => undefined} hasReal={false} hasIntervals={false} />);
    for (const heading of ['Weights', 'Real AUROC', '95 % interval', 'Wins']) expect(bare).not.toContain(heading);
    expect(html).toContain('11.7 M');
    expect(html).toContain('not known');
  });
});

describe('CertaintyPart', () => {
  const html = renderToStaticMarkup(<CertaintyPart summary={summary} />);

  it('judges tau by the corrected threshold', () => {
    expect(html).toContain('significant below p = 0.0250 (Bonferroni, 2 tests)');
    expect(html.match(/>not significant</g)).toHaveLength(1);
  });

  it('tells total variation and what took part', () => {
    expect(html).toMatch(/ResNet-18<\/td><td[^>]*>1\.23<\/td><td[^>]*>12</);
    expect(html).toContain('12 anomalies of 2 types, 20 normals');
  });

  it('says what is missing without labels', () => {
    const without = renderToStaticMarkup(<CertaintyPart summary={{ ...summary, sizes: { ...summary.sizes, real: null }, variants: [{ count: null, pick: 0, tied: [0], kendall: null }], extractors: [], bonferroni: null }} />);
    expect(without).toContain('none: real AUROC, tau and total variation need real anomalies');
    expect(without).not.toContain('<table');
  });
});
