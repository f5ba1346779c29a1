import { AssayError } from '@/lib/errors';
import { applyDent } from '../defects/dent';
import { applyScratch } from '../defects/scratch';
import { applyStain } from '../defects/stain';
import { streakAt } from '../raster/brushing';
import { type Canvas, type Coverage, createCanvas } from '../raster/canvas';
import type { Light } from '../raster/camera';
import { mappingOf, toPixel } from '../raster/mapping';
import { smoothstep, valueNoise } from '../raster/noise';
import type { DefectRequest, DemoProduct, Scene } from '../types';

const PLATE_HALF = 0.87;
const CORNER = 0.16;
const CHAMFER = 0.026;
const HOLE_AT = 0.63;
const HOLE_RADIUS = 0.095;
const DISC_RADIUS = 0.53;
const SCREW_RADIUS = 0.17;
const PIXEL = 2 / 320;

/** What differs from plate to plate. */
type Plate = {
  readonly light: Light;
  readonly screwAngle: number;
  readonly streakX: number;
  readonly streakY: number;
  /** Contrast of the brushing. */
  readonly coarse: number;
  /** Where along the plate the lamp's broad reflection lies. */
  readonly glare: number;
};

function bowTie(u: number, v: number, light: Light): number {
  // Concentric grooves reflect where the groove runs across the direction to the lamp: two opposite fans.
  const norm = (u * u + v * v) * (light.x * light.x + light.y * light.y) + 1e-9;
  const along = u * light.x + v * light.y;
  const across = (along * along) / norm;
  return across * across * across;
}

/** Turned face inside the groove: concentric brushing with two fans of light. */
function discLight(u: number, v: number, radius: number, plate: Plate): number {
  const turn = Math.atan2(v, u) * (1024 / (2 * Math.PI));
  const streak = streakAt(turn + plate.streakX, radius * 210 + plate.streakY);
  const fans = bowTie(u, v, plate.light);
  const second = bowTie(u, v, { x: plate.light.y, y: 0.35 - plate.light.x, z: 0 });
  return 0.19 + 0.4 * fans + 0.12 * second + plate.coarse * streak * (0.6 + 0.9 * fans);
}

function faceLight(u: number, v: number, plate: Plate): number {
  const streak = streakAt(u * 150 + plate.streakX, v * 150 + plate.streakY);
  const band = (u + 0.25 * v - plate.glare + 0.012 * streak) / 0.62;
  const glare = 1 / (1 + band * band * band * band + band * band);
  return 0.2 + 0.26 * glare + plate.coarse * streak * (0.7 + 0.5 * glare);
}

function bevelLight(nx: number, ny: number, light: Light): number {
  const facing = (nx * light.x + ny * light.y) * 0.75 + light.z * 0.55;
  return 0.04 + 0.5 * Math.max(0, facing) ** 2;
}

/** Hexagon socket screw with a domed head; `radius` < SCREW_RADIUS. */
function screwLight(u: number, v: number, radius: number, plate: Plate): number {
  const cos = Math.cos(plate.screwAngle);
  const sin = Math.sin(plate.screwAngle);
  const a = Math.abs(u * cos + v * sin);
  const b = Math.abs(v * cos - u * sin);
  const socket = Math.max(a * 0.866 + b * 0.5, b) - 0.078;
  const slope = smoothstep(0.09, SCREW_RADIUS, radius);
  const shade = (u * plate.light.x + v * plate.light.y) / (radius + 1e-6);
  const head = 0.24 + 0.24 * slope * shade + 0.05 * (1 - slope) + 0.02 * streakAt(u * 220 + 40, v * 220 + plate.streakY);
  const rim = smoothstep(0.018, 0.004, Math.abs(socket)) * 0.16 * (0.5 - shade * 0.8);
  const depth = 0.02 + 0.05 * Math.max(0, -shade);
  const inside = smoothstep(PIXEL, -PIXEL, socket);
  return (head + Math.max(-0.1, rim)) * (1 - inside) + depth * inside;
}

