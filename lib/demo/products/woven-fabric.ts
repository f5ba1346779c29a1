import { AssayError } from '@/lib/errors';
import { applyStain } from '../defects/stain';
import { blobCoverage } from '../raster/blobs';
import { type Canvas, type Coverage, createCanvas, createCoverage, DEMO_IMAGE_SIDE, paintOver } from '../raster/canvas';
import type { Light } from '../raster/camera';
import { mappingOf } from '../raster/mapping';
import { valueNoise } from '../raster/noise';
import { mixSeed, type SeededRandom, seededRandom } from '../raster/seeded-random';
import { bentStroke, drawStroke, type Point } from '../raster/strokes';
import type { DefectRequest, DemoProduct, RenderedPart, Scene } from '../types';

/** Threads per half image: a thread is about nine pixels wide. */
const PITCH = 18;
/** Threads kept at each side beyond the image, for any pose. */
const MARGIN = 14;
const COUNT = 2 * (PITCH + MARGIN);

/** Linear colours: indigo warp, raw cotton weft. */
const WARP = [0.085, 0.135, 0.26] as const;
const WEFT = [0.52, 0.49, 0.43] as const;

/** One direction's threads; index 0 lies MARGIN + PITCH threads before the middle. */
type Threads = { readonly half: Float32Array; readonly shift: Float32Array; readonly tint: Float32Array; readonly fray: Float32Array };

type Cloth = {
  readonly warp: Threads;
  readonly weft: Threads;
  readonly light: Light;
  readonly skew: number;
  readonly bow: number;
  readonly noiseX: number;
  readonly noiseY: number;
};

/** A hole or a missing stretch of weft, as the weave sees it. */
type Damage = {
  readonly hole?: Coverage;
  readonly missing?: { readonly first: number; readonly last: number; readonly from: number; readonly to: number };
};

/** What the camera sees at a point: which thread, and how much light it sends back. */
type Seen = { thread: 'warp' | 'weft' | 'gap'; light: number };

function drawThreads(random: SeededRandom): Threads {
  const draw = (value: () => number) => Float32Array.from({ length: COUNT }, value);
  return {
    half: draw(() => 0.465 + random.gauss() * 0.018),
    shift: draw(() => random.gauss() * 0.035),
    tint: draw(() => 1 + random.gauss() * 0.055),
    fray: draw(() => (random.unit() < 0.18 ? 1.1 : random.between(0.12, 0.8))),
  };
}

function drawCloth(scene: Scene): Cloth {
  const { random, light } = scene;
  return {
    warp: drawThreads(random),
    weft: drawThreads(random),
    light,
    skew: random.gauss() * 0.012,
    bow: random.gauss() * 0.008,
    noiseX: random.between(0, 200),
    noiseY: random.between(0, 200),
  };
}

const mod4 = (value: number) => value - 4 * Math.floor(value / 4);

/** Half width of a thread along its float (0..1), as a share: it narrows where it dives under. */
function girth(float: number): number {
  const end = 2 * float - 1;
  const fourth = end * end * end * end;
  return 1 - 0.42 * fourth * fourth;
}

/**
 * Light from a thread: a round bundle of twisted fibres that dives at both ends of its float. `lateral` and
 * `lengthwise` are the lamp's direction across and along the thread; `grain` picks the fibres' texture.
 */
function threadLight(across: number, along: number, float: number, lateral: number, lengthwise: number, grain: number): number {
  const round = 1 - 0.7 * across * across + across * lateral * 0.45;
  const crown = 0.66 + 0.34 * Math.sin(Math.PI * float) + Math.cos(Math.PI * float) * lengthwise * 0.16;
  const twist = valueNoise(across * 1.6 + along * 2.4 + grain, across * 1.1 - along * 1.1 + grain);
  return Math.max(0.05, round * crown * (1 + 0.2 * twist));
}

function isMissing(damage: Damage, j: number, a: number): boolean {
  const gone = damage.missing;
  return gone !== undefined && j >= gone.first && j <= gone.last && a > gone.from && a < gone.to;
}

