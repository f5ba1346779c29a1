import { printTones } from './experiments/plots';

type Tones = Readonly<Record<string, string>>;

/** Hues for series without a meaning of their own, of the Okabe-Ito palette and four more; light and dark grounds both carry them. */
export const seriesHues: readonly string[] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6bb1', '#999999', '#7a8b00', '#c2185b', '#00a3a3', '#a0522d'];

/** Shares of the accent in the steps from little to much; readable on light and on dark grounds. */
export const stepShares: readonly number[] = [25, 42, 60, 80, 100];

function mixed(share: number, over: readonly number[], under: readonly number[]): string {
  return `rgb(${over.map((value, i) => Math.round((share * value + (100 - share) * under[i]!) / 100)).join(', ')})`;
}

/** Colours of a map that leaves the page: those of the light theme (app/globals.css), on white. */
export const mapPrintTones: Tones = {
  ...printTones,
  none: printTones['line-strong']!,
  'zone-realistic': '#00775a',
  'zone-unrealistic': '#b34a00',
  'zone-indistinguishable': '#9a3f78',
  'verdict-accepted': '#1557b0',
  'verdict-rejected': '#b3232f',
  'verdict-skipped': '#5b646c',
  ...Object.fromEntries(stepShares.map((share, i) => [`step-${i}`, mixed(share, [21, 87, 176], [134, 142, 150])])),
  ...Object.fromEntries(seriesHues.map((colour, i) => [`series-${i}`, colour])),
};
