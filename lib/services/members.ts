import type { z } from 'zod';
import type { ProjectRole } from '@/lib/api/contracts/common';
import type { memberListSchema } from '@/lib/api/contracts/projects';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { ServiceContext } from './context';
import { lockProject } from './projects';

/** Members of a project by name. */
export async function listMembers({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof memberListSchema>> {
  const members = await store.projectMember.findMany({
    where: { projectId },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  });
  return { members: members.map(({ userId, role, user }) => ({ userId, role, name: user.name, email: user.email })) };
}

/**
 * Makes an account a member, or changes its role.
 * @throws AssayError `request.not_found` without such an account, `request.conflict` when the last lead would step down
 */
export async function setMember(
  { store, actor }: ServiceContext,
  { projectId, email, role }: { projectId: string; email: string; role: ProjectRole },
): Promise<{ done: true }> {
  const user = await store.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true, name: true, email: true } });
  if (user === null) {
    throw new AssayError('request.not_found', `No account has the e-mail address ${email}.`, {
      hint: 'Ask an administrator to create the account first.',
      details: [{ path: 'email', message: 'No such account.' }],
    });
  }
  await store.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const key = { projectId_userId: { projectId, userId: user.id } };
    const before = (await transaction.projectMember.findUnique({ where: key }))?.role ?? null;
    if (before === 'lead' && role !== 'lead') await keepALead(transaction, projectId, user.id);
    await transaction.projectMember.upsert({ where: key, create: { projectId, userId: user.id, role }, update: { role } });
    const who = { userId: user.id, name: user.name, email: user.email };
    if (before !== role) await recordEvent(transaction, { actor, projectId }, { type: 'member.set', ...who, role, before });
  });
  return { done: true };
}

/** @throws AssayError `request.not_found` when the account is no member, `request.conflict` for the last lead */
export async function removeMember({ store, actor }: ServiceContext, { projectId, userId }: { projectId: string; userId: string }): Promise<{ done: true }> {
  await store.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const key = { projectId_userId: { projectId, userId } };
    const member = await transaction.projectMember.findUnique({ where: key, include: { user: { select: { name: true, email: true } } } });
    if (member === null) throw new AssayError('request.not_found', 'This account is not a member of the project.');
    if (member.role === 'lead') await keepALead(transaction, projectId, userId);
    await transaction.projectMember.delete({ where: key });
    await recordEvent(transaction, { actor, projectId }, { type: 'member.removed', userId, ...member.user, role: member.role });
  });
  return { done: true };
}

async function keepALead(transaction: Transaction, projectId: string, leaving: string): Promise<void> {
  const others = await transaction.projectMember.count({ where: { projectId, role: 'lead', userId: { not: leaving } } });
  if (others > 0) return;
  throw new AssayError('request.conflict', 'A project needs at least one lead.', { hint: 'Make another member a lead first.' });
}
