'use client';

import { useMemo, useState, type ReactNode } from 'react';
import type { PlotFigure } from '@/lib/figures/experiments/plots';
import { FigureExport, type CsvTable } from './figure-export';
import { Plot, type PlotFrame } from './plot';
import { useTones, type Tones } from './use-tones';

type FigurePlotProps = {
  title: string;
  /** What it shows, for those who do not see it. */
  description: string;
  /** Keep it stable between renderings: a new function means a new drawing. */
  draw: (tones: Tones) => PlotFigure;
  csv: () => CsvTable;
  height: number;
  /** Narrower screens scroll the figure sideways. */
  minWidth?: number;
  /** Drawn over the plot, in its coordinates. */
  overlay?: (frame: PlotFrame) => ReactNode;
};

const still = { displayModeBar: false, scrollZoom: false, doubleClick: false, showTips: false };

/** A figure with its title and its export; its height is kept free while the plot library loads. */
export function FigurePlot({ title, description, draw, csv, height, minWidth = 0, overlay }: FigurePlotProps) {
  const tones = useTones();
  const [frame, setFrame] = useState<PlotFrame | null>(null);
  const figure = useMemo(() => (tones === null ? null : draw(tones)), [draw, tones]);
  return (
    <figure aria-label={title} className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{title}</h3>
        <FigureExport name={title} csv={csv} draw={draw} />
      </figcaption>
      <p className="sr-only">{description}</p>
      <div className="overflow-x-auto" role="group" aria-label={`${title}, drawn`} {...(minWidth > 0 ? { tabIndex: 0 } : {})}>
        <div className="relative" style={{ height, minWidth }}>
          {figure !== null && <Plot data={figure.data} layout={figure.layout} config={still} className="absolute inset-0" {...(overlay ? { onFrame: setFrame } : {})} />}
          {frame !== null && overlay?.(frame)}
        </div>
      </div>
    </figure>
  );
}
