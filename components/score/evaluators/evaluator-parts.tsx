'use client';

import type { Run } from '@/lib/api/contracts/runs';
import { formatCount } from '@/lib/figures/format';
import type { ComparedRun } from '@/lib/figures/run-comparison';
import { ProblemNote } from '../../ui/problem';
import { AgreementTable } from './agreement-table';
import { EvaluatorTable } from './evaluator-table';
import { BarMultiples, RocMultiples } from './multiples';
import type { Comparison } from './use-comparison';

type PartsProps = { projectId: string; comparison: Comparison; lines: readonly ComparedRun[]; run: Run; stem: string; onRun: (runId: string) => void };

/** The table, the curves, the histograms and the agreement of the newest run of each evaluator on the same features. */
export function EvaluatorParts({ projectId, comparison: { multiples, agreement, loaded, error }, lines, run, stem, onRun }: PartsProps) {
  const figures = { multiples, awaited: lines.length, stem };
  return (
    <>
      {error && <ProblemNote title="The scores of a run could not be read" error={error} />}
      <EvaluatorTable lines={lines} run={run} agreement={agreement} stem={stem} onRun={onRun} />
      {loaded < lines.length && error === null && (
        <p role="status" className="text-small text-muted">
          Reading the scores: {formatCount(loaded)} of {formatCount(lines.length)} runs
        </p>
      )}
      <RocMultiples {...figures} run={run} />
      <BarMultiples {...figures} />
      <AgreementTable projectId={projectId} agreement={agreement} run={run} stem={stem} awaited={lines.length} />
    </>
  );
}
