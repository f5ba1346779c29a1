import { ImagePlus } from 'lucide-react';
import Link from 'next/link';
import { stagePath } from '../frame/stages';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** In the place of a selection that has too few normals to divide. */
export function NeedsNormals({ projectId }: { projectId: string }) {
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
