'use client';

import { useCallback, type CSSProperties } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import type { Agreement } from '@/lib/figures/evaluators/agreement';
import { evaluatorMatrixCsv } from '@/lib/figures/experiments/evaluator-matrix';
import { matrixPlot } from '@/lib/figures/experiments/plots';
import { countOf, formatUnit } from '@/lib/figures/format';
import { FigureExport } from '../../charts/figure-export';
import type { Tones } from '../../charts/use-tones';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { RunMore } from '../run-more';

/** Spearman's correlation between every two evaluators as a table of numbers on colours. */
export function AgreementTable({ projectId, agreement, run, stem, awaited }: { projectId: string; agreement: Agreement; run: Run; stem: string; awaited: number }) {
  const titles = agreement.lines.map(({ title }) => title);
  const draw = useCallback((tones: Tones) => matrixPlot({ evaluators: agreement.lines.map(({ title }) => title), values: agreement.matrix, experiments: 0 }, tones), [agreement]);
  if (awaited < 2) {
    return (
      <Section title="Agreement">
        <p className="text-muted">
          One evaluator has run on these features. <RunMore projectId={projectId} purpose="to see where they agree" />
        </p>
      </Section>
    );
  }
  const side = 170 + 48 * titles.length;
  return (
    <Section
      title="Agreement"
      summary={`Spearman’s correlation between the values of two evaluators, over the ${countOf(agreement.rows, 'sample')} that all of them scored: 1 the same order, 0 no relation, -1 the opposite order.`}
      actions={<FigureExport name={`${stem}: agreement of evaluators`} csv={() => evaluatorMatrixCsv({ evaluators: titles, values: agreement.matrix, experiments: 0 })} draw={draw} size={{ width: side, height: side }} />}
    >
      {agreement.lines.length < awaited ? (
        <Skeleton className="h-64" />
      ) : (
        <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Agreement, table">
          <table className="border-separate border-spacing-px text-small">
            <caption className="sr-only">Spearman’s correlation between evaluators</caption>
            <thead>
              <tr>
                <td />
                {titles.map((title) => (
                  <th key={title} scope="col" className="h-36 max-w-12 min-w-12 align-bottom font-normal">
                    <span className="inline-block max-h-36 rotate-180 truncate [writing-mode:vertical-rl]" title={title}>
                      {title}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {agreement.matrix.map((row, i) => (
                <tr key={titles[i]}>
                  <th scope="row" className={`max-w-44 truncate pr-2 text-right whitespace-nowrap ${agreement.lines[i]!.run.id === run.id ? 'font-medium' : 'font-normal'}`} title={titles[i]}>
                    {titles[i]}
                  </th>
                  {row.map((value, j) => (
                    <td key={titles[j]} className="h-8 min-w-12 rounded-[2px] text-center" style={i === j ? undefined : cellStyle(value)}>
                      {i === j ? <span className="text-muted">1</span> : formatUnit(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** Agreement tints towards the accent, opposition towards the warning; the ink stays readable on both. */
function cellStyle(value: number): CSSProperties {
  if (!Number.isFinite(value)) return {};
  const tone = value >= 0 ? 'var(--accent)' : 'var(--warning)';
  return { backgroundColor: `color-mix(in srgb, ${tone} ${Math.round(38 * Math.abs(value))}%, transparent)` };
}
