'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { formatDuration, formatUnit } from '@/lib/figures/format';
import { comparedRuns, rankAgreement, type ComparedRun } from '@/lib/figures/run-comparison';
import type { ScoreTable } from '@/lib/figures/score-table';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Sheet } from '../ui/sheet';
import { scoreKeys } from './score-keys';

type ComparisonProps = { projectId: string; runs: readonly Run[]; run: Run; onRun: (runId: string) => void };

/** Opens the table of all evaluators that were run on the shown features; absent while there is only one. */
export function RunComparison({ projectId, runs, run, onRun }: ComparisonProps) {
  const [open, setOpen] = useState(false);
  const lines = useMemo(() => comparedRuns(runs, run), [runs, run]);
  if (lines.length < 2) return null;
  return (
    <>
      <Button size="sm" icon={Table2} onClick={() => setOpen(true)}>
        <span className="max-sm:sr-only">Evaluators</span>
      </Button>
      <Sheet open={open} onOpenChange={setOpen} title="Evaluators" description={`On the features of ${run.modelName}, newest run of each`} width="lg">
        <ComparisonTable projectId={projectId} lines={lines} run={run} onRun={onRun} />
      </Sheet>
    </>
  );
}

function ComparisonTable({ projectId, lines, run, onRun }: Omit<ComparisonProps, 'runs'> & { lines: readonly ComparedRun[] }) {
  const agreement = useAgreement(projectId, lines, run);
  const labelled = lines.some(({ run: { summary } }) => summary?.aucQlt);
  const groups = [lines.filter(({ inPaper }) => inPaper), lines.filter(({ inPaper }) => !inPaper)].filter((group) => group.length > 0);
  return (
    <div className="flex flex-col gap-3 p-5">
      <table className="w-full border-collapse">
        <caption className="sr-only">Evaluators by AUC_QLT</caption>
        <thead>
          <tr className="border-b border-line-strong text-left text-small text-muted">
            <th scope="col" className="py-1 pr-2 font-medium">
              Run
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              AUC<sub>QLT</sub>
            </th>
            {agreement.size > 0 && (
              <th scope="col" className="px-2 py-1 text-right font-medium">
                Spearman
              </th>
            )}
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              Time
            </th>
          </tr>
        </thead>
        {groups.map((group, i) => (
          <tbody key={group[0]!.inPaper ? 'paper' : 'own'} className={cn(i > 0 && 'border-t-2 border-line-strong')}>
            {group.map((line) => (
              <ComparisonLine key={line.run.id} line={line} shown={line.run.id === run.id} agreement={agreement.size > 0 ? (agreement.get(line.run.id) ?? null) : undefined} onRun={onRun} />
            ))}
          </tbody>
        ))}
      </table>
      <p className="text-small text-muted">
        {labelled ? 'AUC_QLT with its 95 % bootstrap interval; best of the paper’s evaluators in bold.' : 'No auxiliary sample has a known quality, so there is no AUC_QLT. Give labels with the upload’s metadata to compare.'}
        {agreement.size > 0 && ' Spearman: agreement with the shown run, for runs that were opened on this page.'}
        {groups.length > 1 && ' Below the line: our own, outside the paper’s ranks.'}
      </p>
    </div>
  );
}

/** Agreement with the shown run, of the runs whose scores are in the browser already. */
function useAgreement(projectId: string, lines: readonly ComparedRun[], run: Run): ReadonlyMap<string, number> {
  const client = useQueryClient();
  return useMemo(() => {
    const tableOf = (runId: string) => client.getQueryData<ScoreTable>(scoreKeys.table(projectId, runId));
    const shown = tableOf(run.id);
    const pairs = lines.flatMap(({ run: { id } }) => {
      const table = id === run.id ? undefined : tableOf(id);
      return shown === undefined || table === undefined ? [] : [[id, rankAgreement(shown, table)] as const];
    });
    return new Map(pairs);
  }, [client, projectId, lines, run.id]);
}

type LineProps = { line: ComparedRun; shown: boolean; /** Undefined: there is no such column. */ agreement: number | null | undefined; onRun: (runId: string) => void };

function ComparisonLine({ line, shown, agreement, onRun }: LineProps) {
  const { run, title, best } = line;
  const auc = run.summary?.aucQlt ?? null;
  return (
    <tr className={cn('border-b border-line', shown && 'bg-selected')}>
      <th scope="row" className="py-0.5 pr-2 text-left font-normal">
        <button type="button" aria-pressed={shown} onClick={() => onRun(run.id)} className="min-h-8 text-left hover:underline max-md:min-h-10">
          {title}
          {run.seed !== 0 && <span className="text-muted">, seed {run.seed}</span>}
        </button>
      </th>
      <td className="px-2 text-right whitespace-nowrap">
        {best ? <strong className="font-semibold">{formatUnit(auc?.value, 3)}</strong> : formatUnit(auc?.value, 3)}
        {auc !== null && (
          <span className="text-small text-muted">
            {' '}
            [{formatUnit(auc.low)}, {formatUnit(auc.high)}]
          </span>
        )}
      </td>
      {agreement !== undefined && <td className="px-2 text-right">{shown ? <span className="text-small text-muted">shown</span> : formatUnit(agreement)}</td>}
      <td className="pl-2 text-right whitespace-nowrap text-muted">{formatDuration(run.summary?.seconds)}</td>
    </tr>
  );
}
