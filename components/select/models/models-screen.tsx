'use client';

import { ImagePlus } from 'lucide-react';
import Link from 'next/link';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { NeedsImages } from '../needs-images';

/** Fewest normals that can be divided into seeds and held-out ones. */
const fewestNormals = 2;

/** Which network fits this product: the tab "Models" of the stage "Select". */
export function ModelsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  if (overview === undefined) return <Skeleton className="h-64" />;
  if (overview.kind !== 'image') return <NeedsImages reason="vectors" what="Choosing a network" />;
  if (overview.isPrivate) return <NeedsImages reason="private" what="Choosing a network" />;
  if (overview.samples.normal < fewestNormals) {
    return (
      <EmptyState
        icon={ImagePlus}
        title="Normals are needed first"
        action={
          <Link href={stagePath(projectId, 'samples')} className={buttonClass('primary')}>
            Add normals
          </Link>
        }
      >
        A selection divides the normals into seeds of synthetic anomalies and normals to tell them from. About ten are enough to begin with.
      </EmptyState>
    );
  }
  return null;
}
