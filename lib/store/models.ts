import { AssayError } from '@/lib/errors';
import type { Transaction } from './client';
import type { Model, TextTower } from './generated/client';
import { modelCopyFiles } from './model-copies';

export type DeletedModel = Model & { /** Hashes of its files; remove what nothing else has once the transaction holds. */ readonly files: readonly string[] };

/**
 * Deletes an extractor that no feature set was made with.
 * @throws AssayError `model.missing`, or `request.conflict` when it must stay
 */
export async function deleteModel(transaction: Transaction, where: { id: string } | { name: string }): Promise<DeletedModel> {
  const model = await transaction.model.findUnique({ where, include: { _count: { select: { featureSets: true } }, parityReferences: { select: { sha256: true } }, textTower: true } });
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.');
  if (model.builtIn) throw new AssayError('request.conflict', 'The built-in extractor cannot be removed.');
  if (model._count.featureSets > 0) {
    throw new AssayError('request.conflict', `Feature sets were made with ${model.name} (${model._count.featureSets}); it stays, so that their origin stays known.`);
  }
  // Its text tower goes with it.
  const deleted = await transaction.model.delete({ where: { id: model.id } });
  const beside = (modelCopyFiles(model.sha256, model.manifest) ?? []).map(({ sha256 }) => sha256);
  const ofText = model.textTower === null ? [] : textTowerFiles(model.textTower);
  return { ...deleted, files: [model.sha256, ...beside, ...model.parityReferences.map(({ sha256 }) => sha256), ...ofText] };
}

/** Hashes of the files of a text tower. */
export function textTowerFiles({ textSha256, tokenizerSha256, weights }: Pick<TextTower, 'textSha256' | 'tokenizerSha256' | 'weights'>): string[] {
  return [textSha256, tokenizerSha256, ...(modelCopyFiles(textSha256, { weights }) ?? []).map(({ sha256 }) => sha256)];
}
