'use client';

import { ImageOff } from 'lucide-react';
import type { VectorFeature } from '@/lib/api/contracts/samples';
import { SampleImage } from '../private/sample-image';
import { VectorFace } from '../vector/vector-face';
import { cn } from '../ui/cn';
import { imageUrl } from './use-samples';

type ThumbnailProps = { projectId: string; sampleId: string; /** Of a vector; null of an image. */ features: readonly VectorFeature[] | null; vector?: 'tile' | 'glyph'; className?: string };

/** The small picture of a sample, or the features of its vector. A missing one is said, not left blank. */
export function Thumbnail({ projectId, sampleId, features, vector = 'tile', className }: ThumbnailProps) {
  if (features !== null) return <VectorFace features={features} size={vector} {...(className === undefined ? {} : { className })} />;
  const failed = (
    <span className={cn('flex items-center justify-center bg-sunken text-faint', className)} title="The image could not be loaded">
      <ImageOff aria-label="The image could not be loaded" className="size-4" />
    </span>
  );
  return <SampleImage src={imageUrl(projectId, sampleId, 'thumbnail')} projectId={projectId} sampleId={sampleId} alt="" loading="lazy" failed={failed} className={cn('bg-sunken object-contain', className)} />;
}
