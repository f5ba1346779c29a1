'use client';

import { Boxes, RefreshCw } from 'lucide-react';
import { StageLink } from '../frame/stage-link';
import { useStartExtraction } from '../jobs/use-start';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { FeatureSetCard } from './feature-set-card';
import { useFeatureSets } from './use-features';

/** Feature sets of a project whose vectors came in tables: there is no network to run. */
export function GivenFeatures({ projectId, mayAct }: { projectId: string; mayAct: boolean }) {
  const { data, error, refetch, isFetching } = useFeatureSets(projectId);
  const start = useStartExtraction(projectId);
  const button = (
    <Button icon={RefreshCw} busy={start.isPending} onClick={() => start.mutate(null)}>
      Standardise anew
    </Button>
  );
  return (
    <Page
      title="Features"
      summary="The vectors came with the files; no network is run. An import standardises them by mean and deviation of the training rows: normals and known anomalies that are not marked as test. After roles were changed here, standardise anew."
      actions={mayAct ? button : undefined}
    >
      {start.error !== null && <ProblemNote error={start.error} />}
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-56 max-w-md" />}
      {data?.length === 0 && (
        <EmptyState icon={Boxes} title="Not standardised yet" action={<StageLink projectId={projectId} to="samples">Go to the samples</StageLink>}>
          At least two training normals are needed: set the role of the good rows on the Samples page, then standardise.
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && (
        <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
          {data.map((set) => (
            <FeatureSetCard key={set.id} set={set} projectId={projectId} mayAct={mayAct} />
          ))}
        </div>
      )}
    </Page>
  );
}
