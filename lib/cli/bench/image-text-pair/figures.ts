import { matrixFromRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { kendallTau } from '@/lib/anomaly/selection/kendall';
import { pickBest } from '@/lib/anomaly/selection/pick';
import { pairRow } from '@/lib/anomaly/selection/prompt-tuning';
import { twoSampleAuroc } from '@/lib/anomaly/selection/two-sample-auroc';
import { zeroShotScores } from '@/lib/anomaly/selection/zero-shot';
import { embedFeatures, embedText, type FittedPair } from '@/lib/demo/image-text/fit';
import type { Table } from '@/lib/demo/image-text/ridge';
import type { TestSet } from './material';

/** AUROC of every prompt pair of eap-27 on one product. */
export type ProductFigures = {
  readonly objectName: string;
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
};

/** Pairs that speak of a defect, not of a normal photograph or of something else. */
const speaksOfDefects = eap27.pairs.map(({ anomalous }) => /damage|flaw|defect/.test(anomalous));

function embeddings(pair: FittedPair, { rows, cols, data }: Table): Matrix {
  return matrixFromRows(Array.from({ length: rows }, (_, i) => embedFeatures(pair, data.subarray(i * cols, (i + 1) * cols))));
}

/** Scores a product's test pictures with every pair of the pool and measures the AUROCs. */
export async function figuresOf(pair: FittedPair, { product, normals, anomalies, synthetic }: TestSet): Promise<ProductFigures> {
  const texts = eap27.pairs.map((texts) => fillPromptPair(texts, product.objectName));
  const prompts = { normal: matrixFromRows(texts.map(({ normal }) => embedText(pair, normal))), anomalous: matrixFromRows(texts.map(({ anomalous }) => embedText(pair, anomalous))) };
  const score = async (table: Table) => (await zeroShotScores(embeddings(pair, table), prompts, { kind: 'softmax', logitScale: 1 })).difference;
  const [good, bad, made] = [await score(normals), await score(anomalies), await score(synthetic)];
  const aurocs = (positive: Matrix) => texts.map((_, i) => twoSampleAuroc(pairRow(positive, i), pairRow(good, i)));
  return { objectName: product.objectName, real: aurocs(bad), synthetic: aurocs(made) };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Middle value; the mean of the two middle ones of an even number. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

export type Summary = {
  readonly best: number;
  readonly bestPair: number;
  readonly bestOfDefects: number;
  readonly median: number;
  readonly worst: number;
  readonly fallback: number;
  /** Real AUROC of the pair that the synthetic anomalies pick. */
  readonly picked: number;
  /** Kendall's tau-b of synthetic and real AUROC over the pairs; NaN where all are equal. */
  readonly tau: number;
};

export function summaryOf({ real, synthetic }: ProductFigures): Summary {
  const best = pickBest(real);
  return {
    best: real[best.index]!,
    bestPair: best.index,
    bestOfDefects: Math.max(...real.filter((_, i) => speaksOfDefects[i])),
    median: middle(real),
    worst: Math.min(...real),
    fallback: real[0]!,
    picked: real[pickBest(synthetic).index]!,
    tau: kendallTau(synthetic, real).tau,
  };
}
