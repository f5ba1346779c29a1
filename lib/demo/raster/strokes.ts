import type { Coverage } from './canvas';
import type { SeededRandom } from './seeded-random';

export type Point = { readonly x: number; readonly y: number };

/** A line through points; `width` in pixels at each point. */
export type Stroke = { readonly points: readonly Point[]; readonly widths: readonly number[] };

function stampSegment(coverage: Coverage, from: Point, to: Point, fromWidth: number, toWidth: number): void {
  const { side, values } = coverage;
  const reach = Math.max(fromWidth, toWidth) / 2 + 1.5;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(side - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(side - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = Math.max(1e-9, dx * dx + dy * dy);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / lengthSquared));
      const offX = x - from.x - along * dx;
      const offY = y - from.y - along * dy;
      const distance = Math.sqrt(offX * offX + offY * offY);
      const halfWidth = (fromWidth + (toWidth - fromWidth) * along) / 2;
      // A line thinner than a pixel covers it in part only.
      const value = Math.min(1, 2 * halfWidth) * Math.max(0, Math.min(1, halfWidth + 0.5 - distance));
      const at = y * side + x;
      if (value > (values[at] as number)) values[at] = value;
    }
  }
}

/** Draws an anti-aliased line into the coverage (maximum with what is there). Parts outside the image are cut. */
export function drawStroke(coverage: Coverage, stroke: Stroke): void {
  for (let i = 1; i < stroke.points.length; i++) {
    stampSegment(
      coverage,
      stroke.points[i - 1] as Point,
      stroke.points[i] as Point,
      stroke.widths[i - 1] as number,
      stroke.widths[i] as number,
    );
  }
}

/** A gently bent line, as a tool or a hard grain leaves it: thin at both ends. Lengths in pixels, angle in radians. */
export function bentStroke(random: SeededRandom, centre: Point, angle: number, length: number, width: number): Stroke {
  const steps = 14;
  const bend = random.between(-0.5, 0.5);
  const points: Point[] = [];
  const widths: number[] = [];
  let heading = angle - bend / 2;
  let x = centre.x - (Math.cos(angle) * length) / 2;
  let y = centre.y - (Math.sin(angle) * length) / 2;
  for (let i = 0; i <= steps; i++) {
    points.push({ x, y });
    widths.push(width * (0.35 + 0.65 * Math.sin((Math.PI * (i + 0.6)) / (steps + 1.2))) * random.between(0.8, 1.1));
    heading += bend / steps + random.gauss() * 0.012;
    x += (Math.cos(heading) * length) / steps;
    y += (Math.sin(heading) * length) / steps;
  }
  return { points, widths };
}

/** A brittle crack: a jagged walk that thins out. Lengths in pixels, angle in radians. */
export function jaggedStroke(random: SeededRandom, start: Point, angle: number, length: number, width: number): Stroke {
  const steps = Math.max(4, Math.round(length / 6));
  const points: Point[] = [start];
  const widths: number[] = [width];
  let heading = angle;
  let { x, y } = start;
  for (let i = 1; i <= steps; i++) {
    heading += (angle - heading) * 0.25 + random.gauss() * 0.3;
    x += (Math.cos(heading) * length) / steps;
    y += (Math.sin(heading) * length) / steps;
    points.push({ x, y });
    widths.push(width * (1 - (0.75 * i) / steps) * random.between(0.75, 1.15));
  }
  return { points, widths };
}
