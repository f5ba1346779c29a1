'use client';

import { useEffect, useRef } from 'react';
import type { PatchMap } from '@/lib/api/contracts/patches';
import { heatGradient, heatPicture, heatSentence, NORMAL_LEVEL, seesAll, unseenClip } from '@/lib/figures/heat-map';
import { formatPercent } from '@/lib/figures/format';

/** A heat map over the image of the box that it stands in; what the network did not see is hatched. */
export function HeatOverlay({ map }: { map: PatchMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { area } = map;
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const { width, height, rgba } = heatPicture(map);
    element.width = width;
    element.height = height;
    pen.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [map]);
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Heat map. ${heatSentence(map)}`}
        className="pointer-events-none absolute"
        style={{ left: share(area.left), top: share(area.top), width: share(area.width), height: share(area.height), imageRendering: 'auto' }}
      />
      {!seesAll(area) && <span aria-hidden className="pointer-events-none absolute inset-0" style={{ background: hatching, clipPath: unseenClip(area) }} />}
    </>
  );
}

const share = (value: number): string => `${100 * value}%`;
const hatching = 'repeating-linear-gradient(45deg, rgb(0 0 0 / 0.45) 0 6px, rgb(255 255 255 / 0.15) 6px 8px)';

/** What the colours mean. */
export function HeatLegend({ map }: { map: PatchMap }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span>as normal</span>
      <span className="relative h-2 w-28 shrink-0 rounded-sm" style={{ background: heatGradient() }}>
        <span title="99 % of normal patches lie to the left" className="absolute -inset-y-0.5 w-0.5 bg-page" style={{ left: share(NORMAL_LEVEL) }} />
      </span>
      <span>far from normal</span>
      {!seesAll(map.area) && <span>hatched: not seen by the network ({formatPercent(1 - map.area.width * map.area.height)})</span>}
    </span>
  );
}
