'use client';

import { Replace } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import type { SampleRow } from '@/lib/api/contracts/samples';
import { featuresOfOther } from '@/lib/figures/feature-bars';
import { flipSentence, flipTitle, flipVerb, type FlipTarget } from '@/lib/figures/flip-target';
import { useSayFlipped } from '../review/use-flip';
import { useSwipe } from '../review/use-swipe';
import { useSampleRow } from '../score/use-sample-row';
import { IconButton } from '../ui/icon-button';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { FeatureTable } from './feature-table';
import { useVector } from './use-vectors';

type VectorViewerProps = {
  projectId: string;
  sampleId: string;
  /** Whose values take the place: the nearest normal's, or those of the neighbour that was chosen. */
  target: FlipTarget | null;
  flipped: boolean;
  onFlip: (flipped: boolean) => void;
  /** Called when the values of this sample are on the screen. */
  onPainted: (sampleId: string) => void;
  flipCap: string | null;
  toolbar?: ReactNode;
  /** A sideways swipe over the values. */
  onSwipe?: ((direction: 'left' | 'right') => void) | undefined;
};

/** One vector large: where it differs most from its nearest normals. A neighbour's values take its place while asked to. */
export function VectorViewer({ projectId, sampleId, target, flipped, onFlip, onPainted, flipCap, toolbar, onSwipe }: VectorViewerProps) {
  const { data: row, error, refetch } = useSampleRow(projectId, sampleId);
  const swipe = useSwipe(true, onSwipe);
  useSayFlipped(flipped ? target : null);
  const features = row?.id === sampleId ? row.features : undefined;
  useEffect(() => {
    if (features === undefined) return;
    // Two frames: the values are not only in the page but drawn.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => onPainted(sampleId));
    });
    return () => cancelAnimationFrame(frame);
  }, [features, sampleId, onPainted]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-2">
        <div className="flex min-w-0 flex-1 items-center gap-2 pl-1">{toolbar ?? <span className="truncate">{row?.fileName}</span>}</div>
        <IconButton
          icon={Replace}
          size="sm"
          label={flipVerb(target)}
          {...(flipCap ? { shortcut: `hold ${flipCap}` } : {})}
          disabled={target === null}
          pressed={flipped}
          onClick={() => onFlip(!flipped)}
        />
      </div>
      <div tabIndex={0} role="region" aria-label="Values" className={`flex min-h-0 flex-1 overflow-y-auto bg-sunken p-6 focus-visible:outline-offset-[-2px] max-md:p-3 ${onSwipe ? 'touch-pan-y' : ''}`} {...swipe}>
        <div className="m-auto w-full max-w-2xl rounded-lg border border-line bg-surface p-4">
          {error === null ? <Values projectId={projectId} row={row} target={flipped ? target : null} /> : <ProblemNote error={error} onRetry={() => void refetch()} />}
        </div>
      </div>
    </div>
  );
}

/** The values of the sample, or in their place those of a neighbour. */
function Values({ projectId, row, target }: { projectId: string; row: SampleRow | null | undefined; target: FlipTarget | null }) {
  if (row === undefined) return <Skeleton className="h-40" />;
  if (row === null) return <p className="text-muted">The project no longer holds this sample.</p>;
  if (target !== null) return <OtherValues projectId={projectId} row={row} target={target} />;
  return <FeatureTable features={row.features ?? []} of="This sample" large />;
}

/** The same features of a neighbour. */
function OtherValues({ projectId, row, target }: { projectId: string; row: SampleRow; target: FlipTarget }) {
  const { data } = useVector(projectId, target.neighbour.sampleId);
  const at = (name: string) => {
    const i = data?.columns.indexOf(name) ?? -1;
    const [value, deviation] = [data?.values[i], data?.deviations?.[i]];
    return value === undefined || deviation === undefined ? null : { value, deviation };
  };
  return (
    <>
      <p className="mb-2 rounded-md bg-ink px-2 py-1 text-small text-page">{flipSentence(target)}</p>
      {data === undefined ? <Skeleton className="h-40" /> : <FeatureTable features={featuresOfOther(row.features ?? [], at)} of={flipTitle(target)} large />}
    </>
  );
}
