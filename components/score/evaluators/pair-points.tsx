'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { scaled } from '@/lib/figures/axis';
import type { AlignedRuns } from '@/lib/figures/evaluators/agreement';
import { sampleOfRow } from '@/lib/figures/evaluators/disagreements';
import { nearestInGrid, pointGrid } from '@/lib/figures/map-grid';
import type { PlotFrame } from '../../charts/plot';
import { reachOf, useParentPointer } from '../../charts/use-parent-pointer';
import { SamplePicture } from '../../vector/sample-picture';
import { scoresPath } from '../score-tabs';

type PairPointsProps = { projectId: string; /** The run in whose ranking a sample opens. */ runId: string; aligned: AlignedRuns; frame: PlotFrame };

const previewSize = 80;

/** The point under the pointer with its picture; a click opens its sample. The list beside the figure does the same for the keyboard. */
export function PairPoints({ projectId, runId, aligned, frame }: PairPointsProps) {
  const layer = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [hovered, setHovered] = useState(-1);
  const { grid, every } = useMemo(() => {
    const [x, y] = aligned.percentiles.map((values) => Float32Array.from(values));
    return { grid: pointGrid(x!, y!), every: new Uint8Array(aligned.rows).fill(1) };
  }, [aligned]);
  const pointAt = (x: number, y: number) => nearestInGrid(grid, reachOf(frame, x, y), every);
  useParentPointer(layer, {
    enabled: true,
    onHover: (x, y) => setHovered(x === null ? -1 : pointAt(x, y)),
    onClick: (x, y) => {
      const row = pointAt(x, y);
      if (row >= 0) router.push(`${scoresPath(projectId, null, runId)}&sample=${sampleOfRow(aligned, row)}`);
    },
  });
  return (
    <div ref={layer} aria-hidden className="pointer-events-none absolute inset-0">
      {hovered >= 0 && <Hovered projectId={projectId} sampleId={sampleOfRow(aligned, hovered)} x={scaled(frame.x, grid.xs[hovered]!)} y={scaled(frame.y, grid.ys[hovered]!)} />}
    </div>
  );
}

function Hovered({ projectId, sampleId, x, y }: { projectId: string; sampleId: string; x: number; y: number }) {
  const left = x > previewSize + 24 ? x - previewSize - 14 : x + 14;
  return (
    <>
      <svg className="absolute inset-0 size-full">
        <circle cx={x} cy={y} r={7} className="fill-none stroke-ink" strokeWidth={1.5} />
      </svg>
      <SamplePicture key={sampleId} projectId={projectId} sampleId={sampleId} alt="" vector="glyph" style={{ left, top: Math.max(4, y - previewSize / 2), width: previewSize, height: previewSize }} className="absolute rounded-md border border-line-strong shadow-float" />
    </>
  );
}