/** Position across warp thread `i` at (a, b): -1..1 within the thread. */
function acrossWarp(i: number, a: number, b: number, cloth: Cloth): number {
  const at = i + COUNT / 2;
  const slub = 0.035 * valueNoise(b * 0.21, at * 5.17 + cloth.noiseX);
  return (a - i - 0.5 - (cloth.warp.shift[at] as number)) / ((cloth.warp.half[at] as number) + slub);
}

/** Position across weft thread `j` at (a, b): -1..1 within the thread. */
function acrossWeft(j: number, a: number, b: number, cloth: Cloth): number {
  const at = j + COUNT / 2;
  const slub = 0.035 * valueNoise(a * 0.21 + 50, at * 7.31 + cloth.noiseY);
  return (b - j - 0.5 - (cloth.weft.shift[at] as number)) / ((cloth.weft.half[at] as number) + slub);
}

/** Shows the warp thread at (a, b) if it is there; `float` is the place along its float when on top. */
function showWarp(a: number, b: number, opened: number, float: number | undefined, cloth: Cloth, seen: Seen): boolean {
  const i = Math.floor(a);
  const at = i + COUNT / 2;
  if (opened >= (cloth.warp.fray[at] as number)) return false;
  const across = acrossWarp(i, a, b, cloth);
  if (Math.abs(across) >= (float === undefined ? 1 : girth(float))) return false;
  const sunk = float === undefined ? 0.6 : 1;
  const { light } = cloth;
  seen.thread = 'warp';
  seen.light = sunk * (cloth.warp.tint[at] as number) * threadLight(across, b, float ?? 0.5, light.x, light.y, at * 5.3 + cloth.noiseX);
  return true;
}

/** Shows the weft thread at (a, b) if it is there; `float` is the place along its float when on top. */
function showWeft(a: number, b: number, opened: number, float: number | undefined, cloth: Cloth, damage: Damage, seen: Seen): boolean {
  const j = Math.floor(b);
  const at = j + COUNT / 2;
  if (opened >= (cloth.weft.fray[at] as number) || isMissing(damage, j, a)) return false;
  const across = acrossWeft(j, a, b, cloth);
  if (Math.abs(across) >= (float === undefined ? 1 : girth(float))) return false;
  const sunk = float === undefined ? 0.5 : 1;
  const { light } = cloth;
  seen.thread = 'weft';
  seen.light = sunk * (cloth.weft.tint[at] as number) * threadLight(across, a, float ?? 0.1, light.y, light.x, at * 5.3 + 71 + cloth.noiseX);
  return true;
}

/** Looks at the cloth at warp coordinate a, weft coordinate b (in threads); `opened` is the hole's coverage there. */
function look(a: number, b: number, opened: number, cloth: Cloth, damage: Damage, seen: Seen): void {
  // Twill 2/2: over two, under two, one thread further in every row.
  const warpPhase = mod4(Math.floor(a) - b + 1);
  if (warpPhase < 2) {
    if (showWarp(a, b, opened, warpPhase / 2, cloth, seen) || showWeft(a, b, opened, undefined, cloth, damage, seen)) return;
  } else {
    const weftFloat = Math.max(0, Math.min(1, (mod4(a - Math.floor(b)) - 2) / 2));
    if (showWeft(a, b, opened, weftFloat, cloth, damage, seen) || showWarp(a, b, opened, undefined, cloth, seen)) return;
  }
  seen.thread = 'gap';
  seen.light = opened > 0.1 ? 0.014 : 0.03;
}

