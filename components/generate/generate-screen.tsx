'use client';

import { ImagePlus, WandSparkles } from 'lucide-react';
import Link from 'next/link';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useTrainingNormals } from './use-generate';
import { Workbench } from './workbench';

/** Synthetic anomalies of normal images: previews of a batch, its settings, and what became of earlier ones. */
export function GenerateScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const isVector = overview?.kind === 'vector';
  const { data: normals, error, refetch, isFetching } = useTrainingNormals(projectId, overview !== undefined && !isVector);
  return (
    <>
      {isVector ? (
        <EmptyState icon={WandSparkles} title="Generators need images" action={<StageLink projectId={projectId} to="samples">Add auxiliary rows</StageLink>}>
          This project holds feature vectors, and a synthetic anomaly is made of the pixels of a normal image. Add auxiliary rows to the tables instead.
        </EmptyState>
      ) : normals === undefined || overview === undefined ? (
        error === null ? <Skeleton className="h-[34rem]" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />
      ) : normals.length === 0 ? (
        <EmptyState
          icon={WandSparkles}
          title="No training normals"
          action={
            <Link href={stagePath(projectId, 'samples')} className={buttonClass('primary')}>
              <ImagePlus aria-hidden className="size-4" />
              Go to the samples
            </Link>
          }
        >
          Synthetic anomalies are made of images of good parts. Add some, or change the role of samples to normal; those marked as test stay out.
        </EmptyState>
      ) : (
        <Workbench projectId={projectId} overview={overview} normals={normals} />
      )}
    </>
  );
}
