import type { Actor } from '@/lib/auth/actor';
import type { Transaction } from '@/lib/store/client';
import type { AuditEvent } from './events';

/**
 * Writes an audit event. Hand it the transaction of the change itself, so that neither exists without the other.
 *
 * @param where.actor null when the program itself acts
 * @param where.projectId null for what concerns the whole installation
 */
export async function recordEvent(
  transaction: Pick<Transaction, 'auditEvent'>,
  where: { actor: Pick<Actor, 'userId' | 'name'> | null; projectId: string | null },
  event: AuditEvent,
): Promise<void> {
  const { type, ...payload } = event;
  // The name is kept as it was: accounts can be removed, history stays readable.
  const by = where.actor?.name ?? null;
  await transaction.auditEvent.create({
    data: { projectId: where.projectId, userId: where.actor?.userId ?? null, type, payload: { ...payload, by } },
  });
}