function discOrScrew(u: number, v: number, radius: number, plate: Plate): number {
  const seat = smoothstep(SCREW_RADIUS - PIXEL, SCREW_RADIUS + PIXEL, radius);
  const head = seat < 1 ? screwLight(u, v, radius, plate) : 0;
  const disc = seat > 0 ? discLight(u, v, radius, plate) : 0;
  // The head stands proud: it keeps some light from the ring around it, more so away from the lamp.
  const away = -(u * plate.light.x + v * plate.light.y) / (radius + 1e-6);
  const shadow = 1 - (0.35 + 0.4 * Math.max(0, away)) * smoothstep(0.06, 0, radius - SCREW_RADIUS);
  return head * (1 - seat) + disc * shadow * seat;
}

function holeLight(u: number, v: number, face: number, light: Light): number {
  const du = Math.abs(u) - HOLE_AT;
  const dv = Math.abs(v) - HOLE_AT;
  const distance = Math.sqrt(du * du + dv * dv);
  if (distance > HOLE_RADIUS + CHAMFER + 2 * PIXEL) return face;
  const nx = (du * Math.sign(u)) / (distance + 1e-6);
  const ny = (dv * Math.sign(v)) / (distance + 1e-6);
  // The countersink looks towards the hole's axis.
  const bevel = bevelLight(-nx, -ny, light);
  const wall = 0.008 + 0.05 * Math.max(0, -(nx * light.x + ny * light.y)) * smoothstep(0.5, 1, distance / HOLE_RADIUS);
  const outer = smoothstep(-PIXEL, PIXEL, distance - HOLE_RADIUS - CHAMFER);
  const inner = smoothstep(-PIXEL, PIXEL, distance - HOLE_RADIUS);
  return (face * outer + bevel * (1 - outer)) * inner + wall * (1 - inner);
}

function plateLight(u: number, v: number, plate: Plate): number {
  const radius = Math.sqrt(u * u + v * v);
  if (radius < DISC_RADIUS - 0.02) return discOrScrew(u, v, radius, plate);
  const groove = Math.abs(radius - DISC_RADIUS);
  const nearHole = holeLight(u, v, faceLight(u, v, plate), plate.light);
  if (groove > 0.02) return nearHole;
  const side = (u * plate.light.x + v * plate.light.y) / radius;
  // Its outer wall looks inwards, its inner wall outwards.
  const outer = smoothstep(DISC_RADIUS - PIXEL, DISC_RADIUS + PIXEL, radius);
  const wall = 0.05 + 0.4 * (Math.max(0, side) * (1 - outer) + Math.max(0, -side) * outer);
  const disc = smoothstep(DISC_RADIUS + PIXEL, DISC_RADIUS - PIXEL, radius);
  const beside = disc > 0 ? discLight(u, v, radius, plate) * disc + nearHole * (1 - disc) : nearHole;
  return beside + (wall - beside) * smoothstep(0.019, 0.007, groove);
}

/** Signed distance to the plate's outline (negative inside) and its outward normal. */
function outline(u: number, v: number): { distance: number; nx: number; ny: number } {
  const qx = Math.abs(u) - PLATE_HALF + CORNER;
  const qy = Math.abs(v) - PLATE_HALF + CORNER;
  const ox = Math.max(qx, 0);
  const oy = Math.max(qy, 0);
  const corner = Math.sqrt(ox * ox + oy * oy);
  const distance = corner + Math.min(Math.max(qx, qy), 0) - CORNER;
  if (corner > 1e-6) return { distance, nx: (Math.sign(u) * ox) / corner, ny: (Math.sign(v) * oy) / corner };
  return qx > qy ? { distance, nx: Math.sign(u), ny: 0 } : { distance, nx: 0, ny: Math.sign(v) };
}

