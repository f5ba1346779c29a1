import { DEMO_IMAGE_SIDE } from './raster/canvas';
import { valueNoise } from './raster/noise';
import { type SeededRandom, shuffled } from './raster/seeded-random';

const SIDE = DEMO_IMAGE_SIDE;

/** Ways in which a failed generator ruins a picture. */
export const distortionKinds = ['elastic', 'scrambled', 'false_colour'] as const;
export type DistortionKind = (typeof distortionKinds)[number];

/** Drags every pixel along a random smooth field; `amplitude` in pixels. */
function elastic(rgb: Uint8Array, random: SeededRandom, amplitude: number): Uint8Array {
  const out = new Uint8Array(rgb.length);
  const cell = random.between(20, 32);
  const offset = random.between(0, 100);
  const clamp = (value: number) => Math.max(0, Math.min(SIDE - 1, Math.round(value)));
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at += 3) {
      const fromX = clamp(x + amplitude * valueNoise(x / cell + offset, y / cell));
      const fromY = clamp(y + amplitude * valueNoise(x / cell, y / cell + offset + 60));
      const from = 3 * (fromY * SIDE + fromX);
      out[at] = rgb[from] as number;
      out[at + 1] = rgb[from + 1] as number;
      out[at + 2] = rgb[from + 2] as number;
    }
  }
  return out;
}

/** Copies a square block to another place, turned by `turns` quarter turns. */
function moveBlock(from: Uint8Array, to: Uint8Array, block: number, fromAt: number, toAt: number, turns: number): void {
  const last = block - 1;
  for (let y = 0; y < block; y++) {
    for (let x = 0; x < block; x++) {
      const sx = turns === 0 ? x : turns === 1 ? y : turns === 2 ? last - x : last - y;
      const sy = turns === 0 ? y : turns === 1 ? last - x : turns === 2 ? last - y : x;
      const source = 3 * (fromAt + sy * SIDE + sx);
      const target = 3 * (toAt + y * SIDE + x);
      to[target] = from[source] as number;
      to[target + 1] = from[source + 1] as number;
      to[target + 2] = from[source + 2] as number;
    }
  }
}

/** Cuts the picture into blocks and puts them back in the wrong places, turned. `block` divides the side. */
function scrambled(rgb: Uint8Array, random: SeededRandom, block: number): Uint8Array {
  const out = new Uint8Array(rgb.length);
  const across = SIDE / block;
  const startOf = (index: number) => Math.floor(index / across) * block * SIDE + (index % across) * block;
  const order = shuffled(
    Array.from({ length: across * across }, (_, i) => i),
    random,
  );
  order.forEach((from, to) => moveBlock(rgb, out, block, startOf(from), startOf(to), random.below(4)));
  return out;
}

/** Maps brightness to a ramp between two strong colours, dark and bright exchanged. */
function falseColour(rgb: Uint8Array, random: SeededRandom): Uint8Array {
  const hue = random.between(0, 2 * Math.PI);
  const ramp = (angle: number, base: number) => [0, 1, 2].map((c) => base + 0.3 * Math.cos(angle - (2 * Math.PI * c) / 3));
  const dark = ramp(hue, 0.7);
  const bright = ramp(hue + 2.2, 0.25);
  const out = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const grey = ((rgb[at] as number) * 0.3 + (rgb[at + 1] as number) * 0.59 + (rgb[at + 2] as number) * 0.11) / 255;
    for (let c = 0; c < 3; c++) {
      const value = (dark[c] as number) + ((bright[c] as number) - (dark[c] as number)) * grey;
      out[at + c] = Math.max(0, Math.min(255, 255 * value));
    }
  }
  return out;
}

/** A ruined copy of an RGB picture of the demo's size, with the parameter that was drawn. */
export function distort(rgb: Uint8Array, kind: DistortionKind, random: SeededRandom): { rgb: Uint8Array; amount: number } {
  switch (kind) {
    case 'elastic': {
      const amount = Math.round(random.between(26, 44));
      return { rgb: elastic(rgb, random, amount), amount };
    }
    case 'scrambled': {
      const amount = random.pick([20, 32, 40]);
      return { rgb: scrambled(rgb, random, amount), amount };
    }
    case 'false_colour':
      return { rgb: falseColour(rgb, random), amount: 1 };
  }
}
