'use client';

import type { PointerEvent } from 'react';
import type { KeepCurve, KeepSummary } from '@/lib/api/contracts/keep';
import { inverted, scaled, type Scale } from '@/lib/figures/axis';
import { curveCount, expectedAt, keepOfCurve } from '@/lib/figures/keep/curves';
import { cutSliderProps } from './cut-slider';
import { CutMark } from './histogram-cut';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** The cut in the learning curves: what lies left of the line is kept. A ring stands where it meets the shown run's curve. */
export function CurveCut({ cut, summary, curve, x, y }: { cut: Cut; summary: KeepSummary; curve: KeepCurve | null; x: Scale; y: Scale }) {
  const keep = useLiveKeep(cut);
  if (keep === null) return null;
  const count = curveCount(summary, keep, cut.total);
  const at = scaled(x, count);
  const handlers = dragHandlers(cut, (event: PointerEvent<Element>) => {
    const pixel = event.clientX - event.currentTarget.closest('svg')!.getBoundingClientRect().left;
    return keepOfCurve(summary, Math.max(0, inverted(x, pixel)), cut.total);
  });
  return (
    <>
      <CutMark at={at} y={y} slider={cutSliderProps(cut, keep)} handlers={handlers} />
      {curve && <circle cx={at} cy={scaled(y, expectedAt(curve, count).mean)} r={4.5} className="pointer-events-none fill-surface stroke-accent" strokeWidth={2} />}
    </>
  );
}
