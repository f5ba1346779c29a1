'use client';

import { Scissors } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { KeepAnalysis, KeepSummary } from '@/lib/api/contracts/keep';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf, formatCount, formatDateTime, formatDuration } from '@/lib/figures/format';
import { curveCount, curveKey, curveKeyName, describeCurves, keepCurvesCsv, recommendation } from '@/lib/figures/keep/curves';
import { learningLines } from '@/lib/figures/keep/lines';
import { keepPlot } from '@/lib/figures/keep/plot';
import { FigureExport } from '../../charts/figure-export';
import { accuracyDomain, LearningChart } from '../../charts/learning-chart';
import type { Tones } from '../../charts/use-tones';
import { EvaluatorLegend, useShownEvaluators } from '../../experiments/evaluator-legend';
import { Button } from '../../ui/button';
import { CurveCut } from '../cut/curve-cut';
import type { Cut } from '../cut/use-cut';
import type { KeepFigures } from './use-keep';

type Ready = KeepAnalysis & { summary: KeepSummary };
type CurvesResultProps = { figures: KeepFigures & { analysis: Ready }; run: Run; cut: Cut };

/** The curves with the cut in them, what they advise, and how they were measured. */
export function CurvesResult({ figures: { analysis, curve }, run, cut }: CurvesResultProps) {
  const { summary } = analysis;
  const advice = curve && recommendation(summary, curve, cut.total);
  return (
    <>
      {advice && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="max-w-3xl min-w-0 flex-1 basis-96 text-lead text-pretty">{advice.sentence}</p>
          {advice.keep > 0 && (
            <Button variant={cut.keep === null ? 'primary' : 'secondary'} icon={Scissors} disabled={cut.keep === advice.keep} onClick={() => cut.set(advice.keep)}>
              Cut at {formatCount(advice.keep)}
            </Button>
          )}
        </div>
      )}
      <Curves analysis={analysis} run={run} cut={cut} />
      <HowMeasured analysis={analysis} />
    </>
  );
}

function Curves({ analysis, run, cut }: { analysis: Ready; run: Run; cut: Cut }) {
  const { summary } = analysis;
  const keys = useMemo(() => [...new Set(summary.curves.map(curveKey))], [summary]);
  const [shown, onShown] = useShownEvaluators(keys);
  const curves = useMemo(() => summary.curves.filter((curve) => shown.includes(curveKey(curve))), [summary, shown]);
  const lines = useMemo(() => learningLines(curves), [curves]);
  const domain = useMemo(() => accuracyDomain(summary.curves), [summary]);
  const marked = cut.keep === null ? null : curveCount(summary, cut.keep, cut.total);
  const draw = useCallback((tones: Tones) => keepPlot(curves, marked, tones), [curves, marked]);
  const own = curves.find(({ runId }) => runId === run.id) ?? null;
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <EvaluatorLegend evaluators={keys} shown={shown} onShown={onShown} nameOf={curveKeyName} />
        <FigureExport name="Learning curves of what is kept" csv={() => keepCurvesCsv(curves)} draw={draw} />
      </div>
      <div className="flex h-[340px] flex-col max-md:h-[280px]">
        <LearningChart
          title="Balanced test accuracy by samples kept"
          aside={<span className="max-sm:hidden">bands: 5 % to 95 % over {countOf(analysis.settings.seeds, 'repetition')}</span>}
          description={describeCurves(curves)}
          lines={lines}
          most={summary.auxiliary.all}
          domain={domain}
          overlay={(x, y) => <CurveCut cut={cut} summary={summary} curve={own} x={x} y={y} />}
        />
      </div>
    </div>
  );
}

const detectors = { svm: 'an SVM', random_forest: 'a random forest' } as const;

function HowMeasured({ analysis: { summary, settings, modelName, seed, createdAt, createdBy } }: { analysis: Ready }) {
  const { redundancy, notes, seconds } = summary;
  return (
    <details className="text-small text-muted">
      <summary className="hover:text-ink">How this was measured, and what it does not say</summary>
      <div className="mt-2 flex max-w-3xl flex-col gap-2">
        <p>
          {`The detector is ${detectors[settings.classifier]} on ${modelName} features; kept samples join its training as anomalies. The curves estimate what this detector gains on samples like these: they are no promise for another detector or another product.`}
        </p>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <p>{redundancy.explanation}</p>
        <p>{`Seed ${seed}; ${formatDateTime(createdAt)}${createdBy === null ? '' : ` by ${createdBy}`}, in ${formatDuration(seconds)}.`}</p>
      </div>
    </details>
  );
}
