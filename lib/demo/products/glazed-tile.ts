import { AssayError } from '@/lib/errors';
import { applyChip } from '../defects/chip';
import { applyCrack } from '../defects/crack';
import { applyStain } from '../defects/stain';
import { type Canvas, type Coverage, createCanvas } from '../raster/canvas';
import type { Light } from '../raster/camera';
import { mappingOf, toPixel } from '../raster/mapping';
import { smoothstep, tabledGauss, valueNoise } from '../raster/noise';
import type { DefectRequest, DemoProduct, Scene } from '../types';
import { inkAt, type Ornament, tileOrnament } from './tile-ornament';

/** Half the tile's edge and half the joint, in part coordinates. */
const TILE_HALF = 0.87;
const JOINT_HALF = 0.03;
const PERIOD = 2 * (TILE_HALF + JOINT_HALF);
const ROUNDING = 0.035;
const PIXEL = 2 / 320;

type Tile = {
  readonly light: Light;
  readonly ornament: Ornament;
  /** Registration errors of the two print passes. */
  readonly blueShift: readonly [number, number];
  readonly ochreShift: readonly [number, number];
  readonly inkLoad: number;
  readonly glareU: number;
  readonly glareV: number;
  readonly glare: number;
  readonly noiseX: number;
  readonly noiseY: number;
};

function drawTile(scene: Scene): Tile {
  const { random, light } = scene;
  const shift = (amount: number) => [random.gauss() * amount, random.gauss() * amount] as const;
  return {
    light,
    ornament: tileOrnament(),
    blueShift: shift(0.003),
    ochreShift: shift(0.009),
    inkLoad: 0.9 + random.gauss() * 0.025,
    glareU: light.x * 0.85 + random.gauss() * 0.05,
    glareV: light.y * 0.75 + random.gauss() * 0.05,
    glare: 0.11 + random.gauss() * 0.012,
    noiseX: random.between(0, 200),
    noiseY: random.between(0, 200),
  };
}

/** The lamp's soft, square reflection in the slightly wavy glaze. */
function glazeGlare(u: number, v: number, tile: Tile): number {
  const across = 0.9 * (u - tile.glareU) + 0.43 * (v - tile.glareV);
  const along = 0.9 * (v - tile.glareV) - 0.43 * (u - tile.glareU);
  if (Math.abs(across) > 0.6 || Math.abs(along) > 0.68) return 0;
  const wave = 0.05 * valueNoise(u * 3.1 + tile.noiseX, v * 3.1 + tile.noiseY);
  return tile.glare * smoothstep(0.52, 0.12, Math.abs(across + wave)) * smoothstep(0.6, 0.16, Math.abs(along + wave));
}

/** Ink takes unevenly: density of both inks around 1. */
function mottleAt(u: number, v: number, tile: Tile): number {
  return 1 + 0.14 * valueNoise(u * 14 + tile.noiseX, v * 14 + tile.noiseY) + 0.07 * valueNoise(u * 47, v * 47 + tile.noiseX);
}

function faceColour(u: number, v: number, tile: Tile, rgb: Float32Array, at: number): void {
  const faceU = u / TILE_HALF;
  const faceV = v / TILE_HALF;
  let blue = inkAt(tile.ornament.blue, faceU - tile.blueShift[0], faceV - tile.blueShift[1]);
  let ochre = inkAt(tile.ornament.ochre, faceU - tile.ochreShift[0], faceV - tile.ochreShift[1]);
  if (blue + ochre > 0) {
    const mottle = mottleAt(u, v, tile);
    blue = Math.min(1, blue * tile.inkLoad * mottle);
    ochre = Math.min(1, ochre * 0.88 * mottle);
  }
  const cloud = 1 + 0.022 * valueNoise(u * 2.4 + tile.noiseY, v * 2.4 + tile.noiseX);
  const glare = glazeGlare(u, v, tile);
  // Inks are transparent: each takes its share of every channel from the white glaze.
  rgb[at] = 0.63 * cloud * (1 - 0.93 * blue) * (1 - 0.12 * ochre) + glare;
  rgb[at + 1] = 0.61 * cloud * (1 - 0.85 * blue) * (1 - 0.48 * ochre) + glare;
  rgb[at + 2] = 0.54 * cloud * (1 - 0.5 * blue) * (1 - 0.88 * ochre) + glare;
}

