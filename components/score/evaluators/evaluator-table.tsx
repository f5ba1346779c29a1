'use client';

import type { ReactNode } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import type { Agreement } from '@/lib/figures/evaluators/agreement';
import { zoneNames } from '@/lib/figures/score-table';
import { formatCount, formatDuration, formatUnit } from '@/lib/figures/format';
import type { ComparedRun } from '@/lib/figures/run-comparison';
import { FigureExport, type CsvTable } from '../../charts/figure-export';
import { cn } from '../../ui/cn';
import { Section } from '../../ui/page';
import { ZoneMark } from '../../ui/zone-mark';

type TableProps = { lines: readonly ComparedRun[]; run: Run; agreement: Agreement; stem: string; onRun: (runId: string) => void };

const zones = zoneNames.filter((zone) => zone !== null);

/** Every evaluator in one line: how well it finds the realistic ones, whether it agrees with the shown run, its zones, its time. */
export function EvaluatorTable({ lines, run, agreement, stem, onRun }: TableProps) {
  const labelled = lines.some((line) => line.run.summary?.aucQlt);
  const groups = [lines.filter(({ inPaper }) => inPaper), lines.filter(({ inPaper }) => !inPaper)].filter((group) => group.length > 0);
  const shownAt = agreement.lines.findIndex((line) => line.run.id === run.id);
  const agreementOf = (runId: string) => agreement.matrix[shownAt]?.[agreement.lines.findIndex((line) => line.run.id === runId)] ?? null;
  return (
    <Section
      title="By AUC_QLT"
      summary={labelled ? 'How well the values tell realistic samples from the others, with the 95 % bootstrap interval; the best of the paper’s evaluators in bold.' : 'No auxiliary sample has a known quality, so there is no AUC_QLT. Give labels (quality_label) with the upload’s metadata, and the next runs have one.'}
      actions={<FigureExport name={`${stem}: evaluators`} csv={() => tableCsv(lines, agreementOf)} />}
    >
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Evaluators, table">
        <table className="w-full min-w-[640px] border-collapse">
          <caption className="sr-only">Evaluators by AUC_QLT</caption>
          <thead>
            <tr className="border-b border-line-strong text-left text-small text-muted">
              <Head left>Evaluator</Head>
              <Head>
                AUC<sub>QLT</sub>
              </Head>
              <Head>95 % interval</Head>
              <Head>Spearman with the shown run</Head>
              {zones.map((zone) => (
                <Head key={zone}>
                  <ZoneMark zone={zone} label />
                </Head>
              ))}
              <Head>Time</Head>
            </tr>
          </thead>
          {groups.map((group, i) => (
            <tbody key={group[0]!.inPaper ? 'paper' : 'own'} className={cn(i > 0 && 'border-t-2 border-line-strong')}>
              {group.map((line) => (
                <Line key={line.run.id} line={line} shown={line.run.id === run.id} agreement={agreementOf(line.run.id)} onRun={onRun} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {groups.length > 1 && <p className="mt-2 text-small text-muted">Below the line: our own, outside the paper’s ranks.</p>}
    </Section>
  );
}

function Head({ children, left = false }: { children: ReactNode; left?: boolean }) {
  return (
    <th scope="col" className={cn('px-2 py-1 align-bottom font-medium first:pl-0 last:pr-0', left ? 'min-w-36' : 'text-right')}>
      {children}
    </th>
  );
}

type LineProps = { line: ComparedRun; shown: boolean; agreement: number | null; onRun: (runId: string) => void };

function Line({ line: { run, title, best }, shown, agreement, onRun }: LineProps) {
  const auc = run.summary?.aucQlt ?? null;
  const counts = run.summary?.zones ?? null;
  return (
    <tr className={cn('border-b border-line', shown && 'bg-selected')}>
      <th scope="row" className="py-0.5 pr-2 text-left font-normal">
        <button type="button" aria-pressed={shown} onClick={() => onRun(run.id)} className="min-h-8 text-left hover:underline max-md:min-h-10">
          {title}
          {run.seed !== 0 && <span className="text-muted">, seed {run.seed}</span>}
        </button>
      </th>
      <td className="px-2 text-right">{best ? <strong className="font-semibold">{formatUnit(auc?.value, 3)}</strong> : formatUnit(auc?.value, 3)}</td>
      <td className="px-2 text-right whitespace-nowrap text-muted">{auc === null ? '–' : `${formatUnit(auc.low, 3)} to ${formatUnit(auc.high, 3)}`}</td>
      <td className="px-2 text-right">{shown ? <span className="text-small text-muted">shown</span> : formatUnit(agreement)}</td>
      {zones.map((zone) => (
        <td key={zone} className="px-2 text-right">
          {counts === null ? <span className="text-muted">–</span> : formatCount(counts[zone])}
        </td>
      ))}
      <td className="pl-2 text-right whitespace-nowrap text-muted">{formatDuration(run.summary?.seconds)}</td>
    </tr>
  );
}

function tableCsv(lines: readonly ComparedRun[], agreementOf: (runId: string) => number | null): CsvTable {
  return {
    header: ['run', 'seed', 'AUC_QLT', 'low', 'high', 'labelled', 'Spearman with the shown run', ...zones, 'seconds'],
    rows: lines.map(({ run, title }) => {
      const { aucQlt, zones: counts, seconds } = run.summary ?? { aucQlt: null, zones: null, seconds: null };
      return [title, run.seed, aucQlt?.value ?? null, aucQlt?.low ?? null, aucQlt?.high ?? null, aucQlt?.labelled ?? null, agreementOf(run.id), ...zones.map((zone) => counts?.[zone] ?? null), seconds];
    }),
  };
}