/** The dark fixture that the plate lies on, with the plate's soft shadow. */
function benchLight(u: number, v: number, plate: Plate): number {
  const shadow = outline(u + plate.light.x * 0.09, v + plate.light.y * 0.09).distance;
  const texture = 1 + 0.12 * valueNoise(u * 90 + plate.streakX, v * 90) + 0.1 * valueNoise(u * 9, v * 9 + plate.streakY);
  return 0.033 * texture * (0.4 + 0.6 * smoothstep(-0.06, 0.09, shadow));
}

function pixelLight(u: number, v: number, plate: Plate): number {
  if (Math.abs(u) < PLATE_HALF - CORNER && Math.abs(v) < PLATE_HALF - CORNER) return plateLight(u, v, plate);
  const { distance, nx, ny } = outline(u, v);
  if (distance > PIXEL) return benchLight(u, v, plate);
  const metal = distance < -CHAMFER - PIXEL ? plateLight(u, v, plate) : 0;
  const bevel = bevelLight(nx, ny, plate.light) + 0.012 * streakAt(u * 150 + 9, v * 150);
  const edge = smoothstep(-CHAMFER - PIXEL, -CHAMFER + PIXEL, distance);
  const face = metal === 0 ? faceLight(u, v, plate) : metal;
  const inside = smoothstep(PIXEL, -PIXEL, distance);
  const light = face * (1 - edge) + bevel * edge;
  return inside < 1 ? light * inside + benchLight(u, v, plate) * (1 - inside) : light;
}

function drawPlate(scene: Scene): Plate {
  const { random, light } = scene;
  return {
    light,
    screwAngle: random.between(0, Math.PI / 3),
    streakX: random.between(0, 1024),
    streakY: random.between(0, 512),
    coarse: 0.018 + random.gauss() * 0.001,
    glare: -0.18 + random.gauss() * 0.035,
  };
}

function renderSound(scene: Scene): Canvas {
  const plate = drawPlate(scene);
  const map = mappingOf(scene.pose);
  const canvas = createCanvas();
  const { side, rgb } = canvas;
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const light = pixelLight(map.u0 + map.ux * x + map.uy * y, map.v0 + map.vx * x + map.vy * y, plate);
      rgb[at] = light;
      rgb[at + 1] = light * 0.99;
      rgb[at + 2] = light * 0.965;
    }
  }
  return canvas;
}

/** Where a fault of the line leaves its mark: the polishing arm scratches, the gripper dents, the coolant drips. Place and spread (standard deviation). */
const sources = { scratch: [0.36, -0.36, 0.07], dent: [-0.25, 0.25, 0.025], stain: [0.34, 0.4, 0.07] } as const;

function addDefect(canvas: Canvas, scene: Scene, defect: DefectRequest): Coverage {
  const { random } = defect;
  const near = ([u, v, spread]: readonly [number, number, number]) =>
    toPixel(scene.pose, u + random.gauss() * spread, v + random.gauss() * spread);
  switch (defect.type) {
    case 'scratch':
      return applyScratch(canvas, defect, { centre: near(sources.scratch), angle: 0.85, groove: 0.35, burr: 0.6 });
    case 'dent':
      return applyDent(canvas, defect, near(sources.dent), scene.light);
    case 'stain':
      return applyStain(canvas, defect, { centre: near(sources.stain), tint: [0.42, 0.24, 0.1], radius: 23 });
    default:
      throw new AssayError('parameter.invalid', `The metal plate has no defect named "${defect.type}".`);
  }
}

export const metalPlate: DemoProduct = {
  id: 'metal-plate',
  title: 'Brushed metal plate',
  objectName: 'metal plate',
  defectTypes: ['scratch', 'dent', 'stain'],
  render(scene, defect) {
    const canvas = renderSound(scene);
    return defect === undefined ? { canvas } : { canvas, coverage: addDefect(canvas, scene, defect) };
  },
};
