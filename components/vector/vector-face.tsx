import type { VectorFeature } from '@/lib/api/contracts/samples';
import { featureBars } from '@/lib/figures/feature-bars';
import { cn } from '../ui/cn';
import { SignedBar } from './signed-bar';

type VectorFaceProps = {
  /** Undefined while they are fetched. */
  features: readonly VectorFeature[] | null | undefined;
  /** `tile`: names and values; `glyph`: bars only, for places of the size of an icon. */
  size: 'tile' | 'glyph';
  className?: string;
};

/** A vector in the place of an image: the features that differ most from its nearest normals. */
export function VectorFace({ features, size, className }: VectorFaceProps) {
  const bars = featureBars(features ?? []);
  if (size === 'glyph') {
    return (
      <span className={cn('flex flex-col justify-center gap-1 overflow-hidden bg-sunken p-1', className)} title={bars.map(({ name, value }) => `${name} ${value}`).join(', ')}>
        {bars.map(({ name, share }) => (
          <SignedBar key={name} share={share} />
        ))}
      </span>
    );
  }
  return (
    <span className={cn('flex flex-col flex-wrap content-start overflow-hidden bg-sunken text-left', className)}>
      {bars.length === 0 && features !== undefined && <span className="m-auto px-2 text-center text-tiny text-muted">like its nearest normals</span>}
      {bars.map(({ name, value, normal, share, difference }) => (
        // A feature that does not fit any more wraps into a second column, which is clipped: it is left out as a whole.
        <span key={name} className="flex w-full flex-[1_0_19px] flex-col justify-center gap-px px-1.5 leading-none" title={`${name} ${value}, nearest normals ${normal} (${difference})`}>
          <span className="flex items-baseline justify-between gap-1 text-tiny leading-[13px]">
            <span className="min-w-0 truncate">{name}</span>
            <span className="shrink-0">
              <b className="font-medium">{value}</b> <span className="text-muted">{normal}</span>
            </span>
          </span>
          <SignedBar share={share} className="h-[3px]" />
        </span>
      ))}
    </span>
  );
}
