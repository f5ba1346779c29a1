'use client';

import { Boxes } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { BrowserRunPanel } from './browser-run-panel';
import { ExtractDialog } from './extract-dialog';
import { FeatureSetCard } from './feature-set-card';
import { ModelLibrary } from './model-library';
import { GivenFeatures } from './given-features';
import { useFeatureSets, useModels } from './use-features';

/** Feature sets of a project. */
export function FeaturesScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  if (overview?.kind === 'vector') return <GivenFeatures projectId={projectId} mayAct={overview.role === 'lead'} />;
  return <ExtractedFeatures projectId={projectId} />;
}

/** Feature sets that networks made of images, and these networks. */
function ExtractedFeatures({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const [params, setUrl] = useUrlState();
  const models = useModels();
  const mayAct = overview?.role === 'lead';
  const mayStart = mayAct && (overview?.sampleCount ?? 0) > 0;
  const button = (
    <Button variant="primary" icon={Boxes} onClick={() => setUrl({ extract: '1' })}>
      Extract features
    </Button>
  );
  return (
    <Page title="Features" summary="A feature set holds one vector per sample. Sets of different networks never mix." actions={mayStart && (overview?.featureSets ?? 0) > 0 ? button : undefined}>
      <BrowserRunPanel projectId={projectId} />
      <FeatureSets projectId={projectId} mayAct={mayAct} empty={overview === undefined ? null : <NoFeatureSet projectId={projectId} mayAct={mayAct} button={mayStart ? button : null} />} />
      <ModelLibrary projectId={projectId} />
      {overview !== undefined && models.data !== undefined && mayAct && (
        <ExtractDialog open={params.get('extract') === '1'} onOpenChange={(open) => setUrl({ extract: open ? '1' : null })} overview={overview} models={models.data} />
      )}
    </Page>
  );
}

function FeatureSets({ projectId, mayAct, empty }: { projectId: string; mayAct: boolean; empty: ReactNode }) {
  const { data, error, refetch, isFetching } = useFeatureSets(projectId);
  if (data === undefined) return error === null ? <Skeleton className="h-56 max-w-md" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data.length === 0) return empty;
  return (
    <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
      {data.map((set) => (
        <FeatureSetCard key={set.id} set={set} projectId={projectId} mayAct={mayAct} />
      ))}
    </div>
  );
}

function NoFeatureSet({ projectId, mayAct, button }: { projectId: string; mayAct: boolean; button: ReactNode }) {
  const toSamples = (
    <Link href={stagePath(projectId, 'samples')} className={buttonClass('primary')}>
      Add samples first
    </Link>
  );
  return (
    <EmptyState icon={Boxes} title="No feature set yet" action={mayAct ? (button ?? toSamples) : <StageLink projectId={projectId} to="samples">Look at the samples</StageLink>}>
      {mayAct ? 'A network turns every image into a vector; scores are made of distances between vectors.' : 'A lead of this project extracts features.'}
    </EmptyState>
  );
}
