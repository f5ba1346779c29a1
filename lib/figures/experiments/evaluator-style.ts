/**
 * Hues of the Okabe-Ito palette, darkened for light grounds and lightened for dark ones, so that lines and bars keep a
 * contrast of 3:1 to the ground in both themes.
 */
export const hues = [
  { light: '#0072b2', dark: '#5ab4f0' },
  { light: '#c04f00', dark: '#ff8a4c' },
  { light: '#008060', dark: '#35c79f' },
  { light: '#a8487f', dark: '#e29bc6' },
  { light: '#5f6a73', dark: '#aab4bd' },
  { light: '#6f52a8', dark: '#b79cf0' },
  { light: '#966700', dark: '#f0c050' },
] as const;

/** How an evaluator is drawn in every figure: a hue, and a dash, a marker and a hatching for those who do not see hues. */
export type EvaluatorStyle = {
  /** Name of a tone: "hue-0" to "hue-6". */
  readonly tone: string;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
  readonly symbol: string;
  /** Hatching of bars as plotly names it; empty: filled. */
  readonly pattern: string;
};

/** Place of each evaluator in the palette: those that are shown at first differ in hue, dash and marker alike. */
const places = ['EAP', 'CAP', 'LAVA', 'RARITY', 'RANDOMEV', 'KNNSHAP', 'DATABANZHAF', 'AME', 'INF', 'DATAOOB', 'LOO', 'P_X', 'P_YX', 'P_YX_NPX'];
const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;
const symbols = ['circle', 'square', 'diamond', 'triangle-up', 'triangle-down', 'cross', 'x'] as const;
const patterns = ['', '/', 'x'] as const;

/** The style of an evaluator; one that is not known takes the place that its name gives. */
export function evaluatorStyle(evaluator: string): EvaluatorStyle {
  const known = places.indexOf(evaluator);
  const place = known >= 0 ? known : places.length + [...evaluator].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return {
    tone: `hue-${place % hues.length}`,
    dash: dashes[place % dashes.length]!,
    symbol: symbols[place % symbols.length]!,
    pattern: patterns[Math.floor(place / hues.length) % patterns.length]!,
  };
}

/** Evaluators of a figure that are drawn at first. */
export const shownAtFirst: readonly string[] = ['EAP', 'CAP', 'LAVA', 'RARITY', 'RANDOMEV'];
