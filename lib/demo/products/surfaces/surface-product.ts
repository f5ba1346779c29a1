import { AssayError } from '@/lib/errors';
import { type Canvas, createCanvas } from '../../raster/canvas';
import { mappingOf, toPixel } from '../../raster/mapping';
import type { ProceduralProduct, Scene } from '../../types';
import type { Mark } from './marks';

/** Writes the light (linear RGB) at part coordinates (u, v), -1..1 across the picture, into `rgb` from `at` on. */
type Shader = (u: number, v: number, rgb: Float32Array, at: number) => void;

/** A product that is a surface: what it looks like, and what can be wrong with it where. */
type SurfaceDescription = {
  readonly id: string;
  readonly objectName: string;
  /** Draws what differs from part to part and gives the shader of this one. */
  readonly draw: (scene: Scene) => Shader;
  /** By defect type. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** Defects have their centre at most so far from the middle, in part coordinates. */
  readonly reach: number;
  /** And at least so far, on parts that are open in the middle. */
  readonly hollow?: number;
};

function shaded(scene: Scene, shader: Shader): Canvas {
  const map = mappingOf(scene.pose);
  const canvas = createCanvas();
  const { side, rgb } = canvas;
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) shader(map.u0 + map.ux * x + map.uy * y, map.v0 + map.vx * x + map.vy * y, rgb, at);
  }
  return canvas;
}

/** A procedural product out of a shader. Defects lie anywhere on it, every place alike. */
export function surfaceProduct({ id, objectName, draw, marks, reach, hollow = 0 }: SurfaceDescription): ProceduralProduct {
  return {
    id,
    objectName,
    defectTypes: Object.keys(marks),
    render(scene, defect) {
      const canvas = shaded(scene, draw(scene));
      if (defect === undefined) return { canvas };
      const mark = marks[defect.type];
      if (mark === undefined) throw new AssayError('parameter.invalid', `The ${objectName} has no defect named "${defect.type}".`);
      const angle = defect.random.between(0, 2 * Math.PI);
      const away = Math.sqrt(hollow * hollow + (reach * reach - hollow * hollow) * defect.random.unit());
      const centre = toPixel(scene.pose, away * Math.cos(angle), away * Math.sin(angle));
      return { canvas, coverage: mark(canvas, defect, centre, scene.light) };
    },
  };
}
