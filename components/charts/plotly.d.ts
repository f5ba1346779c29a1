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
    purge(element: HTMLElement): void;
    Plots: { resize(element: HTMLElement): Promise<void> };
  };
  export default Plotly;
}
