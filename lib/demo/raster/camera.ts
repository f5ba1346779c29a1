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

function blurAlong(rgb: Float32Array, lines: number, lineStep: number, count: number, step: number, share: number): void {
  const keep = 1 - 2 * share;
  for (let line = 0; line < lines; line++) {
    for (let c = 0; c < 3; c++) {
      let at = line * lineStep + c;
      let before = rgb[at] as number;
      let here = before;
      for (let i = 0; i < count; i++) {
        const after = i + 1 < count ? (rgb[at + step] as number) : here;
        rgb[at] = keep * here + share * (before + after);
        before = here;
        here = after;
        at += step;
      }
    }
  }
}

/**
 * Develops a canvas into bytes: lens blur, vignette, exposure and white balance, photon and read noise, sRGB.
 * The canvas is changed (it is used up). Returns interleaved RGB, side x side x 3.
 */
export function develop(canvas: Canvas, exposure: Exposure): Uint8Array {
  const { side, rgb } = canvas;
  blurAlong(rgb, side, side * 3, side, 3, exposure.blur);
  blurAlong(rgb, side, 3, side, side * 3, exposure.blur);
  const bytes = new Uint8ClampedArray(rgb.length);
  const perStep = LINEAR_STEPS / BRIGHTEST;
  const gains = [exposure.gain * exposure.red * perStep, exposure.gain * perStep, exposure.gain * exposure.blue * perStep] as const;
  const centre = (side - 1) / 2;
  const common = 0.75 * exposure.noise;
  const own = 0.65 * exposure.noise;
  let noiseAt = exposure.noiseOffset;
  for (let y = 0, at = 0; y < side; y++) {
    const ny = (y - centre) / centre;
    // A jump per row keeps the table's period from lining up into a pattern.
    noiseAt += 7919;
    for (let x = 0; x < side; x++) {
      const nx = (x - centre) / centre;
      const falloff = 1 - exposure.vignette * 0.5 * (nx * nx + ny * ny);
      const shared = common * tabledGauss(noiseAt++);
      for (let c = 0; c < 3; c++, at++) {
        const step = ((rgb[at] as number) * falloff * (gains[c] as number)) | 0;
        const index = step < 0 ? 0 : step > LINEAR_STEPS ? LINEAR_STEPS : step;
        const grain = shared + own * tabledGauss(noiseAt++);
        bytes[at] = (toneCurve[index] as number) + (grainCurve[index] as number) * grain;
      }
    }
  }
  return new Uint8Array(bytes.buffer);
}
