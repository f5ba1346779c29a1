import type { BrowserEnd } from '@/lib/api/contracts/browser-runs';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { serverComputes } from './browser-set';

/** What a browser computes for a private project. */
export type BrowserResult = { readonly kind: 'Run' | 'Projection'; readonly id: string; readonly projectId: string };

const words = { Run: 'run', Projection: 'map' } as const;

/**
 * Holds a run or map so that no other call changes it, and sees that a browser may still end it.
 * @returns the id of its feature set
 * @throws AssayError `request.not_found`, `request.conflict` of a project that is not private, or one that has ended
 */
export async function lockPending(transaction: Transaction, { kind, id, projectId }: BrowserResult): Promise<string> {
  const { isPrivate } = await transaction.project.findUniqueOrThrow({ where: { id: projectId }, select: { isPrivate: true } });
  const [row] =
    kind === 'Run'
      ? await transaction.$queryRaw<Locked[]>`SELECT "state"::text AS state, "featureSetId" FROM "Run" WHERE "id" = ${id}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`
      : await transaction.$queryRaw<Locked[]>`SELECT "state"::text AS state, "featureSetId" FROM "Projection" WHERE "id" = ${id}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`;
  if (row === undefined) throw new AssayError('request.not_found', `There is no such ${words[kind]} in this project.`);
  if (!isPrivate) throw serverComputes();
  if (row.state !== 'pending') throw new AssayError('request.conflict', `This ${words[kind]} is ${row.state} already; it takes no other result.`, { hint: 'Start another one.' });
  return row.featureSetId;
}

type Locked = { state: string; featureSetId: string };

/** The samples of a set are no longer those that the browser computed with, or never were. */
export function otherSamples(): AssayError {
  return new AssayError('data.shape', 'The result is not of the samples of this feature set.', { hint: 'Samples may have been changed meanwhile. Compute it again.' });
}

/** How a run or map that ended without a result is stored. */
export function endedFields(end: BrowserEnd): { state: 'cancelled' | 'failed'; errorCode: string | null; errorMessage: string | null } {
  return end.outcome === 'failed' ? { state: 'failed', errorCode: end.code, errorMessage: end.message } : { state: 'cancelled', errorCode: null, errorMessage: null };
}

/** Why a browser's run or map has no result, as the contracts say it. */
export function endedBecause({ errorCode, errorMessage }: { errorCode: string | null; errorMessage: string | null }): { code: string; message: string } | null {
  return errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' };
}
