import { describe, expect, it } from 'vitest';
import { packUuids, type Columns } from '@/lib/api/contracts/columns';
import { MANIFEST_VERSION } from '@/lib/api/contracts/export-manifest';
import { countDecisions } from './decision-counts';
import { html } from './markup';
import type { ReportModel, ReportRun } from './model';
import { rankMatrix } from './rank-matrix';
import { reportHtml } from './report';
import { scoreTable } from '@/lib/figures/score-table';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hostile = '<script>alert("x")</script>&\'';

/** Columns of a run over `qualities.length` auxiliary samples and one normal. */
function columns(qualities: readonly number[]): Columns {
  const rows = qualities.length + 1;
  const fill = (values: readonly number[]) => ({ type: 'f64' as const, data: Float64Array.from({ length: rows }, (_, i) => values[i] ?? Number.NaN) });
  return {
    rows,
    columns: {
      id: { type: 'uuid', data: packUuids(Array.from({ length: rows }, (_, i) => id(i))) },
      role: { type: 'u8', data: Uint8Array.from({ length: rows }, (_, i) => (i < qualities.length ? 0 : 1)), values: ['auxiliary', 'normal'] },
      quality: fill(qualities), probability: fill(qualities), density: fill(qualities.map((_, i) => i % 3)), rarity: fill(qualities),
      zone: { type: 'u8', data: Uint8Array.from({ length: rows }, (_, i) => (i < qualities.length ? (i % 3 === 0 ? 2 : 1) : 0)), values: ['', 'realistic', 'unrealistic'] },
      qualityLabel: { type: 'u8', data: Uint8Array.from({ length: rows }, (_, i) => (i < qualities.length ? 1 + (i % 2) : 0)), values: ['', 'realistic', 'unrealistic'] },
    },
  };
}

const run = (evaluator: string, qualities: readonly number[]): ReportRun => ({ id: id(50), evaluator, preset: 'paper', parameters: {}, seed: 3, summary: null, columns: columns(qualities) });
const model = (changes: Partial<ReportModel> = {}): ReportModel => ({
  head: {
    format: 'assay-export', formatVersion: MANIFEST_VERSION, writtenBy: 'Assay 0', exportId: id(9), project: { id: id(8), name: hostile, objectName: hostile }, cutOffAt: '2026-01-02T03:04:05.000Z', rule: { runId: id(50), filter: { defectTypes: [hostile] } }, count: 2,
    run: { id: id(50), evaluator: 'EAP', preset: 'paper', parameters: { note: hostile }, seed: 3, codeVersion: '0', createdAt: '2026-01-01T00:00:00.000Z', summary: null, features: { id: id(51), fingerprint: 'fp', parts: {}, model: hostile, modelSha256: 'f'.repeat(64) } },
  },
  rule: hostile, createdBy: hostile,
  roles: { project: { normal: 1, anomaly: 0, auxiliary: 6 }, selection: { normal: 0, anomaly: 0, auxiliary: 2 }, excluded: 1 },
  runs: [run('EAP', [0.9, 0.8, 0.7, 0.3, 0.2, 0.1]), run('LAVA', [6, 5, 4, 3, 2, 1]), run('RARITY', [1, 2, 3, 4, 5, 6])],
  decisions: [
    { sampleId: id(1), verdict: 'accepted', reason: null, reviewer: hostile },
    { sampleId: id(0), verdict: 'rejected', reason: 'artefact', reviewer: hostile },
    { sampleId: id(2), verdict: 'rejected', reason: null, reviewer: 'Ann' },
    { sampleId: id(3), verdict: null, reason: null, reviewer: 'Ann' },
    { sampleId: id(77), verdict: 'skipped', reason: null, reviewer: 'Ann' },
  ],
  strips: [{ title: 'Best', about: 'First.', samples: [{ fileName: `${hostile}.png`, role: 'auxiliary', defectType: hostile, quality: 0.9, zone: 'realistic', verdict: 'accepted', reason: null, picture: 'data:image/webp;base64,AAAA' }] }],
  selectionSha256: 'a'.repeat(64),
  ...changes,
});

describe('a report', () => {
  it('lets no text of anybody become markup', () => {
    const page = reportHtml(model());
    expect(page).not.toMatch(/<script/i);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;');
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  it('needs nothing from elsewhere', () => {
    const page = reportHtml(model());
    expect([...page.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address!.slice(0, 5))).toEqual(['data:']);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('says what the run, the other evaluators and the people found', () => {
    const page = reportHtml(model());
    expect(page).toContain('6 samples by density and conditional probability: 4 realistic, 2 unrealistic, 0 indistinguishable.');
    expect(page).toContain('ROC curve of quality over 3 realistic and 3 other labelled samples; area 0.67.');
    expect(page).toMatch(/<th scope="row" class="text">LAVA<\/th>.*<span class="strength-4">1.00<\/span>/);
    expect(page).toContain('<span class="strength-4">-1.00</span>');
    expect(page).toContain('1 normal of the project is excluded');
    expect(page).toContain('a'.repeat(64));
    for (const named of page.matchAll(/aria-labelledby="([^"]*)"/g)) for (const part of named[1]!.split(' ')) expect(page).toContain(`id="${part}"`);
  });

  it('is whole without a run, without scores and without decisions', () => {
    const bare = reportHtml(model({ head: { ...model().head, run: null }, runs: [], decisions: [], strips: [] }));
    expect(bare).toContain('it carries decisions and no scores');
    expect(bare).toContain('Nothing was decided up to the cut-off.');
    expect(reportHtml(model({ runs: [{ ...run('EAP', [1]), columns: null }] }))).toContain('The scores of this run are no longer stored.');
  });

  it('draws at most 4,000 of very many samples, and says so', () => {
    const many = run('EAP', Array.from({ length: 12_000 }, (_, i) => (i % 1000) / 1000));
    const page = reportHtml(model({ runs: [many] }));
    expect(page).toContain('One in 3 of them is drawn.');
    expect(page.match(/h0/g)!.length).toBeLessThanOrEqual(4_000);
  });
});

describe('countDecisions', () => {
  it('counts by reason, reviewer and zone; undone decisions are none', () => {
    const { decisions } = model();
    expect(countDecisions(decisions, (sampleId) => (sampleId === id(0) ? 'unrealistic' : sampleId === id(77) ? null : 'realistic'))).toEqual({
      accepted: 1, rejected: 2, skipped: 1,
      reasons: [{ reason: 'artefact', count: 1 }, { reason: null, count: 1 }],
      reviewers: [{ name: hostile, accepted: 1, rejected: 1, skipped: 0 }, { name: 'Ann', accepted: 0, rejected: 1, skipped: 1 }],
      zones: [{ zone: 'realistic', accepted: 1, rejected: 1 }, { zone: 'unrealistic', accepted: 0, rejected: 1 }, { zone: 'indistinguishable', accepted: 0, rejected: 0 }],
      agreement: 2 / 3,
    });
  });
});

describe('rankMatrix', () => {
  it('is symmetric, and lines samples up by their ids', () => {
    const [a, b] = [scoreTable(columns([1, 2, 3, 4])), scoreTable(columns([4, 3, 2, 1]))];
    expect(rankMatrix([a, b, a]).values).toEqual([[1, -1, 1], [-1, 1, -1], [1, -1, 1]]);
  });
});

describe('html', () => {
  it('escapes texts, joins lists, keeps markup and leaves nothing out', () => {
    expect(html`<p title="${'"&'}">${['a<', html`<b>${1}</b>`, null, false]}</p>`.toString()).toBe('<p title="&quot;&amp;">a&lt;<b>1</b></p>');
  });
});
