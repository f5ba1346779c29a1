import type { NumericsContext } from '@/lib/anomaly/context';
import { evaluateTogether } from '@/lib/anomaly/evaluators/evaluate-together';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { paperEvaluators } from '@/lib/anomaly/protocol/result';
import { selectPrompt } from '@/lib/anomaly/selection/prompt-selection';
import { tunePrompts, type EvaluatorValues, type PromptTuning } from '@/lib/anomaly/selection/prompt-tuning';
import type { SelectionResult } from '@/lib/anomaly/selection/select-candidate';
import { zeroShotScores, type PromptEmbeddings } from '@/lib/anomaly/selection/zero-shot';
import type { GroupFeatures } from './features';
import type { ImageText, Kind } from './image-text';
import { generators, groupNames, sources, type Source, type SwsaPlan, type Task } from './plan';
import { stacked } from './selection-tables';

/** Real anomalies that evaluators know; they take no part in the test. */
export const known = 5;

/** What one image-text model's prompts do in one task. */
export type PromptTask = {
  readonly task: Task;
  readonly model: ImageText;
  readonly tuning: PromptTuning;
  readonly bySource: ReadonlyMap<Source, SelectionResult>;
};

/** Vectors that texts are compared with, and vectors that evaluators work on. */
export type PromptVectors = { readonly images: GroupFeatures; readonly features: GroupFeatures };

type TypedRows = { readonly points: Matrix; readonly types: readonly string[] };

/** Real anomalies of a kind with their types. */
function anomaliesOf({ products }: SwsaPlan, { product }: Task, kind: Kind, of: GroupFeatures): TypedRows {
  if (kind === 'defect') return { points: of.get(groupNames.anomalies(product))!, types: product.defectTypes };
  const others = products.filter((other) => other !== product);
  return {
    points: others.map((other) => of.get(groupNames.normals(other))!).reduce(stacked),
    types: others.flatMap((other) => other.normals.map(() => other.name)),
  };
}

/** Rows that evaluators know, evenly from the list, in which one type lies after the other; and the rows that are left for the test. */
function divided(rows: number): { readonly told: number[]; readonly test: number[] } {
  const told = Array.from({ length: known }, (_, i) => Math.floor((i * rows) / known));
  return { told, test: Array.from({ length: rows }, (_, i) => i).filter((i) => !told.includes(i)) };
}

/** Auxiliary anomalies: of all generators for defects; images of other products and CutPaste, of which half is useless, for classes. */
function auxiliaryOf(task: Task, kind: Kind, of: GroupFeatures): Matrix {
  const wanted: readonly Source[] = kind === 'defect' ? generators : ['unrelated', 'cutpaste'];
  return wanted.map((source) => of.get(groupNames.synthetic(task, source))!).reduce(stacked);
}

/** Values that the 13 evaluators give the auxiliary anomalies, which know the seed images and a few real anomalies. */
async function valuesOf(plan: SwsaPlan, task: Task, kind: Kind, features: GroupFeatures, context: NumericsContext): Promise<EvaluatorValues[]> {
  const normals = selectRows(features.get(groupNames.support(task.product))!, task.split.seeds);
  const { points } = anomaliesOf(plan, task, kind, features);
  const train = stacked(normals, selectRows(points, divided(points.rows).told));
  const input = { train, labels: new Uint8Array(train.rows).fill(1, normals.rows), auxiliary: auxiliaryOf(task, kind, features) };
  const values: EvaluatorValues[] = [];
  for await (const { id, values: given } of evaluateTogether(paperEvaluators.map((id) => ({ id, parameters: { seed: task.seed } })), input, context)) {
    values.push({ name: id, values: given });
  }
  return values;
}

/** Prompt selection by every source (SWSA) and by every evaluator (EAP, Q4) in one task. */
export async function promptTask(plan: SwsaPlan, task: Task, model: ImageText, { images, features }: PromptVectors, context: NumericsContext): Promise<PromptTask> {
  const { kind, head } = model;
  const prompts: PromptEmbeddings = await model.prompts(task.product.object);
  const { points, types } = anomaliesOf(plan, task, kind, images);
  const { test } = divided(points.rows);
  const real = { anomalies: selectRows(points, test), normals: images.get(groupNames.normals(task.product))!, defectTypes: test.map((i) => types[i]!) };
  const heldOut = selectRows(images.get(groupNames.support(task.product))!, task.split.heldOut);
  const score = async (rows: Matrix) => (await zeroShotScores(rows, prompts, head, context)).difference;
  const scores = {
    auxiliary: await score(auxiliaryOf(task, kind, images)),
    heldOut: await score(heldOut),
    real: { anomalies: await score(real.anomalies), normals: await score(real.normals) },
  };
  const bySource = new Map<Source, SelectionResult>();
  for (const source of sources) {
    const synthetic = images.get(groupNames.synthetic(task, source))!;
    bySource.set(source, (await selectPrompt({ prompts, head, heldOut, synthetic, real }, { seed: task.seed }, context)).selection);
  }
  process.stderr.write(`prompts of ${model.name} for ${task.product.name}, seed ${task.seed}\n`);
  const values = await valuesOf(plan, task, kind, features, context);
  return { task, model, tuning: tunePrompts(values, scores, { seed: task.seed }), bySource };
}
