import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { ProjectKind } from '@/lib/store/generated/client';

const holds: Readonly<Record<ProjectKind, string>> = { image: 'images', vector: 'feature vectors' };

/**
 * Makes sure that samples of this kind may come into the project, until the transaction ends: one project holds either
 * images or vectors. A project without samples takes either kind.
 * @throws AssayError `data.mixed`
 */
export async function claimKind(transaction: Transaction, projectId: string, kind: ProjectKind): Promise<void> {
  const [held] = await transaction.$queryRaw<{ kind: ProjectKind }[]>`
    SELECT "kind"::text FROM "Project" WHERE "id" = ${projectId}::uuid AND "kind" = ${kind}::"ProjectKind" FOR SHARE`;
  if (held !== undefined) return;
  await transaction.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR NO KEY UPDATE`;
  const samples = await transaction.sample.count({ where: { projectId, vectorTableId: kind === 'vector' ? null : { not: null } }, take: 1 });
  if (samples > 0) throw mixed(kind);
  await transaction.project.update({ where: { id: projectId }, data: { kind } });
}

/** The refusal of a sample of the wrong kind. */
function mixed(kind: ProjectKind): AssayError {
  const present = kind === 'vector' ? 'image' : 'vector';
  return new AssayError('data.mixed', `This project holds ${holds[present]}; ${holds[kind]} cannot be added to it.`, { hint: `Make another project for the ${holds[kind]}.` });
}
