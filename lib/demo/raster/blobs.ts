import { createCoverage, type Coverage } from './canvas';
import { fractalNoise, smoothstep } from './noise';
import type { SeededRandom } from './seeded-random';
import type { Point } from './strokes';

/** An irregular spot: an ellipse whose edge is eaten by noise. `softness` in units of the radius. */
export type BlobShape = {
  readonly centre: Point;
  /** Mean radius in pixels. */
  readonly radius: number;
  /** Long axis over short axis, >= 1. */
  readonly stretch: number;
  /** 0 = a clean ellipse, 0.5 = very ragged. */
  readonly raggedness: number;
  readonly softness: number;
};

/** Coverage of the spot, 1 inside, falling over `softness` of the radius at its edge. */
export function blobCoverage(random: SeededRandom, shape: BlobShape): Coverage {
  const coverage = createCoverage();
  addBlob(coverage, random, shape);
  return coverage;
}

/** Draws a spot into the coverage (maximum with what is there). */
export function addBlob(coverage: Coverage, random: SeededRandom, shape: BlobShape): void {
  const { side, values } = coverage;
  const angle = random.between(0, Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const long = Math.sqrt(shape.stretch);
  const offsetX = random.between(0, 200);
  const offsetY = random.between(0, 200);
  const reach = Math.ceil(shape.radius * long * (1.2 + shape.raggedness + shape.softness));
  const top = Math.max(0, Math.floor(shape.centre.y) - reach);
  const bottom = Math.min(side - 1, Math.ceil(shape.centre.y) + reach);
  const left = Math.max(0, Math.floor(shape.centre.x) - reach);
  const right = Math.min(side - 1, Math.ceil(shape.centre.x) + reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const dx = x - shape.centre.x;
      const dy = y - shape.centre.y;
      const u = (dx * cos + dy * sin) / (shape.radius * long);
      const v = ((dy * cos - dx * sin) * long) / shape.radius;
      const edge = Math.sqrt(u * u + v * v) + shape.raggedness * fractalNoise(offsetX + u * 1.7, offsetY + v * 1.7);
      const value = smoothstep(1, 1 - shape.softness, edge);
      if (value > (values[y * side + x] as number)) values[y * side + x] = value;
    }
  }
}
