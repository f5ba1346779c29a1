'use client';

import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { KeepSettings } from '@/lib/api/contracts/keep';
import type { Run } from '@/lib/api/contracts/runs';
import { formatDateTime } from '@/lib/figures/format';
import { comparableRuns, firstCompared, mostCurves, runsInWords } from '@/lib/figures/keep/run-choice';
import { runTitle } from '@/lib/figures/run-name';
import { InlineNumber, Sentence } from '../../select/inline-controls';
import { Button } from '../../ui/button';
import { cn } from '../../ui/cn';
import { Checkbox } from '../../ui/checkbox';
import { ProblemNote } from '../../ui/problem';
import { Segmented } from '../../ui/segmented';
import { useIsVector } from '../../vector/use-vectors';
import { useStartKeepAnalysis } from './use-keep';

type Choice = { readonly runIds: readonly string[]; readonly classifier: KeepSettings['classifier'] | null; readonly seeds: number; readonly points: number; readonly auxiliary: number; readonly seed: number };

const classifiers = [
  { value: 'svm', label: 'SVM' },
  { value: 'random_forest', label: 'Random forest' },
] as const;

type StartAnalysisProps = { projectId: string; runs: readonly Run[]; run: Run; /** No curves are there yet: the button is the page's main one. */ first: boolean; onStarted: () => void };

/** One press computes the curves with what is usual; which rankings, which detector and how often stands under "Advanced". */
export function StartAnalysis({ projectId, runs, run, first, onStarted }: StartAnalysisProps) {
  const isVector = useIsVector(projectId);
  const start = useStartKeepAnalysis(projectId);
  const offered = useMemo(() => comparableRuns(runs, run), [runs, run]);
  const [choice, setChoice] = useState<Choice>(() => ({ runIds: firstCompared(runs, run), classifier: null, seeds: 5, points: 12, auxiliary: 1500, seed: 0 }));
  const change = (part: Partial<Choice>) => setChoice((last) => ({ ...last, ...part }));
  const classifier = choice.classifier ?? (isVector === true ? 'random_forest' : 'svm');
  const { seeds, points, auxiliary, seed, runIds } = choice;
  const send = () => start.mutate({ featureSetId: run.featureSetId, runIds: [...runIds], settings: { classifier, seeds, points, auxiliary }, seed }, { onSuccess: onStarted });
  return (
    <div className="flex w-full max-w-xl flex-col items-stretch gap-3 text-left">
      <div className={cn('flex flex-wrap items-center gap-x-3 gap-y-1', first && 'justify-center text-center')}>
        <Button variant={first ? 'primary' : 'secondary'} icon={Play} busy={start.isPending} disabled={isVector === null || runIds.length === 0} onClick={send}>
          Compute learning curves
        </Button>
        <span className="text-small text-muted">of {runsInWords(offered.filter(({ id }) => runIds.includes(id))) || 'no ranking'}, and of random order</span>
      </div>
      <details>
        <summary className={cn('text-small text-muted hover:text-ink', first && 'text-center')}>Advanced</summary>
        <div className="mt-2 flex flex-col gap-2">
          <Sentence>
            Repeat <InlineNumber label="Repetitions" value={seeds} onChange={(value) => change({ seeds: value })} minimum={1} maximum={20} /> times at{' '}
            <InlineNumber label="Numbers of kept samples" value={points} onChange={(value) => change({ points: value })} minimum={3} maximum={50} /> numbers of kept samples, with at most{' '}
            <InlineNumber label="Auxiliary samples at most" value={auxiliary} onChange={(value) => change({ auxiliary: value })} minimum={10} maximum={10_000} /> auxiliary samples; seed{' '}
            <InlineNumber label="Seed" value={seed} onChange={(value) => change({ seed: value })} minimum={0} maximum={2_147_483_647} />.
          </Sentence>
          <Segmented label="Downstream detector" value={classifier} onChange={(value) => change({ classifier: value })} options={classifiers} />
          <fieldset>
            <legend className="mb-1 text-small font-medium">Rankings</legend>
            <ul className="flex max-h-56 flex-col overflow-y-auto">
              {offered.map((one) => (
                <li key={one.id}>
                  <Checkbox
                    checked={runIds.includes(one.id)}
                    disabled={!runIds.includes(one.id) && runIds.length >= mostCurves}
                    onChange={(checked) => change({ runIds: checked ? [...runIds, one.id] : runIds.filter((id) => id !== one.id) })}
                    label={
                      <>
                        {runTitle(one)} <span className="text-muted">{formatDateTime(one.createdAt)}</span>
                      </>
                    }
                  />
                </li>
              ))}
            </ul>
          </fieldset>
        </div>
      </details>
      {start.error !== null && <ProblemNote error={start.error} />}
    </div>
  );
}
