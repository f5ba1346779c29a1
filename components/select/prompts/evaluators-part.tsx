'use client';

import { useMemo } from 'react';
import type { PromptSelectionSettings, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { formatUnit } from '@/lib/figures/format';
import { evaluatorLines, evaluatorsCsv, filledPairs, pairName, type EvaluatorLine } from '@/lib/figures/selection/prompt-lines';
import { FigureExport } from '../../charts/figure-export';
import { cn } from '../../ui/cn';
import { Section } from '../../ui/page';

const cell = 'px-2 py-1.5 text-right whitespace-nowrap';

/** The EAP paper's Table 2: each evaluator keeps the third of the anomalies that it values most, and those choose a pair. */
export function EvaluatorsPart({ settings, summary }: { settings: PromptSelectionSettings; summary: PromptSelectionSummary }) {
  const lines = useMemo(() => evaluatorLines({ settings, summary }), [settings, summary]);
  const hasReal = summary.sizes.real !== null;
  const best = summary.best === null ? null : { texts: pairName(filledPairs(settings)[summary.best.rest.index]!), value: summary.best.rest.value };
  return (
    <Section
      title="Chosen by each evaluator"
      summary="Each keeps the third of the synthetic anomalies that it values most; the pair that tells those from the held-out normals best is its choice."
      actions={<FigureExport name="Chosen by each evaluator" csv={() => evaluatorsCsv(lines)} />}
    >
      <div className="overflow-x-auto" role="group" aria-label="Chosen by each evaluator" tabIndex={0}>
        <table className="w-full border-collapse">
          <caption className="sr-only">Pair that each evaluator leads to</caption>
          <thead className="text-small text-muted">
            <tr className="border-b border-line">
              <th scope="col" className="px-2 py-1.5 text-left font-normal">
                Evaluator
              </th>
              <th scope="col" className="px-2 py-1.5 text-left font-normal">
                Normal / anomalous text
              </th>
              <th scope="col" className={cn(cell, 'font-normal')}>
                AUROC on its third
              </th>
              {hasReal && (
                <th scope="col" className={cn(cell, 'font-normal')}>
                  Real AUROC
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.id} line={line} hasReal={hasReal} />
            ))}
          </tbody>
          {best !== null && (
            <tfoot>
              <tr className="border-t-2 border-line-strong">
                <th scope="row" className="px-2 py-1.5 text-left font-medium">
                  Best possible
                </th>
                <td className="px-2 py-1.5">{best.texts}</td>
                <td />
                <td className={cn(cell, 'font-medium')}>{formatUnit(best.value, 3)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </Section>
  );
}

function Row({ line, hasReal }: { line: EvaluatorLine; hasReal: boolean }) {
  const { name, texts, tied, auroc, realAuroc, best, message } = line;
  return (
    <tr className="border-b border-line">
      <th scope="row" className="px-2 py-1.5 text-left font-normal whitespace-nowrap">
        {name}
      </th>
      {message === null ? (
        <>
          <td className="px-2 py-1.5">
            {texts}
            {tied > 1 && <span className="ml-2 text-small text-warning">tie of {tied}</span>}
          </td>
          <td className={cell}>{formatUnit(auroc, 3)}</td>
          {hasReal && (
            <td className={cn(cell, best && 'font-semibold')}>
              {formatUnit(realAuroc, 3)}
              {best && <span className="sr-only">, best</span>}
            </td>
          )}
        </>
      ) : (
        <td colSpan={hasReal ? 3 : 2} className="px-2 py-1.5 text-small text-muted">
          {message}
        </td>
      )}
    </tr>
  );
}
