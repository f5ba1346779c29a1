import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { User as UserDto, userListSchema } from '@/lib/api/contracts/projects';
import { recordEvent } from '@/lib/audit/record';
import { createSignInLink, localOwnerEmail } from '@/lib/auth/sign-in-link';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { Prisma, type User } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';

/** All accounts by name. */
export async function listUsers({ store }: ServiceContext): Promise<z.infer<typeof userListSchema>> {
  const users = await store.user.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return { users: users.map(toUserDto) };
}

/** Makes an account and a one-time link with which its owner signs in. @throws AssayError `request.conflict` */
export async function createUser(
  { store, actor }: ServiceContext,
  input: { name: string; email: string; isAdmin: boolean },
): Promise<{ user: UserDto; signInLink: string }> {
  const data = { id: randomUUID(), name: input.name, email: input.email.toLowerCase(), isAdmin: input.isAdmin, emailVerified: true };
  try {
    const user = await store.$transaction(async (transaction) => {
      const created = await transaction.user.create({ data });
      await recordEvent(transaction, { actor, projectId: null }, { type: 'user.created', ...named(created), isAdmin: created.isAdmin });
      return created;
    });
    return { user: toUserDto(user), signInLink: await createSignInLink({ baseUrl: env().baseUrl, email: user.email }, store) };
  } catch (thrown) {
    if (!(thrown instanceof Prisma.PrismaClientKnownRequestError) || thrown.code !== 'P2002') throw thrown;
    throw new AssayError('request.conflict', `There is already an account with the e-mail address ${data.email}.`, {
      details: [{ path: 'email', message: 'Already taken.' }],
      cause: thrown,
    });
  }
}

/** A new one-time link for an account whose owner lost the first one or the password. */
export async function renewSignInLink({ store, actor }: ServiceContext, { userId }: { userId: string }): Promise<{ signInLink: string }> {
  const user = await findUser({ store }, userId);
  const signInLink = await createSignInLink({ baseUrl: env().baseUrl, email: user.email }, store);
  await recordEvent(store, { actor, projectId: null }, { type: 'user.link_created', ...named(user) });
  return { signInLink };
}

/** @throws AssayError `request.conflict` for the caller's own account and the local owner */
export async function setUserAdmin({ store, actor }: ServiceContext, { userId, isAdmin }: { userId: string; isAdmin: boolean }): Promise<UserDto> {
  const user = await findUser({ store }, userId);
  if (!isAdmin) refuseForKeptAccounts(user, actor.userId);
  return store.$transaction(async (transaction) => {
    const changed = await transaction.user.update({ where: { id: userId }, data: { isAdmin } });
    await recordEvent(transaction, { actor, projectId: null }, { type: 'user.admin_set', ...named(changed), isAdmin });
    return toUserDto(changed);
  });
}

/** Removes an account with its sessions and memberships; its decisions and history stay. */
export async function removeUser({ store, actor }: ServiceContext, { userId }: { userId: string }): Promise<{ done: true }> {
  const user = await findUser({ store }, userId);
  refuseForKeptAccounts(user, actor.userId);
  await store.$transaction(async (transaction) => {
    await transaction.verification.deleteMany({ where: { value: userId } });
    await transaction.user.delete({ where: { id: userId } });
    await recordEvent(transaction, { actor, projectId: null }, { type: 'user.removed', ...named(user) });
  });
  return { done: true };
}

/** Nobody locks themselves out, and the machine's owner stays: so there is always an administrator. */
function refuseForKeptAccounts(user: User, callerId: string): void {
  if (user.id === callerId) {
    throw new AssayError('request.conflict', 'You cannot remove your own account or your own administrator right.', { hint: 'Ask another administrator.' });
  }
  if (user.email === localOwnerEmail) {
    throw new AssayError('request.conflict', 'The local owner always is an administrator: the account belongs to who starts Assay on its machine.');
  }
}

async function findUser({ store }: Pick<ServiceContext, 'store'>, userId: string): Promise<User> {
  const user = await store.user.findUnique({ where: { id: userId } });
  if (user) return user;
  throw new AssayError('request.not_found', 'There is no such account.');
}

function named({ id, name, email }: User): { userId: string; name: string; email: string } {
  return { userId: id, name, email };
}

function toUserDto({ id, name, email, isAdmin, createdAt }: User): UserDto {
  return { id, name, email, isAdmin, createdAt: createdAt.toISOString() };
}
