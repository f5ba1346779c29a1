'use client';

import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { cn } from '../ui/cn';
import { imageUrl } from './use-samples';

/** The small picture of a sample. A missing one is said, not left blank. */
export function Thumbnail({ projectId, sampleId, className }: { projectId: string; sampleId: string; className?: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) {
    return (
      <span className={cn('flex items-center justify-center bg-sunken text-faint', className)} title="The image could not be loaded">
        <ImageOff aria-label="The image could not be loaded" className="size-4" />
      </span>
    );
  }
  return <img src={imageUrl(projectId, sampleId, 'thumbnail')} alt="" loading="lazy" decoding="async" draggable={false} className={cn('bg-sunken object-contain', className)} onError={() => setFailed(true)} />;
}
