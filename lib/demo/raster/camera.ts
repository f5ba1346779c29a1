import type { Canvas } from './canvas';
import { tabledGauss } from './noise';
import type { SeededRandom } from './seeded-random';

/** Where the part lies under the camera: rotation (radians), magnification and shift (fractions of half the image). */
export type Pose = { readonly angle: number; readonly scale: number; readonly dx: number; readonly dy: number };

/** Direction to the lamp (unit vector; x right, y down, z to the camera). */
export type Light = { readonly x: number; readonly y: number; readonly z: number };

/** What lens and sensor do to the light that reaches them. */
export type Exposure = {
  /** Factor on all channels. */
  readonly gain: number;
  /** Factors on red and blue (green is 1). */
  readonly red: number;
  readonly blue: number;
  /** Share of light lost in the corners. */
  readonly vignette: number;
  /** Share of a pixel's light that spills over to its neighbours, per axis. */
  readonly blur: number;
  /** Standard deviation of the noise at mid grey, as a share of full scale. */
  readonly noise: number;
  readonly noiseOffset: number;
};

const LINEAR_STEPS = 4096;
const BRIGHTEST = 1.5;
const toneCurve = buildToneCurve();
const grainCurve = buildGrainCurve();

/** Linear light to sRGB code values, IEC 61966-2-1, with a soft shoulder for highlights. */
function buildToneCurve(): Float32Array {
  const curve = new Float32Array(LINEAR_STEPS + 1);
  for (let i = 0; i <= LINEAR_STEPS; i++) {
    const light = (i / LINEAR_STEPS) * BRIGHTEST;
    const soft = light < 0.7 ? light : 0.7 + 0.3 * Math.tanh((light - 0.7) / 0.3);
    curve[i] = 255 * (soft <= 0.0031308 ? 12.92 * soft : 1.055 * soft ** (1 / 2.4) - 0.055);
  }
  return curve;
}

/** Code values per unit of noise: photon and read noise in linear light times the tone curve's slope there. */
function buildGrainCurve(): Float32Array {
  const curve = new Float32Array(LINEAR_STEPS + 1);
  for (let i = 0; i <= LINEAR_STEPS; i++) {
    const light = (i / LINEAR_STEPS) * BRIGHTEST;
    const below = toneCurve[Math.max(0, i - 30)] as number;
    const above = toneCurve[Math.min(LINEAR_STEPS, i + 30)] as number;
    const span = Math.min(LINEAR_STEPS, i + 30) - Math.max(0, i - 30);
    curve[i] = (Math.sqrt(0.01 + light) * (above - below) * LINEAR_STEPS) / (span * BRIGHTEST);
  }
  return curve;
}

/** Small differences from part to part: parts are placed by a fixture, not by hand. */
export function drawPose(random: SeededRandom): Pose {
  return {
    angle: random.gauss() * 0.009,
    scale: 1 + random.gauss() * 0.004,
    dx: random.gauss() * 0.008,
    dy: random.gauss() * 0.008,
  };
}

/** A lamp at the upper left that wanders a little. */
export function drawLight(random: SeededRandom): Light {
  const azimuth = -2.2 + random.gauss() * 0.06;
  const elevation = 0.95 + random.gauss() * 0.03;
  return { x: Math.cos(azimuth) * Math.cos(elevation), y: Math.sin(azimuth) * Math.cos(elevation), z: Math.sin(elevation) };
}

export function drawExposure(random: SeededRandom): Exposure {
  return {
    gain: 1 + random.gauss() * 0.022,
    red: 1 + random.gauss() * 0.008,
    blue: 1 + random.gauss() * 0.01,
    vignette: 0.16 + random.gauss() * 0.02,
    blur: random.between(0.1, 0.2),
    noise: random.between(0.008, 0.013),
    noiseOffset: random.below(1 << 16),
  };
}

/** Three-tap blur of each row in place. */
function blurRows(rgb: Float32Array, side: number, share: number): void {
  const keep = 1 - 2 * share;
  for (let y = 0; y < side; y++) {
    for (let c = 0; c < 3; c++) {
      const end = (y + 1) * side * 3;
      let before = rgb[y * side * 3 + c] as number;
      let here = before;
      for (let at = y * side * 3 + c; at < end; at += 3) {
        const after = at + 3 < end ? (rgb[at + 3] as number) : here;
        rgb[at] = keep * here + share * (before + after);
        before = here;
        here = after;
      }
    }
  }
}

/** Three-tap blur of each column in place, row by row: memory is read in the order in which it lies. */
function blurColumns(rgb: Float32Array, side: number, share: number): void {
  const keep = 1 - 2 * share;
  const row = side * 3;
  const before = rgb.slice(0, row);
  for (let start = 0; start < rgb.length; start += row) {
    const next = start + row < rgb.length ? row : 0;
    for (let i = 0; i < row; i++) {
      const here = rgb[start + i] as number;
      rgb[start + i] = keep * here + share * ((before[i] as number) + (rgb[start + next + i] as number));
      before[i] = here;
    }
  }
}

/** Code value for light in steps of the curves' tables, with so many units of noise. */
function codeOf(light: number, grain: number): number {
  const step = light | 0;
  const index = step < 0 ? 0 : step > LINEAR_STEPS ? LINEAR_STEPS : step;
  return (toneCurve[index] as number) + (grainCurve[index] as number) * grain;
}

/** Blurs a canvas in place: a lens that is out of focus, `passes` times the widest spread of `Exposure.blur`. */
export function defocus({ side, rgb }: Canvas, passes: number): void {
  for (let pass = 0; pass < passes; pass++) {
    blurRows(rgb, side, 0.25);
    blurColumns(rgb, side, 0.25);
  }
}

/**
 * Develops a canvas into bytes: lens blur, vignette, exposure and white balance, photon and read noise, sRGB.
 * The canvas is changed (it is used up). Returns interleaved RGB, side x side x 3.
 */
export function develop(canvas: Canvas, exposure: Exposure): Uint8Array {
  const { side, rgb } = canvas;
  blurRows(rgb, side, exposure.blur);
  blurColumns(rgb, side, exposure.blur);
  const bytes = new Uint8ClampedArray(rgb.length);
  const perStep = LINEAR_STEPS / BRIGHTEST;
  const red = exposure.gain * exposure.red * perStep;
  const green = exposure.gain * perStep;
  const blue = exposure.gain * exposure.blue * perStep;
  const centre = (side - 1) / 2;
  const loss = (exposure.vignette * 0.5) / (centre * centre);
  const common = 0.75 * exposure.noise;
  const own = 0.65 * exposure.noise;
  let noiseAt = exposure.noiseOffset;
  for (let y = 0, at = 0; y < side; y++) {
    const rowFalloff = 1 - loss * (y - centre) * (y - centre);
    // A jump per row keeps the table's period from lining up into a pattern.
    noiseAt += 7919;
    for (let x = 0; x < side; x++, at += 3, noiseAt += 4) {
      const falloff = rowFalloff - loss * (x - centre) * (x - centre);
      const shared = common * tabledGauss(noiseAt);
      bytes[at] = codeOf((rgb[at] as number) * falloff * red, shared + own * tabledGauss(noiseAt + 1));
      bytes[at + 1] = codeOf((rgb[at + 1] as number) * falloff * green, shared + own * tabledGauss(noiseAt + 2));
      bytes[at + 2] = codeOf((rgb[at + 2] as number) * falloff * blue, shared + own * tabledGauss(noiseAt + 3));
    }
  }
  return new Uint8Array(bytes.buffer);
}
