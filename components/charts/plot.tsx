'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type * as PlotlyModule from 'plotly.js-strict-dist-min';
import type { PlotElement } from 'plotly.js-strict-dist-min';
import type { Scale } from '@/lib/figures/axis';
import type { PlotFigure } from '@/lib/figures/experiments/plots';
import { ProblemNote } from '../ui/problem';
import { blobOfDataAddress } from './download';

type Plain = Readonly<Record<string, unknown>>;

/** A plot follows its place this long after the last change: what made room or took it (a drawer) is painted first, and drawn once. */
const resizeMs = 100;

/** Data to pixels within the element, as the plot draws now. */
export type PlotFrame = { readonly x: Scale; readonly y: Scale };

type PlotProps = {
  data: readonly Plain[];
  layout: Plain;
  config?: Plain;
  className?: string;
  /** Called after each drawing and while it is panned or zoomed, so that overlays follow. */
  onFrame?: (frame: PlotFrame) => void;
};

let library: Promise<typeof PlotlyModule> | null = null;

/** 1.6 MB: fetched when the first plot is shown, once. The strict bundle runs without `unsafe-eval`. */
function loadLibrary() {
  library ??= import('plotly.js-strict-dist-min').catch((error: unknown) => {
    library = null;
    throw error;
  });
  return library;
}

function frameOf({ _fullLayout: layout }: PlotElement): PlotFrame | null {
  if (!layout) return null;
  const { xaxis, yaxis } = layout;
  return {
    x: { domain: xaxis.range, range: [xaxis._offset, xaxis._offset + xaxis._length] },
    y: { domain: yaxis.range, range: [yaxis._offset + yaxis._length, yaxis._offset] },
  };
}

/** A figure as a picture of its own, without the page: SVG, or PNG at twice the size for print. */
export async function plotImage(figure: PlotFigure, format: 'svg' | 'png', size: { width: number; height: number }): Promise<Blob> {
  const { default: Plotly } = await loadLibrary();
  const address = await Plotly.toImage({ data: figure.data, layout: figure.layout, config: {} }, { format, ...size, ...(format === 'png' ? { scale: 2 } : {}) });
  return blobOfDataAddress(address);
}

/**
 * The only door to plotly.js. Typed arrays in; `layout.uirevision` keeps pan and zoom over new data. Selections
 * and highlights are drawn by others on top: redrawing WebGL at every pointer move is too slow.
 */
export function Plot({ data, layout, config, className, onFrame }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<Error | null>(null);
  const tellFrame = useEffectEvent((plot: PlotElement) => {
    const frame = frameOf(plot);
    if (frame) onFrame?.(frame);
  });
  useEffect(() => {
    const box = element.current;
    if (box === null) return;
    let current = true;
    const draw = async () => {
      const { default: Plotly } = await loadLibrary();
      if (!current) return;
      const first = !('_fullLayout' in box);
      const plot = await Plotly.react(box, data, layout, { displayModeBar: false, responsive: false, ...config });
      if (!current) return;
      if (first) for (const event of ['plotly_relayout', 'plotly_relayouting', 'plotly_afterplot'] as const) plot.on(event, () => tellFrame(plot));
      tellFrame(plot);
    };
    draw().catch((thrown: unknown) => current && setError(thrown instanceof Error ? thrown : new Error(String(thrown))));
    return () => {
      current = false;
    };
  }, [data, layout, config]);
  useEffect(() => {
    const box = element.current;
    if (box === null) return;
    let settled: ReturnType<typeof setTimeout> | undefined;
    const resize = () => {
      if ('_fullLayout' in box && box.clientWidth > 0) void loadLibrary().then(({ default: Plotly }) => Plotly.Plots.resize(box)).then(() => tellFrame(box as unknown as PlotElement));
    };
    const observer = new ResizeObserver(() => {
      clearTimeout(settled);
      settled = setTimeout(resize, resizeMs);
    });
    observer.observe(box);
    return () => {
      clearTimeout(settled);
      observer.disconnect();
      void library?.then(({ default: Plotly }) => Plotly.purge(box));
    };
  }, []);
  if (error) return <ProblemNote className="m-4" title="The plot could not be drawn" error={error} onRetry={() => setError(null)} />;
  return <div ref={element} className={className} />;
}
