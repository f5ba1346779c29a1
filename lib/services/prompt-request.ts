import type { z } from 'zod';
import { describeEvaluator, evaluatorIds, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { cleanClassName } from '@/lib/anomaly/prompts/class-name';
import type { PromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptSelectionSettings, startPromptSelectionSchema } from '@/lib/api/contracts/prompt-selections';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient, Selection } from '@/lib/store/generated/client';
import { freezeSelection } from '@/lib/store/selections/freeze';
import { divideSupport } from '@/lib/synthesis/selection-support';
import { requireServerProject } from './private-projects';
import { checkedSource, generatorLimits } from './selection-source';
import { requirePool } from './stored-pools';

export const PROMPTS = 'prompts';

/** Pairs of a file. */
export type GivenPool = { readonly id: string; readonly name: string; readonly pairs: readonly PromptPair[] };

/** A selection of prompts that was checked, and how it is written down. */
export type PreparedPrompts = { readonly settings: PromptSelectionSettings; readonly freeze: (transaction: Transaction, createdById: string | null) => Promise<Selection> };

/**
 * Checks what was asked for and reads everything that must not change under the selection: the texts of the pool, names, the synthetic source.
 * @param given pairs that are in no library, in place of `input.pool`
 * @throws AssayError `project.private`, `data.mixed` for feature vectors, `model.missing` without the pair, `request.not_found`, `parameter.invalid`
 */
export async function preparePrompts(store: PrismaClient, input: z.output<typeof startPromptSelectionSchema>, given?: GivenPool): Promise<PreparedPrompts> {
  const { projectId, seed, seedImages, supportLimit, draws, evaluatorFeatureSetId } = input;
  await requireServerProject(store, projectId, 'A selection of prompts');
  const project = await store.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true, objectName: true } });
  if (project.kind === 'vector') throw new AssayError('data.mixed', 'This project holds feature vectors; prompts are compared with images.');
  const tower = await store.textTower.findUnique({ where: { id: input.textTowerId }, select: { id: true, name: true, isDemonstration: true } });
  if (tower === null) throw new AssayError('model.missing', 'There is no such image-text pair in the library.', { hint: 'Choose one of the library, or add one (docs/model-library.md).' });
  const pool = given ?? { id: input.pool, ...(await requirePool(store, projectId, input.pool)) };
  await requireFeatureSet(store, projectId, evaluatorFeatureSetId);
  const settings: PromptSelectionSettings = {
    seed, seedImages, supportLimit, draws, evaluatorFeatureSetId,
    synthetic: await checkedSource(store, input.synthetic),
    textTowerId: tower.id,
    modelName: tower.name,
    demonstration: tower.isDemonstration,
    pool: pool.id,
    poolName: pool.name,
    pairs: pool.pairs.map(({ normal, anomalous }) => ({ normal, anomalous })),
    objectName: cleanClassName(input.objectName ?? project.objectName),
    evaluators: chosenEvaluators(input.evaluators),
  };
  const freeze = (transaction: Transaction, createdById: string | null) =>
    freezeSelection(transaction, projectId, {
      kind: PROMPTS,
      settings,
      synthetic: settings.synthetic,
      divide: (normals) => divideSupport(normals, settings),
      generator: generatorLimits(settings.synthetic),
      codeVersion: env().version,
      createdById,
    });
  return { settings, freeze };
}

/** The thirteen of the EAP paper where nothing else is asked for. */
function chosenEvaluators(asked: readonly string[] | null): string[] {
  if (asked === null) return evaluatorIds.filter((id) => describeEvaluator(id).inPaper);
  const unknown = asked.find((id) => !isEvaluatorId(id));
  if (unknown !== undefined) throw new AssayError('parameter.invalid', `There is no evaluator named ${unknown}.`);
  return [...new Set(asked)];
}

async function requireFeatureSet(store: PrismaClient, projectId: string, id: string | null): Promise<void> {
  if (id === null || (await store.featureSet.count({ where: { id, projectId, state: 'ready' } })) > 0) return;
  throw new AssayError('request.not_found', 'There is no such ready feature set in this project.', { hint: 'Evaluators can value by the image tower of the pair itself.' });
}
