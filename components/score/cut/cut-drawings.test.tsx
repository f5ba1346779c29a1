import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { KeepSummary } from '@/lib/api/contracts/keep';
import { cutRanking } from '@/lib/figures/cut';
import { tableOf, type Row } from '@/lib/figures/testing/score-columns';
import { CurveCut } from './curve-cut';
import { CutTrack } from './cut-track';
import { GalleryCutLine, positionAt, type TileGrid } from './gallery-cut-line';
import { HistogramCut } from './histogram-cut';
import { LiveCut } from './live-cut';
import { TableCutLine } from './table-cut-line';
import type { Cut } from './use-cut';

const table = tableOf(Array.from({ length: 10 }, (_, i): Row => ({ quality: (10 - i) / 10 })));
const ranking = cutRanking(table);
const cutAt = (keep: number | null): Cut => ({ table, ranking: () => ranking, total: 10, keep, live: new LiveCut(), set: () => undefined });
const grid: TileGrid = { columns: 3, size: 100, lineHeight: 132, gap: 8, padding: 12, width: 340 };
const nowhere = { current: null };
const x = { domain: [0, 10], range: [0, 100] } as const;
const y = { domain: [0, 1], range: [50, 0] } as const;
const summary = { auxiliary: { all: 10, used: 10 }, curves: [] } as unknown as KeepSummary;

const drawings = (cut: Cut): Record<string, ReactElement> => ({
  gallery: <GalleryCutLine cut={cut} order={ranking.rows} grid={grid} content={nowhere} />,
  table: <TableCutLine cut={cut} order={ranking.rows} lineHeight={40} content={nowhere} />,
  track: <CutTrack cut={cut} />,
  histogram: <svg><HistogramCut cut={cut} x={{ domain: [0, 1], range: [0, 100] }} y={y} /></svg>,
  curve: <svg><CurveCut cut={cut} summary={summary} curve={null} x={x} y={y} /></svg>,
});

describe('drawings of the cut', () => {
  it('all stand at the same number', () => {
    const html = Object.fromEntries(Object.entries(drawings(cutAt(4))).map(([name, drawing]) => [name, renderToStaticMarkup(drawing)]));
    for (const name of ['track', 'histogram', 'curve']) expect(html[name]).toContain('aria-valuenow="4"');
    expect(html['gallery']).toContain('keep 4');
    expect(html['table']).toContain('translateY(160px)');
    // The last kept sample has quality 0.7; a line right of it would leave it out.
    expect(html['histogram']).toContain('x1="70"');
    expect(html['curve']).toContain('x1="40"');
  });

  it('steps around the tiles of a line that is cut in two', () => {
    const inside = renderToStaticMarkup(drawings(cutAt(4))['gallery']!);
    // Second line, after its first tile: below the kept one, up beside it, above the others.
    expect(inside).toContain('translateY(130px)');
    expect(inside).toContain('d="M4 142H116V10H336"');
    expect(renderToStaticMarkup(drawings(cutAt(6))['gallery']!)).toContain('d="M4 10H336"');
  });

  it('are not there without a cut', () => {
    for (const drawing of Object.values(drawings(cutAt(null)))) expect(renderToStaticMarkup(drawing).replace('<svg></svg>', '')).toBe('');
  });

  it('find the gap under the pointer', () => {
    expect(positionAt(grid, 0, 20, 10)).toBe(0);
    expect(positionAt(grid, 125, 20, 10)).toBe(1);
    expect(positionAt(grid, 330, 20, 10)).toBe(3);
    expect(positionAt(grid, 125, 12 + 132 + 5, 10)).toBe(4);
    expect(positionAt(grid, 300, 9000, 10)).toBe(10);
    expect(positionAt(grid, 60, -500, 10)).toBe(0);
  });
});
