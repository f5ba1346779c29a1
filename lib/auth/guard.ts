import type { Access } from '@/lib/api/contracts/access';
import type { ProjectRole } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';
import { store } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { Actor } from './actor';
import { hasPassword, isReachedFromElsewhere } from './session';

const rank: Record<ProjectRole, number> = { viewer: 0, inspector: 1, lead: 2 };
const named: Record<ProjectRole, string> = { viewer: 'a viewer', inspector: 'an inspector', lead: 'a lead' };

/** What the guard needs from the database. */
export type GuardStore = Pick<PrismaClient, 'project' | 'account'>;

/**
 * The one guard: lets `actor` pass or throws. Every route and every action goes through it; whatever is not
 * explicitly allowed is denied.
 *
 * @param projectId required with project access
 * @throws AssayError `request.unauthenticated` without a session; `request.not_found` when the project does not exist
 *   or the actor is no member of it (one answer for both, so that existence does not leak); `request.forbidden` with a
 *   sentence that names the role needed
 */
export async function authorize(
  actor: Actor | null,
  access: Access,
  projectId?: string,
  database: GuardStore = store(),
): Promise<void> {
  if (access.scope === 'public') return;
  if (actor === null) throw unauthenticated();
  if (access.scope === 'user') return;
  await requireRealAccount(actor, database);
  if (access.scope === 'admin') {
    if (actor.isAdmin) return;
    throw new AssayError('request.forbidden', 'Only an administrator may do this.', { hint: 'Ask an administrator of this installation.' });
  }
  if (access.scope === 'project') return authorizeMember(actor, access.role, projectId, database);
  throw new AssayError('request.forbidden', 'This is not allowed.');
}

/** Where other machines can reach Assay, a link alone is not enough of an account to work with. */
async function requireRealAccount(actor: Actor, database: GuardStore): Promise<void> {
  if (!isReachedFromElsewhere() || (await hasPassword(actor.userId, database))) return;
  throw new AssayError('request.forbidden', 'Assay can be reached from other machines, so this account needs a password first.', {
    hint: 'Set one under Account.',
  });
}

async function authorizeMember(actor: Actor, needed: ProjectRole, projectId: string | undefined, database: GuardStore): Promise<void> {
  const role = projectId === undefined ? null : await projectRoleOf(actor, projectId, database);
  if (role === null) throw projectNotFound();
  if (rank[role] >= rank[needed]) return;
  throw new AssayError('request.forbidden', `Only ${named[needed]} of this project may do this; your role is ${role}.`, {
    hint: `Ask a lead of this project to make you ${named[needed]}.`,
  });
}

/**
 * The actor's role in a project: the membership, or lead for an administrator; null when the project does not exist or
 * the actor is a stranger to it.
 */
export async function projectRoleOf(actor: Actor, projectId: string, database: GuardStore = store()): Promise<ProjectRole | null> {
  const project = await database.project.findUnique({
    where: { id: projectId },
    select: { members: { where: { userId: actor.userId }, select: { role: true } } },
  });
  if (project === null) return null;
  if (actor.isAdmin) return 'lead';
  return project.members[0]?.role ?? null;
}

/** The answer to a missing or foreign project. */
export function projectNotFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such project, or you are not a member of it.');
}

function unauthenticated(): AssayError {
  return new AssayError('request.unauthenticated', 'You are not signed in.', { hint: 'Sign in and try again.' });
}
