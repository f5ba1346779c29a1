/** A linear scale from data to pixels. */
export type Scale = { readonly domain: readonly [number, number]; readonly range: readonly [number, number] };

export function scaled(scale: Scale, value: number): number {
  const [d0, d1] = scale.domain;
  const [r0, r1] = scale.range;
  return d1 === d0 ? (r0 + r1) / 2 : r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
}

export function inverted(scale: Scale, pixel: number): number {
  return scaled({ domain: scale.range, range: scale.domain }, pixel);
}

/** Round tick values (1, 2 or 5 times a power of ten) within [low, high], about `wanted` of them. */
export function ticks(low: number, high: number, wanted = 5): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return Number.isFinite(low) ? [low] : [];
  const raw = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((step) => step * power >= raw * 0.999) ?? 10;
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Width of one character of a tick label (10 px), tabular figures; a little more than the widest. */
const characterWidth = 6;

/** Room in px left of an upright axis: its name, written upwards, beside its tick labels, however long these are. */
export function leftRoom(labels: readonly string[]): number {
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  return Math.max(40, 18 + longest * characterWidth + 5);
}

/** Where the middle of a tick label stands so that it does not leave the picture, which goes on `room` px beyond the axis. */
export function labelPlace(scale: Scale, tick: number, label: string, room: number): number {
  const half = (label.length * characterWidth) / 2;
  const [left, right] = scale.range;
  return Math.min(right + room - half, Math.max(left - room + half, scaled(scale, tick)));
}

/** How many tick labels of this length stand side by side in a width, at most `most`. */
export function ticksThatFit(width: number, longest: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(width / (longest * characterWidth + 16))));
}

/** Smallest and largest finite value at the given rows; null when there is none. */
export function extent(values: ArrayLike<number>, rows: ArrayLike<number>): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** The q-quantile (0..1) of the finite values at the given rows, linear interpolation; NaN without values. */
export function quantile(values: ArrayLike<number>, rows: ArrayLike<number>, q: number): number {
  const kept: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (Number.isFinite(value)) kept.push(value);
  }
  if (kept.length === 0) return Number.NaN;
  const sorted = Float64Array.from(kept).sort();
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}
