'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { formatDuration } from '@/lib/figures/format';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { SourcePicker } from '../source-picker';
import { SplitSentence, splitNumbers } from '../split-sentence';
import { AdvancedFields } from './advanced-fields';
import { CandidateSentence } from './candidate-sentence';
import { useSetUp } from './use-set-up';
import { useStartSelection } from './use-selections';

/** What is compared and by what, in sentences; one press starts it with the settings as they stand. */
export function SetUp({ overview, onStarted }: { overview: ProjectOverview; onStarted: (selectionId: string) => void }) {
  const form = useSetUp(overview);
  const start = useStartSelection(overview.id);
  const client = useQueryClient();
  if (form.state === 'loading') return form.error === null ? <Skeleton className="h-64" /> : <ProblemNote error={form.error} onRetry={() => void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })} />;
  const { choice, change, choices, normals, extractors, input, obstacle, seconds } = form;
  return (
    <section aria-label="New selection" className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">New selection</h2>
      <SplitSentence normals={normals} choice={choice} onChange={change} />
      <SourcePicker choices={choices} source={choice.synthetic} onChange={(synthetic) => change({ synthetic })} seeds={splitNumbers(normals, choice).seeds} />
      <CandidateSentence extractors={extractors} modelIds={choice.modelIds} detectors={choice.detectors} onChange={change} />
      <AdvancedFields choice={choice} onChange={change} />
      {obstacle !== null && (
        <p role="status" className="text-small text-warning">
          {obstacle}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3 pt-1">
        <Button variant="primary" icon={Play} busy={start.isPending} disabled={input === null} onClick={() => input !== null && start.mutate(input, { onSuccess: ({ id }) => onStarted(id) })}>
          Compare
        </Button>
        {seconds !== null && seconds > 0 && <span className="text-small text-muted">about {formatDuration(seconds)} of extraction first</span>}
      </div>
      {start.error !== null && <ProblemNote error={start.error} />}
    </section>
  );
}