function jointLight(x: number, y: number, u: number, v: number, tile: Tile): number {
  const sand = tabledGauss(Math.imul(x, 7349) + Math.imul(y, 3001) + Math.floor(tile.noiseX * 300));
  return 0.25 * (1 + 0.07 * sand + 0.1 * valueNoise(u * 30 + tile.noiseX, v * 30));
}

/** Distance to the joint's middle line along one axis, folded into one tile; sign tells the side. */
const folded = (value: number) => value - PERIOD * Math.round(value / PERIOD);

function shadePixel(u: number, v: number, x: number, y: number, tile: Tile, rgb: Float32Array, at: number): void {
  const fu = folded(u);
  const fv = folded(v);
  const overU = Math.abs(fu) - TILE_HALF;
  const overV = Math.abs(fv) - TILE_HALF;
  const edge = Math.max(overU, overV);
  if (edge < PIXEL) faceColour(fu, fv, tile, rgb, at);
  if (edge < -ROUNDING) return;
  // The glaze rounds off towards the joint: the flank facing the lamp shines, the other is dull.
  const facing = overU > overV ? Math.sign(fu) * tile.light.x : Math.sign(fv) * tile.light.y;
  const tilt = smoothstep(-ROUNDING, 0, edge);
  const factor = 1 + tilt * (facing > 0 ? 0.25 * facing : 0.75 * facing);
  const shine = 0.28 * Math.max(0, facing) * smoothstep(0.3, 0.75, tilt) * smoothstep(1, 0.8, tilt);
  const inside = smoothstep(PIXEL, -PIXEL, edge);
  const depth = 0.5 + 0.5 * smoothstep(0, JOINT_HALF * 0.8, edge);
  const joint = jointLight(x, y, u, v, tile) * depth * (1 - inside);
  rgb[at] = ((rgb[at] as number) * factor + shine) * inside + joint;
  rgb[at + 1] = ((rgb[at + 1] as number) * factor + shine) * inside + joint * 0.96;
  rgb[at + 2] = ((rgb[at + 2] as number) * factor + shine) * inside + joint * 0.88;
}

function renderSound(scene: Scene): Canvas {
  const tile = drawTile(scene);
  const map = mappingOf(scene.pose);
  const canvas = createCanvas();
  const { side, rgb } = canvas;
  const fall = { x: tile.light.x * 0.07, y: tile.light.y * 0.07 };
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const u = map.u0 + map.ux * x + map.uy * y;
      const v = map.v0 + map.vx * x + map.vy * y;
      shadePixel(u, v, x, y, tile, rgb, at);
      const near = 1 + fall.x * u + fall.y * v;
      for (let c = 0; c < 3; c++) rgb[at + c] = (rgb[at + c] as number) * near;
    }
  }
  return canvas;
}

/** Tells whether a pixel shows the tile in the middle, not the joint or a neighbour. */
function onTile(scene: Scene): (x: number, y: number) => boolean {
  const map = mappingOf(scene.pose);
  return (x, y) => Math.max(Math.abs(map.u0 + map.ux * x + map.uy * y), Math.abs(map.v0 + map.vx * x + map.vy * y)) < TILE_HALF;
}

function addDefect(canvas: Canvas, scene: Scene, defect: DefectRequest): Coverage {
  const { random } = defect;
  const near = (u: number, v: number, spreadU: number, spreadV: number) =>
    toPixel(scene.pose, u + random.gauss() * spreadU, v + random.gauss() * spreadV);
  // Each fault has its place: the kiln car strains one side, the stacker knocks a corner, the glazing arm drips.
  switch (defect.type) {
    case 'crack':
      return applyCrack(canvas, defect, near(-TILE_HALF * 0.98, 0.3, 0, 0.07), -0.35 + random.gauss() * 0.12);
    case 'chip':
      return applyChip(canvas, defect, near(TILE_HALF * 0.96, -0.5, 0, 0.07), scene.light, onTile(scene));
    case 'stain':
      return applyStain(canvas, defect, { centre: near(0.42, 0.45, 0.05, 0.05), tint: [0.5, 0.34, 0.17], radius: 24 });
    default:
      throw new AssayError('parameter.invalid', `The glazed tile has no defect named "${defect.type}".`);
  }
}

export const glazedTile: DemoProduct = {
  id: 'glazed-tile',
  title: 'Glazed ceramic tile',
  objectName: 'ceramic tile',
  defectTypes: ['crack', 'chip', 'stain'],
  render(scene, defect) {
    const canvas = renderSound(scene);
    return defect === undefined ? { canvas } : { canvas, coverage: addDefect(canvas, scene, defect) };
  },
};
