'use client';

import { useEffect, useRef } from 'react';
import type { DrawnDifference } from './use-difference';

/** A difference picture in the place of the image of the box that it stands in. */
export function DifferenceOverlay({ picture, label }: { picture: DrawnDifference; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    element.width = picture.width;
    element.height = picture.height;
    pen.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} className="pointer-events-none absolute inset-0 size-full" />;
}