function weave(scene: Scene, cloth: Cloth, damage: Damage, onPixel?: (at: number, a: number, b: number) => void): Canvas {
  const map = mappingOf(scene.pose);
  const canvas = createCanvas();
  const { side, rgb } = canvas;
  const seen: Seen = { thread: 'gap', light: 0 };
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at++) {
      const u = map.u0 + map.ux * x + map.uy * y;
      const v = map.v0 + map.vx * x + map.vy * y;
      const drape = valueNoise(u * 2.1 + cloth.noiseX, v * 2.1 + cloth.noiseY);
      const ripple = 0.11 * drape;
      const a = (u + cloth.skew * v) * PITCH + ripple;
      const b = (v + cloth.bow * u * u) * PITCH + ripple * 0.8;
      look(a, b, damage.hole === undefined ? 0 : (damage.hole.values[at] as number), cloth, damage, seen);
      onPixel?.(at, a, b);
      const shade = seen.light * (1 + 0.04 * drape);
      const colour = seen.thread === 'warp' ? WARP : WEFT;
      const tone = seen.thread === 'gap' ? 0.6 : 1;
      rgb[3 * at] = shade * colour[0] * tone;
      rgb[3 * at + 1] = shade * colour[1] * tone;
      rgb[3 * at + 2] = shade * colour[2] * tone;
    }
  }
  return canvas;
}

/** A few loose fibres, on sound and defective cloth alike. */
function addLint(canvas: Canvas, random: SeededRandom): void {
  const lint = createCoverage();
  const count = 2 + random.below(4);
  for (let i = 0; i < count; i++) {
    const centre = { x: random.between(0, canvas.side), y: random.between(0, canvas.side) };
    drawStroke(lint, bentStroke(random, centre, random.between(0, Math.PI), random.between(12, 34), random.between(0.6, 1)));
  }
  paintOver(canvas, lint, [0.55, 0.53, 0.48], 0.32);
}

/** A place near where a worn part of the loom marks the cloth, in shares of the image. */
function placeNear(random: SeededRandom, x: number, y: number): Point {
  return { x: DEMO_IMAGE_SIDE * (x + random.gauss() * 0.035), y: DEMO_IMAGE_SIDE * (y + random.gauss() * 0.035) };
}

function renderMissingThread(scene: Scene, cloth: Cloth, defect: DefectRequest): RenderedPart {
  const { random, severity } = defect;
  const first = Math.round((0.42 + random.gauss() * 0.06) * PITCH);
  const last = first + (severity > 0.6 ? 1 : 0);
  const length = PITCH * (0.7 + 0.8 * severity);
  const middle = random.gauss() * 0.1 * PITCH;
  const missing = { first, last, from: middle - length / 2, to: middle + length / 2 };
  const coverage = createCoverage();
  const canvas = weave(scene, cloth, { missing }, (at, a, b) => {
    if (b >= first && b < last + 1 && a > missing.from && a < missing.to) coverage.values[at] = 1;
  });
  return { canvas, coverage };
}

function renderHole(scene: Scene, cloth: Cloth, defect: DefectRequest): RenderedPart {
  const { random, severity } = defect;
  const hole = blobCoverage(random, {
    centre: placeNear(random, 0.33, 0.34),
    radius: 17 + 13 * severity,
    stretch: random.between(1, 1.6),
    raggedness: 0.3,
    softness: 0.7,
  });
  const canvas = weave(scene, cloth, { hole });
  return { canvas, coverage: hole };
}

function renderDamaged(scene: Scene, cloth: Cloth, defect: DefectRequest): RenderedPart {
  switch (defect.type) {
    case 'missing_thread':
      return renderMissingThread(scene, cloth, defect);
    case 'hole':
      return renderHole(scene, cloth, defect);
    case 'stain': {
      const canvas = weave(scene, cloth, {});
      const centre = placeNear(defect.random, 0.66, 0.3);
      return { canvas, coverage: applyStain(canvas, defect, { centre, tint: [0.34, 0.25, 0.16], radius: 27 }) };
    }
    default:
      throw new AssayError('parameter.invalid', `The woven fabric has no defect named "${defect.type}".`);
  }
}

export const wovenFabric: DemoProduct = {
  id: 'woven-fabric',
  title: 'Woven twill fabric',
  objectName: 'woven fabric',
  defectTypes: ['missing_thread', 'hole', 'stain'],
  render(scene, defect) {
    const cloth = drawCloth(scene);
    const lintSeed = mixSeed(Math.floor(cloth.noiseX * 1e6), 'lint');
    const part = defect === undefined ? { canvas: weave(scene, cloth, {}) } : renderDamaged(scene, cloth, defect);
    addLint(part.canvas, seededRandom(lintSeed));
    return part;
  },
};
