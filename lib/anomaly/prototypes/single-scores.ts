import { pause, type NumericsContext } from '../context';
import { fitDetector, type DetectorId } from '../detectors/registry';
import { crossDistances, forEachBlock } from '../linalg/distances';
import { selectRows, type Matrix } from '../linalg/matrix';

/** A detector of the registry with parameters of its own. */
export type PrototypeDetector = { readonly id: DetectorId; readonly parameters?: Readonly<Record<string, unknown>> };

/** Normals whose fits the cancel signal is not looked at in between. */
const PAUSE_EVERY = 8;

/**
 * The rows that a detector is trained with: those of `members`. A single row is given twice, because a detector needs two; with no
 * variance in them all of the registry then measure the distance to it, or (isolation forest) nothing.
 */
export function trainingRows(normals: Matrix, members: ArrayLike<number>): Matrix {
  return selectRows(normals, members.length === 1 ? [members[0]!, members[0]!] : members);
}

/** Scores of `queries` by a detector trained with the given normals only. */
export async function scoresTrainedOn(detector: PrototypeDetector, normals: Matrix, members: ArrayLike<number>, queries: Matrix, context: NumericsContext): Promise<Float64Array> {
  const rows = trainingRows(normals, members);
  const quiet = { ...context, onProgress: undefined };
  const fit = await fitDetector(detector.id, rows, new Uint8Array(rows.rows), detector.parameters ?? {}, quiet);
  return fit.score(queries, quiet);
}

/**
 * s(x_j, x_k) for every normal j and validation row k (normals x validation): the score of k by a detector trained with j alone ("How
 * Low Can You Go?", Section 3). For deep k-NN that is the distance, from one matrix of distances; other detectors are fitted once per normal.
 */
export async function singleScores(detector: PrototypeDetector, normals: Matrix, validation: Matrix, context: NumericsContext = {}): Promise<Matrix> {
  const data = new Float64Array(normals.rows * validation.rows);
  const table = { data, rows: normals.rows, cols: validation.rows };
  if (detector.id === 'knn') {
    await forEachBlock(crossDistances(normals, validation, context.product), context, (block, start) => data.set(block.map(Math.sqrt), start * validation.rows));
    return table;
  }
  for (let row = 0; row < normals.rows; row += 1) {
    if (row % PAUSE_EVERY === 0) await pause(context);
    data.set(await scoresTrainedOn(detector, normals, [row], validation, context), row * validation.rows);
    context.onProgress?.(row + 1, normals.rows, 'single normals');
  }
  return table;
}
