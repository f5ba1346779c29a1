import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { deleteModel, textTowerFiles } from '@/lib/store/models';

/**
 * Deletes the text tower of a pair, and its image tower where no feature set was made with it.
 * @returns hashes of the files; remove what nothing else has once the transaction holds
 * @throws AssayError `model.missing`, or `request.conflict` for the pair that ships with Assay
 */
export async function removePair(transaction: Transaction, name: string): Promise<{ readonly files: readonly string[]; readonly imageTowerStays: boolean }> {
  const tower = await transaction.textTower.findUnique({ where: { name }, include: { model: { include: { _count: { select: { featureSets: true } } } } } });
  if (tower === null) throw new AssayError('model.missing', `There is no image-text pair named ${name}.`);
  const { model } = tower;
  if (model.builtIn) throw new AssayError('request.conflict', 'The pair that ships with Assay cannot be removed.');
  if (model._count.featureSets === 0) return { files: (await deleteModel(transaction, { id: model.id })).files, imageTowerStays: false };
  await transaction.textTower.delete({ where: { id: tower.id } });
  return { files: textTowerFiles(tower), imageTowerStays: true };
}
