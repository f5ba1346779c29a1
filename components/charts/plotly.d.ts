/** The part of plotly.js that components/charts/plot.tsx uses; the strict bundle ships no types. */
declare module 'plotly.js-strict-dist-min' {
  export type PlotAxis = { readonly range: readonly [number, number]; readonly _offset: number; readonly _length: number };
  export interface PlotElement extends HTMLDivElement {
    readonly _fullLayout?: { readonly xaxis: PlotAxis; readonly yaxis: PlotAxis };
    on(event: 'plotly_relayout' | 'plotly_relayouting' | 'plotly_afterplot', listener: () => void): void;
    removeAllListeners?(event: string): void;
  }
  type Plain = Readonly<Record<string, unknown>>;
  const Plotly: {
    react(element: HTMLElement, data: readonly Plain[], layout: Plain, config: Plain): Promise<PlotElement>;
    /** A figure that is not on the page as a data address of an SVG or a PNG. */
    toImage(figure: { readonly data: readonly Plain[]; readonly layout: Plain; readonly config: Plain }, options: { readonly format: 'svg' | 'png'; readonly width: number; readonly height: number; readonly scale?: number }): Promise<string>;
    purge(element: HTMLElement): void;
    Plots: { resize(element: HTMLElement): Promise<void> };
  };
  export default Plotly;
}
