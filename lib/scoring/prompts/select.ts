import type { NumericsContext } from '@/lib/anomaly/context';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { selectPrompt, type PromptScores } from '@/lib/anomaly/selection/prompt-selection';
import type { SelectionResult } from '@/lib/anomaly/selection/select-candidate';
import { zeroShotScores, type PromptEmbeddings, type TextHead } from '@/lib/anomaly/selection/zero-shot';
import { rowsOf } from '../vectors';

/** Image embeddings of one image-text model, and which rows are what. */
export type PromptMaterial = {
  readonly prompts: PromptEmbeddings;
  readonly head: TextHead;
  /** Of all samples: count x dim, row-major. */
  readonly data: Float32Array;
  readonly dim: number;
  /** Held-out normals, label 0. */
  readonly heldOut: ArrayLike<number>;
  readonly synthetic: ArrayLike<number>;
  readonly real: { readonly anomalies: ArrayLike<number>; readonly normals: ArrayLike<number>; readonly defectTypes: readonly (string | null)[] } | null;
  readonly seed: number;
  readonly draws: number;
};

/** Zero-shot scores of all samples by one pair. */
export type ImageScores = {
  readonly difference: Float64Array;
  readonly score: Float64Array;
  /** What a SigLIP-type model says of each text; null for CLIP. */
  readonly native: { readonly normal: Float64Array; readonly anomalous: Float64Array } | null;
};

export type ChosenPrompt = {
  readonly selection: SelectionResult;
  /** By group; the last row of each is the ensemble's. */
  readonly scores: PromptScores;
  /** Of every sample, by the picked pair. */
  readonly images: ImageScores;
};

/** Rows scored at once, which bounds the float64 copy of the vectors. */
const BLOCK = 4096;

/** Selects a pair of the pool, and scores every sample with it. @throws NumericsError as `selectPrompt` */
export async function choosePrompt(material: PromptMaterial, context: NumericsContext = {}): Promise<ChosenPrompt> {
  const { prompts, head, real, seed, draws } = material;
  const input = {
    prompts,
    head,
    heldOut: rowsOf(material, material.heldOut),
    synthetic: rowsOf(material, material.synthetic),
    real: real === null ? null : { anomalies: rowsOf(material, real.anomalies), normals: rowsOf(material, real.normals), defectTypes: typesOf(real.defectTypes) },
  };
  const { selection, scores } = await selectPrompt(input, { seed, draws }, context);
  return { selection, scores, images: await scoreImages(material, selection.pick.index, context) };
}

/** Null where no defect types are told apart. */
function typesOf(types: readonly (string | null)[]): readonly (string | null)[] | null {
  return types.some((type) => type !== null) ? types : null;
}

async function scoreImages({ prompts, head, data, dim }: PromptMaterial, pair: number, context: NumericsContext): Promise<ImageScores> {
  const count = data.length / dim;
  const one: PromptEmbeddings = { normal: rowOf(prompts.normal, pair), anomalous: rowOf(prompts.anomalous, pair) };
  const [difference, score] = [new Float64Array(count), new Float64Array(count)];
  const native = head.kind === 'sigmoid' ? { normal: new Float64Array(count), anomalous: new Float64Array(count) } : null;
  for (let start = 0; start < count; start += BLOCK) {
    const rows = Array.from({ length: Math.min(BLOCK, count - start) }, (_, i) => start + i);
    const block = await zeroShotScores(rowsOf({ data, dim }, rows), one, head, context);
    difference.set(block.difference.data, start);
    score.set(block.score.data, start);
    if (native !== null && block.native !== null) {
      native.normal.set(block.native.normal.data, start);
      native.anomalous.set(block.native.anomalous.data, start);
    }
  }
  return { difference, score, native };
}

function rowOf({ data, cols }: Matrix, row: number): Matrix {
  return { data: data.slice(row * cols, (row + 1) * cols), rows: 1, cols };
}
