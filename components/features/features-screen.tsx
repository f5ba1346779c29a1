'use client';

import { Boxes, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { useSession } from '../account/use-session';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page, Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { ExtractDialog } from './extract-dialog';
import { FeatureSetCard } from './feature-set-card';
import { ModelList } from './model-list';
import { RegisterModelDialog } from './register-model-dialog';
import { useFeatureSets, useModels } from './use-features';

/** Feature sets of a project, and the networks that make them. */
export function FeaturesScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const sets = useFeatureSets(projectId);
  const models = useModels();
  const isAdmin = useSession().data?.user.isAdmin === true;
  const [params, setUrl] = useUrlState();
  const [registering, setRegistering] = useState(false);
  const mayAct = overview?.role === 'lead';
  const hasSamples = (overview?.sampleCount ?? 0) > 0;
  const extracting = params.get('extract') === '1';
  const button = (
    <Button variant="primary" icon={Boxes} onClick={() => setUrl({ extract: '1' })}>
      Extract features
    </Button>
  );
  return (
    <Page title="Features" summary="A feature set holds one vector per sample. Sets of different networks never mix." actions={mayAct && hasSamples && (sets.data?.length ?? 0) > 0 ? button : undefined}>
      {sets.error !== null && <ProblemNote error={sets.error} onRetry={() => void sets.refetch()} busy={sets.isFetching} />}
      {sets.data === undefined && sets.error === null && <Skeleton className="h-56 max-w-md" />}
      {sets.data?.length === 0 && overview !== undefined && (
        <EmptyState
          icon={Boxes}
          title="No feature set yet"
          action={
            !mayAct ? undefined : hasSamples ? (
              button
            ) : (
              <Link href={stagePath(projectId, 'samples')} className={buttonClass('primary')}>
                Add images first
              </Link>
            )
          }
        >
          {mayAct ? 'A network turns every image into a vector; scores are made of distances between vectors.' : 'A lead of this project extracts features.'}
        </EmptyState>
      )}
      {sets.data !== undefined && sets.data.length > 0 && (
        <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
          {sets.data.map((set) => (
            <FeatureSetCard key={set.id} set={set} projectId={projectId} mayAct={mayAct} />
          ))}
        </div>
      )}
      <Section
        title="Networks"
        summary={isAdmin ? 'Any ONNX file that gives one vector per image can be added.' : 'An administrator adds others.'}
        actions={
          isAdmin ? (
            <Button icon={Plus} onClick={() => setRegistering(true)}>
              Register a network
            </Button>
          ) : undefined
        }
      >
        {models.error !== null && <ProblemNote error={models.error} onRetry={() => void models.refetch()} />}
        {models.data === undefined && models.error === null && <Skeleton className="h-14" />}
        {models.data !== undefined && <ModelList models={models.data} isAdmin={isAdmin} />}
      </Section>
      {overview !== undefined && models.data !== undefined && mayAct && <ExtractDialog open={extracting} onOpenChange={(open) => setUrl({ extract: open ? '1' : null })} overview={overview} models={models.data} />}
      <RegisterModelDialog open={registering} onOpenChange={setRegistering} />
    </Page>
  );
}
