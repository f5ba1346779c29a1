'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { describeCurves } from '@/lib/figures/keep/curves';
import { learningLines } from '@/lib/figures/keep/lines';
import { accuracyDomain, LearningChart } from '../../charts/learning-chart';
import { ChartFrame } from '../../charts/chart-frame';
import { CurveCut } from '../cut/curve-cut';
import type { Cut } from '../cut/use-cut';
import { keepPath } from './keep-path';
import { useKeepFigures } from './use-keep';

/** The learning curve of the shown run below its ranking, against random order; a quiet way to one where there is none. */
export function KeepChart({ projectId, run, cut }: { projectId: string; run: Run; cut: Cut }) {
  const { analyses, analysis, curve } = useKeepFigures(projectId, run, cut);
  const lines = useMemo(() => (analysis ? learningLines(analysis.summary.curves.filter(({ runId }) => runId === null || runId === run.id)) : []), [analysis, run.id]);
  const domain = useMemo(() => accuracyDomain(lines), [lines]);
  if (analyses === undefined) return <div className="min-w-0 flex-1 max-md:h-60 max-md:flex-none" />;
  const path = keepPath(projectId, run.id, cut.keep);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:h-60 max-md:flex-none">
      {analysis && curve ? (
        <LearningChart
          title="Learning curve"
          aside={
            <Link href={path} className="text-accent underline underline-offset-2">
              All curves
            </Link>
          }
          description={describeCurves(analysis.summary.curves.filter(({ runId }) => runId === null || runId === run.id))}
          lines={lines}
          most={analysis.summary.auxiliary.all}
          domain={domain}
          overlay={(x, y) => <CurveCut cut={cut} summary={analysis.summary} curve={curve} x={x} y={y} />}
        />
      ) : (
        <ChartFrame title="Learning curve" description="Not computed yet for this run.">
          <p className="px-3 py-2 text-small text-pretty text-muted">
            How good does a detector get with the best of this ranking?{' '}
            <Link href={path} className="text-accent underline underline-offset-2">
              Compute the curve
            </Link>
          </p>
        </ChartFrame>
      )}
    </div>
  );
}
