import { throwIfCancelled, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';

/** How an image-text model compares: CLIP by a softmax over the texts, SigLIP by a sigmoid per text. */
export type TextHead = { readonly kind: 'softmax'; readonly logitScale: number } | { readonly kind: 'sigmoid'; readonly logitScale: number; readonly logitBias: number };

/** Embeddings of the texts of p prompt pairs: row i of both belongs to pair i. They need not be of unit length. */
export type PromptEmbeddings = { readonly normal: Matrix; readonly anomalous: Matrix };

export type ZeroShotScores = {
  /**
   * pairs x images: cosine of the anomalous text minus cosine of the normal one. It orders images as the score does,
   * but does not saturate: rank and compute AUROCs with it.
   */
  readonly difference: Matrix;
  /** pairs x images, 0..1: share of the anomalous text in a softmax over both (a bias cancels out). */
  readonly score: Matrix;
  /** pairs x images, what a SigLIP-type model itself says of each text, 0..1; null for CLIP. */
  readonly native: { readonly normal: Matrix; readonly anomalous: Matrix } | null;
};

/** A copy with rows of length 1. Throws `data.not_finite` for a row without direction. */
export function unitRows(matrix: Matrix, name = 'The embedding'): Matrix {
  checkMatrix(matrix, name);
  const { rows, cols } = matrix;
  const data = matrix.data.slice();
  for (let i = 0; i < rows; i += 1) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) throw new NumericsError('data.not_finite', `${name} has only zeros in row ${i} (counted from 0), which has no direction.`);
    for (let c = 0; c < cols; c += 1) row[c]! /= length;
  }
  return { data, rows, cols };
}

/** Rows summed side by side, so that each number read serves four products. */
const TILE = 4;

/** A·Bᵀ by plain loops. */
function plainProduct(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(a.rows * b.rows);
  const { cols } = a;
  for (let i = 0; i < a.rows; i += 1) {
    const row = a.data.subarray(i * cols, (i + 1) * cols);
    let j = 0;
    for (; j + TILE <= b.rows; j += TILE) fourProducts(row, b.data, j * cols, out, i * b.rows + j);
    for (; j < b.rows; j += 1) {
      let sum = 0;
      for (let c = 0; c < cols; c += 1) sum += row[c]! * b.data[j * cols + c]!;
      out[i * b.rows + j] = sum;
    }
  }
  return out;
}

function fourProducts(row: Float64Array, b: Float64Array, at: number, out: Float64Array, to: number): void {
  const cols = row.length;
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let c = 0, p = at; c < cols; c += 1, p += 1) {
    const x = row[c]!;
    s0 += x * b[p]!;
    s1 += x * b[p + cols]!;
    s2 += x * b[p + 2 * cols]!;
    s3 += x * b[p + 3 * cols]!;
  }
  out[to] = s0;
  out[to + 1] = s1;
  out[to + 2] = s2;
  out[to + 3] = s3;
}

function checkPrompts({ normal, anomalous }: PromptEmbeddings, images: Matrix): void {
  if (normal.rows !== anomalous.rows) throw new NumericsError('data.shape', `There are ${normal.rows} normal and ${anomalous.rows} anomalous texts.`);
  if (normal.rows < 1) throw new NumericsError('data.too_few_rows', 'There is no prompt pair.');
  if (normal.cols !== images.cols || anomalous.cols !== images.cols) {
    throw new NumericsError('data.shape', `Texts have ${normal.cols} and ${anomalous.cols} values, images ${images.cols}; both must come from one model.`);
  }
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Zero-shot anomaly scores of n images for p prompt pairs at once: two matrix products of embeddings of unit length (SWSA paper, Section 4.3;
 * Radford et al. 2021). Throws `data.shape`, `data.not_finite`, `parameter.invalid` for a logit scale that is not positive.
 */
export async function zeroShotScores(images: Matrix, prompts: PromptEmbeddings, head: TextHead, context: NumericsContext = {}): Promise<ZeroShotScores> {
  checkPrompts(prompts, images);
  if (!(head.logitScale > 0 && Number.isFinite(head.logitScale))) throw new NumericsError('parameter.invalid', `The logit scale must be a positive number, not ${head.logitScale}.`);
  throwIfCancelled(context);
  const units = unitRows(images, 'The image embeddings');
  const product = context.product ?? (async (a: Matrix, b: Matrix) => plainProduct(a, b));
  const normal = await product(unitRows(prompts.normal, 'The normal text embeddings'), units);
  const anomalous = await product(unitRows(prompts.anomalous, 'The anomalous text embeddings'), units);
  const shaped = (data: Float64Array): Matrix => ({ data, rows: prompts.normal.rows, cols: images.rows });
  const difference = anomalous.map((cosine, i) => cosine - normal[i]!);
  const score = difference.map((value) => logistic(head.logitScale * value));
  if (head.kind === 'softmax') return { difference: shaped(difference), score: shaped(score), native: null };
  const native = (cosines: Float64Array) => shaped(cosines.map((cosine) => logistic(head.logitScale * cosine + head.logitBias)));
  return { difference: shaped(difference), score: shaped(score), native: { normal: native(normal), anomalous: native(anomalous) } };
}

/** The ensemble of all pairs as one pair: mean of the normalised text embeddings of each side, normalised again (SWSA paper, Section 4.3). */
export function ensemblePrompts({ normal, anomalous }: PromptEmbeddings): PromptEmbeddings {
  return { normal: meanDirection(normal, 'The normal text embeddings'), anomalous: meanDirection(anomalous, 'The anomalous text embeddings') };
}

function meanDirection(texts: Matrix, name: string): Matrix {
  const { data, rows, cols } = unitRows(texts, name);
  const sum = new Float64Array(cols);
  for (let i = 0; i < rows; i += 1) for (let c = 0; c < cols; c += 1) sum[c]! += data[i * cols + c]!;
  return unitRows({ data: sum, rows: 1, cols }, name);
}
