'use client';

import { Package } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Export, ExportRule } from '@/lib/api/contracts/exports';
import { formatCount } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { ExportDialog } from './export-dialog';
import { ExportRow } from './export-row';
import { acceptedFilter } from './rule-words';
import { useExports } from './use-exports';

/** Exports of a project: what was taken out, when, by whom, and the zips that are still kept. */
export function ExportsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const { data, error, refetch, isFetching } = useExports(projectId);
  const [params, setUrl] = useUrlState();
  const [again, setAgain] = useState<Export | null>(null);
  const mayAct = overview?.role === 'lead';
  const accepted = overview?.review.accepted ?? 0;
  const asked = params.get('new') === '1' && overview !== undefined && mayAct;
  const rule: ExportRule | null = again !== null ? again.rule : asked ? { runId: overview.latestRun?.id ?? null, filter: acceptedFilter } : null;
  const button =
    mayAct && accepted > 0 ? (
      <Button variant="primary" icon={Package} onClick={() => setUrl({ new: '1' })}>
        Export {formatCount(accepted)} accepted
      </Button>
    ) : undefined;
  return (
    <Page title="Exports" summary="Each is frozen: the same files, scores and decisions, whatever is decided later." actions={(data?.length ?? 0) > 0 ? button : undefined}>
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-32" />}
      {data?.length === 0 && overview !== undefined && <NoExports projectId={projectId} mayAct={mayAct} accepted={accepted} button={button} />}
      {data !== undefined && data.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {data.map((item) => (
            <ExportRow key={item.id} item={item} projectId={projectId} mayAct={mayAct} onAgain={() => setAgain(item)} />
          ))}
        </ul>
      )}
      <ExportDialog
        projectId={projectId}
        rule={rule}
        before={again?.count ?? null}
        onClose={() => {
          setAgain(null);
          setUrl({ new: null });
        }}
      />
    </Page>
  );
}

function NoExports({ projectId, mayAct, accepted, button }: { projectId: string; mayAct: boolean; accepted: number; button: React.ReactNode }) {
  if (accepted > 0) {
    return (
      <EmptyState icon={Package} title="No export yet" action={button}>
        {mayAct ? 'The accepted samples as a zip in MVTec layout, with a manifest that names every score and decision.' : 'A lead of this project exports.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Package}
      title="No export yet"
      action={
        <Link href={stagePath(projectId, 'review')} className={buttonClass('primary')}>
          To the review
        </Link>
      }
    >
      No sample is accepted yet. Accept some in the review, or export any filtered part from the scores.
    </EmptyState>
  );
}
