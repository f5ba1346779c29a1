'use client';

import { useEffect, useRef } from 'react';
import type { PreviewPicture } from '@/lib/browser-synthesis/messages';
import { cn } from '../ui/cn';

type PreviewCanvasProps = { picture: PreviewPicture; showMask: boolean; /** Null where what stands round it says what it is. */ label: string | null; className?: string };

/** A synthetic anomaly as it was made, with a line round what was changed. */
export function PreviewCanvas({ picture: { picture, outline }, showMask, label, className }: PreviewCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) return;
    context.clearRect(0, 0, picture.width, picture.height);
    context.drawImage(picture, 0, 0);
    if (showMask && outline !== null) context.drawImage(outline, 0, 0);
  }, [picture, outline, showMask]);
  const named = label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={canvas} {...named} width={picture.width} height={picture.height} className={cn('object-contain', className)} />;
}
