import { pause, type NumericsContext } from '../context';
import type { Matrix } from '../linalg/matrix';
import { fastAuroc, type FastAuroc } from './fast-auroc';
import type { LabelledRows } from './labelled-rows';
import { scoresTrainedOn, type PrototypeDetector } from './single-scores';

/** A normal and what it does to a detector that is trained with all. */
export type TailEntry = {
  /** Row number of the normal. */
  readonly row: number;
  /** AUROC with all normals minus AUROC without this one: below 0 its presence does harm. */
  readonly presence: number;
  /** AUROC of a detector trained with it alone. */
  readonly alone: number;
};

/** Rows scored between two looks at the cancel signal. */
const PAUSE_EVERY = 64;

/**
 * The long tail of the normals ("How Low Can You Go?", Section 5): every normal with the change that its presence makes to the AUROC on the validation
 * set, most harmful first; of equals the one that is worst alone (the paper's "worst-performing" samples) comes first.
 * @param alone AUROC of each normal as the only one
 * @param presence AUROC with all minus AUROC without each
 */
export function longTail(alone: Float64Array, presence: Float64Array): TailEntry[] {
  return Array.from(alone, (value, row) => ({ row, presence: presence[row]!, alone: value })).sort((a, b) => a.presence - b.presence || a.alone - b.alone || a.row - b.row);
}

/**
 * AUROC with all normals minus AUROC without each, for deep k-NN: only validation rows that count the normal among their k nearest
 * change, and their next neighbour is known. Equal to fitting anew.
 * @param distances normals x validation; at least two normals
 */
export async function neighbourPresence(distances: Matrix, labels: Uint8Array, k: number, context: NumericsContext = {}): Promise<Float64Array> {
  const { rows, cols, data } = distances;
  const kept = Math.min(k, rows);
  const nearest = nearestNormals(distances, Math.min(kept + 1, rows));
  const width = Math.min(kept + 1, rows);
  const auroc = fastAuroc(labels);
  const scoreWithout = (column: number, left: number) => meanWithout(data, cols, nearest.subarray(column * width, (column + 1) * width), column, left, Math.min(k, left < 0 ? rows : rows - 1));
  const full = Float64Array.from({ length: cols }, (_, column) => scoreWithout(column, -1));
  const whole = auroc(full);
  const scores = new Float64Array(cols);
  const presence = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    if (row % PAUSE_EVERY === 0) await pause(context);
    for (let column = 0; column < cols; column += 1) {
      scores[column] = nearest.subarray(column * width, column * width + kept).includes(row) ? scoreWithout(column, row) : full[column]!;
    }
    presence[row] = whole - auroc(scores);
  }
  return presence;
}

/** The `count` nearest normals of each validation row, nearest first. */
function nearestNormals({ rows, cols, data }: Matrix, count: number): Int32Array {
  const nearest = new Int32Array(cols * count);
  const order = Array.from({ length: rows }, (_, row) => row);
  for (let column = 0; column < cols; column += 1) {
    const byDistance = order.slice().sort((a, b) => data[a * cols + column]! - data[b * cols + column]! || a - b);
    nearest.set(byDistance.slice(0, count), column * count);
  }
  return nearest;
}

/** Mean distance to the first `take` of the listed normals other than `left`. */
function meanWithout(data: Float64Array, cols: number, listed: Int32Array, column: number, left: number, take: number): number {
  let sum = 0;
  let taken = 0;
  for (const row of listed) {
    if (row === left || taken === take) continue;
    sum += data[row * cols + column]!;
    taken += 1;
  }
  return sum / taken;
}

/** The same for any detector, fitted once with all and once without each normal. */
export async function refittedPresence(detector: PrototypeDetector, normals: Matrix, validation: LabelledRows, context: NumericsContext = {}): Promise<Float64Array> {
  const auroc: FastAuroc = fastAuroc(validation.labels);
  const every = Int32Array.from({ length: normals.rows }, (_, row) => row);
  const whole = auroc(await scoresTrainedOn(detector, normals, every, validation.points, context));
  const presence = new Float64Array(normals.rows);
  for (const row of every) {
    await pause(context);
    const others = every.filter((other) => other !== row);
    presence[row] = whole - auroc(await scoresTrainedOn(detector, normals, others, validation.points, context));
    context.onProgress?.(row + 1, normals.rows, 'long tail');
  }
  return presence;
}
