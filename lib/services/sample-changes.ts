import type { SampleChange, SampleSelection } from '@/lib/api/contracts/samples';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { Prisma } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { sampleWhere } from './samples';

/** Tens of thousands of rows in one statement may take a while. */
const bulk = { timeout: 120_000, maxWait: 10_000 };

/** Rows in one statement: parameters of a statement are limited. */
const notedAtOnce = 4_000;

/**
 * Changes role, split, defect type or pseudo-quality of many samples at once. A normal sample has no defect type and
 * only auxiliary samples have a pseudo-quality: those fields empty with the role.
 * Only normals can be excluded: an excluded one that changes its role takes part again.
 * @throws AssayError `request.invalid` when a pseudo-quality, or to be excluded, is asked for samples of another role
 */
export async function changeSamples(
  { store, actor }: ServiceContext,
  { projectId, selection, change }: { projectId: string; selection: SampleSelection; change: SampleChange },
): Promise<{ changed: number }> {
  const where = selectionWhere(projectId, selection);
  const data = consistentChange(change);
  const changed = await store.$transaction(async (transaction) => {
    if (data.qualityLabel && data.role === undefined) {
      const others = await transaction.sample.count({ where: { AND: [where, { role: { not: 'auxiliary' } }] } });
      if (others > 0) throw notAuxiliary(`${others} of the selected samples are not auxiliary`);
    }
    if (data.excluded === true && data.role === undefined) {
      const others = await transaction.sample.count({ where: { AND: [where, { role: { not: 'normal' } }] } });
      if (others > 0) throw notNormal(`${others} of the selected samples are not`);
    }
    const { count } = await transaction.sample.updateMany({ where, data });
    if (count > 0) await recordEvent(transaction, { actor, projectId }, { type: 'samples.changed', count, change, filter: filterOf(selection) });
    return count;
  }, bulk);
  return { changed };
}

/** Deletes samples with their scores and states. Decisions and history stay, and so do bytes that others may hold. */
export async function deleteSamples(
  { store, actor }: ServiceContext,
  { projectId, selection }: { projectId: string; selection: SampleSelection },
): Promise<{ deleted: number }> {
  const where = selectionWhere(projectId, selection);
  const deleted = await store.$transaction(async (transaction) => {
    await noteDeleted(transaction, where);
    const { count } = await transaction.sample.deleteMany({ where });
    if (count > 0) await recordEvent(transaction, { actor, projectId }, { type: 'samples.deleted', count, filter: filterOf(selection) });
    return count;
  }, bulk);
  return { deleted };
}

/** What replaying the past needs of samples that are about to go. */
async function noteDeleted(transaction: Transaction, where: Prisma.SampleWhereInput): Promise<void> {
  const [clock] = await transaction.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const deletedAt = clock?.now ?? new Date();
  const samples = await transaction.sample.findMany({ where, select: { id: true, projectId: true, role: true, folder: true, fileName: true, createdAt: true } });
  for (let from = 0; from < samples.length; from += notedAtOnce) {
    const rows = samples.slice(from, from + notedAtOnce).map(({ id, ...known }) => ({ sampleId: id, ...known, deletedAt }));
    await transaction.deletedSample.createMany({ data: rows, skipDuplicates: true });
  }
}

function selectionWhere(projectId: string, selection: SampleSelection): Prisma.SampleWhereInput {
  return 'ids' in selection ? { projectId, id: { in: selection.ids } } : sampleWhere(projectId, selection.filter);
}

function filterOf(selection: SampleSelection) {
  return 'filter' in selection ? selection.filter : null;
}

function consistentChange(change: SampleChange): Prisma.SampleUpdateManyMutationInput {
  const { role, split, defectType, qualityLabel, excluded } = change;
  if (role !== undefined && role !== 'auxiliary' && qualityLabel) throw notAuxiliary(`a sample with the role ${role} has none`);
  if (role !== undefined && role !== 'normal' && excluded === true) throw notNormal(`a sample with the role ${role} is not`);
  return {
    ...(role === undefined ? {} : { role }),
    ...(split === undefined ? {} : { split }),
    ...(defectType === undefined ? {} : { defectType: defectType === '' ? null : defectType }),
    ...(qualityLabel === undefined ? {} : { qualityLabel }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(role === undefined ? {} : lostWith(role)),
  };
}

/** What a sample of a role cannot have. */
function lostWith(role: NonNullable<SampleChange['role']>): Prisma.SampleUpdateManyMutationInput {
  return {
    ...(role === 'normal' ? { defectType: null } : { excluded: false }),
    ...(role === 'auxiliary' ? {} : { qualityLabel: null }),
  };
}

function notAuxiliary(why: string): AssayError {
  return new AssayError('request.invalid', `Only auxiliary samples have a pseudo-quality: ${why}.`, {
    hint: 'Select auxiliary samples only.',
    details: [{ path: 'change.qualityLabel', message: 'For auxiliary samples only.' }],
  });
}

function notNormal(why: string): AssayError {
  return new AssayError('request.invalid', `Only normals can be excluded: ${why}.`, {
    hint: 'Select normal samples only.',
    details: [{ path: 'change.excluded', message: 'For normals only.' }],
  });
}
