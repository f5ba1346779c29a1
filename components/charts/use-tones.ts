'use client';

import { useEffect, useState } from 'react';
import { hues } from '@/lib/figures/experiments/evaluator-style';
import { seriesHues, stepShares } from '@/lib/figures/map-tones';

/** Names of colour tokens (app/globals.css) that charts draw with. */
const tokens = [
  'ink', 'muted', 'faint', 'line', 'line-strong', 'surface', 'accent',
  'zone-realistic', 'zone-unrealistic', 'zone-indistinguishable',
  'verdict-accepted', 'verdict-rejected', 'verdict-skipped',
  'role-normal', 'role-anomaly', 'role-auxiliary',
] as const;

export type Tones = Readonly<Record<string, string>>;

/** Any CSS colour as "rgb(r, g, b)": the plot library reads no newer notation. Painting a pixel settles mixes and spaces. */
function asRgb(context: CanvasRenderingContext2D, colour: string): string {
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

function readTones(): Tones {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const resolve = (value: string) => {
    probe.style.color = value;
    const { color } = getComputedStyle(probe);
    return context === null ? color : asRgb(context, color);
  };
  const named = Object.fromEntries(tokens.map((token) => [token, resolve(`var(--${token})`)]));
  const steps = Object.fromEntries(stepShares.map((share, i) => [`step-${i}`, resolve(`color-mix(in srgb, var(--accent) ${share}%, var(--line-strong))`)]));
  const hued = Object.fromEntries(hues.map(({ light, dark }, i) => [`hue-${i}`, resolve(`light-dark(${light}, ${dark})`)]));
  probe.remove();
  return { ...named, ...steps, ...hued, none: named['line-strong']!, ...Object.fromEntries(seriesHues.map((colour, i) => [`series-${i}`, colour])) };
}

/** The theme's colours as a canvas takes them, read again when the theme changes; null before the first paint. */
export function useTones(): Tones | null {
  const [tones, setTones] = useState<Tones | null>(null);
  useEffect(() => {
    const read = () => setTones(readTones());
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    scheme.addEventListener('change', read);
    const frame = requestAnimationFrame(read);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', read);
      cancelAnimationFrame(frame);
    };
  }, []);
  return tones;
}
