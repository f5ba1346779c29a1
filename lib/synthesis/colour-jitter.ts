import { shuffle } from '@/lib/anomaly/random/sampling';
import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import { between } from './draw';

const steps = ['brightness', 'contrast', 'saturation', 'hue'] as const;
type Step = (typeof steps)[number];

export type Jitter = Readonly<Record<Step, number>> & { readonly order: string };

/** Weights of red, green and blue in grey (ITU-R 601). */
const grey = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;

const clamp = (value: number) => Math.max(0, Math.min(255, value));

/**
 * Draws a colour change as CutPaste has it: factors of brightness, contrast and saturation uniform in (1 - s, 1 + s), hue
 * shifted by a share of the colour circle uniform in (-s, s), in random order.
 */
export function drawJitter(strength: number, random: RandomGenerator): Jitter {
  const factor = () => between(1 - strength, 1 + strength, random);
  const [brightness, contrast, saturation] = [factor(), factor(), factor()];
  const hue = between(-strength, strength, random);
  const order = [...shuffle(Int32Array.of(0, 1, 2, 3), random)].map((i) => steps[i]).join(' ');
  return { brightness, contrast, saturation, hue, order };
}

/** Changes the colours of a patch (three numbers of 0..255 a pixel) in place. Contrast turns about the patch's mean grey. */
export function applyJitter(patch: Float64Array, jitter: Jitter): void {
  for (const step of jitter.order.split(' ') as Step[]) {
    if (step === 'hue') turnHue(patch, jitter.hue);
    else blend(patch, step, jitter[step]);
  }
}

/** value = base + factor (value - base), where the base is black, the mean grey of the patch or the grey of the pixel. */
function blend(patch: Float64Array, step: Exclude<Step, 'hue'>, factor: number): void {
  const mean = step === 'contrast' ? meanGrey(patch) : 0;
  for (let at = 0; at < patch.length; at += 3) {
    const base = step === 'saturation' ? grey(patch[at]!, patch[at + 1]!, patch[at + 2]!) : mean;
    for (let c = at; c < at + 3; c += 1) patch[c] = clamp(base + factor * (patch[c]! - base));
  }
}

function meanGrey(patch: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < patch.length; at += 3) sum += grey(patch[at]!, patch[at + 1]!, patch[at + 2]!);
  return (3 * sum) / patch.length;
}

/** Turns the hue by a share of the circle; saturation and value (of HSV) stay. */
function turnHue(patch: Float64Array, share: number): void {
  for (let at = 0; at < patch.length; at += 3) {
    const [r, g, b] = [patch[at]!, patch[at + 1]!, patch[at + 2]!];
    const value = Math.max(r, g, b);
    const chroma = value - Math.min(r, g, b);
    if (chroma === 0) continue;
    const hue = sextant(r, g, b, value, chroma) + 6 * share;
    for (let c = 0; c < 3; c += 1) {
      // The distance of the hue from the channel that is full, on a circle of six: 5 of red, 3 of green, 1 of blue.
      const k = (((5 - 2 * c + hue) % 6) + 6) % 6;
      patch[at + c] = value - chroma * Math.max(0, Math.min(k, 4 - k, 1));
    }
  }
}

/** Hue on a circle of six, red at 0, green at 2, blue at 4. */
function sextant(r: number, g: number, b: number, value: number, chroma: number): number {
  if (value === r) return (g - b) / chroma;
  return value === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
}
