import { smoothstep } from '../raster/noise';

const SIDE = 512;

/** Coverage of the two inks over the tile's face, -1..1 in both directions. */
export type Ornament = { readonly blue: Float32Array; readonly ochre: Float32Array };

const SOFT = 0.008;
const fill = (distance: number) => smoothstep(SOFT, -SOFT, distance);
const line = (distance: number, width: number) => fill(Math.abs(distance) - width / 2);

/** Distance (nearly) to the outline of a flower with `petals` petals between the two radii; negative inside. */
function flower(u: number, v: number, petals: number, inner: number, outer: number, turn: number): number {
  const radius = Math.hypot(u, v) + 1e-9;
  const phase = (petals / 2) * (Math.atan2(v, u) - turn);
  const wave = Math.abs(Math.cos(phase));
  const slope = (outer - inner) * 1.4 * wave ** 0.4 * Math.sin(phase) * (petals / 2);
  // Polar distance overstates the true one where the outline runs along the radius.
  return (radius - (inner + (outer - inner) * wave ** 1.4)) / Math.sqrt(1 + (slope / radius) ** 2);
}

function dots(u: number, v: number, count: number, at: number, size: number, turn: number): number {
  const step = (2 * Math.PI) / count;
  const angle = Math.atan2(v, u) - turn;
  const nearest = Math.round(angle / step) * step + turn;
  return Math.hypot(u - at * Math.cos(nearest), v - at * Math.sin(nearest)) - size;
}

/** The blue drawing: frame, corner quarter-rosettes, ring and star. The eightfold symmetry is that of the classic pattern tile. */
function blueAt(u: number, v: number): number {
  const a = Math.abs(u);
  const b = Math.abs(v);
  const frame = Math.max(a, b);
  const fromCorner = Math.hypot(a - 0.84, b - 0.84);
  const radius = Math.hypot(u, v);
  const insideFrame = frame < 0.86 ? 1 : 0;
  const corner = insideFrame * Math.max(
    line(fromCorner - 0.4, 0.05),
    line(fromCorner - 0.32, 0.016),
    0.9 * fill(flower(a - 0.84, b - 0.84, 8, 0.05, 0.25, 0)),
  );
  const ring = radius < 0.66 || fromCorner > 0.43 ? Math.max(line(radius - 0.6, 0.035), 0.85 * fill(dots(u, v, 24, 0.53, 0.018, 0))) : 0;
  const star = flower(u, v, 8, 0.14, 0.46, Math.PI / 8);
  const leaves = 0.62 * fill(flower(u, v, 8, 0.1, 0.4, 0));
  const outlineOfStar = Math.max(line(star, 0.022), fill(star + 0.05) * 0.78);
  const heart = smoothstep(0.135, 0.15, radius);
  return Math.max(line(frame - 0.94, 0.03), line(frame - 0.87, 0.014), corner, ring, Math.max(leaves, outlineOfStar) * heart, line(radius - 0.1, 0.018));
}

/** The second ink, printed in a pass of its own: heart, buds at the sides and drops on the petals. */
function ochreAt(u: number, v: number): number {
  const a = Math.abs(u);
  const b = Math.abs(v);
  const buds = Math.hypot(Math.max(a, b) - 0.745, Math.min(a, b) * 1.5) - 0.06;
  return Math.max(fill(Math.hypot(u, v) - 0.085), fill(buds), 0.9 * fill(dots(u, v, 8, 0.3, 0.032, Math.PI / 8)));
}

let drawn: Ornament | undefined;

/** The ornament, drawn once and kept. */
export function tileOrnament(): Ornament {
  if (drawn !== undefined) return drawn;
  const blue = new Float32Array(SIDE * SIDE);
  const ochre = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = (2 * (x + 0.5)) / SIDE - 1;
      const v = (2 * (y + 0.5)) / SIDE - 1;
      blue[y * SIDE + x] = blueAt(u, v);
      ochre[y * SIDE + x] = ochreAt(u, v);
    }
  }
  drawn = { blue, ochre };
  return drawn;
}

/** Ink coverage at a point of the tile's face (bilinear; 0 outside). */
export function inkAt(plane: Float32Array, u: number, v: number): number {
  const x = ((u + 1) / 2) * SIDE - 0.5;
  const y = ((v + 1) / 2) * SIDE - 0.5;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  if (x0 < 0 || y0 < 0 || x0 >= SIDE - 1 || y0 >= SIDE - 1) return 0;
  const at = y0 * SIDE + x0;
  const fx = x - x0;
  const upper = (plane[at] as number) * (1 - fx) + (plane[at + 1] as number) * fx;
  const lower = (plane[at + SIDE] as number) * (1 - fx) + (plane[at + SIDE + 1] as number) * fx;
  return upper + (lower - upper) * (y - y0);
}
