'use client';

import type { ImageVariant } from '@/lib/api/contracts/samples';
import { SampleImage } from '../private/sample-image';
import { imageUrl } from '../score/sample-images';
import { useSampleRow } from '../score/use-sample-row';
import { cn } from '../ui/cn';
import { useIsVector } from './use-vectors';
import { VectorFace } from './vector-face';

type SamplePictureProps = {
  projectId: string;
  sampleId: string;
  alt: string;
  /** Which image, where the sample is one. */
  variant?: Extract<ImageVariant, 'thumbnail' | 'view'>;
  /** How a vector is shown. */
  vector?: 'tile' | 'glyph';
  lazy?: boolean;
  className?: string;
  style?: React.CSSProperties;
};

/** A sample small: its image, or the features of its vector. Nothing until it is known which. */
export function SamplePicture({ projectId, sampleId, alt, variant = 'thumbnail', vector = 'tile', lazy = false, className, style }: SamplePictureProps) {
  const isVector = useIsVector(projectId);
  if (isVector === null) return <span className={cn('block bg-sunken', className)} style={style} />;
  if (!isVector) return <SampleImage src={imageUrl(projectId, sampleId, variant)} projectId={projectId} sampleId={sampleId} alt={alt} {...(lazy ? { loading: 'lazy' as const } : {})} className={cn('bg-sunken object-contain', className)} style={style} />;
  return (
    <span className={cn('block overflow-hidden', className)} style={style} {...(alt === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': alt })}>
      <VectorOf projectId={projectId} sampleId={sampleId} size={vector} />
    </span>
  );
}

function VectorOf({ projectId, sampleId, size }: { projectId: string; sampleId: string; size: 'tile' | 'glyph' }) {
  const { data: row } = useSampleRow(projectId, sampleId);
  return <VectorFace features={row?.features} size={size} className="size-full" />;
}
