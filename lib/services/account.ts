import { randomUUID } from 'node:crypto';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { preferencesSchema, type Preferences, type Session } from '@/lib/api/contracts/projects';
import { recordEvent } from '@/lib/audit/record';
import { consumeAttempt } from '@/lib/auth/attempts';
import { hasPassword, isReachedFromElsewhere } from '@/lib/auth/session';
import { AssayError } from '@/lib/errors';
import type { ServiceContext } from './context';

/** The caller's own account and preferences. */
export async function sessionOf({ store, actor }: ServiceContext): Promise<Session> {
  const [user, passwordSet] = await Promise.all([
    store.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { preferences: true } }),
    hasPassword(actor.userId, store),
  ]);
  return {
    user: { id: actor.userId, name: actor.name, email: actor.email, isAdmin: actor.isAdmin },
    hasPassword: passwordSet,
    mustSetPassword: !passwordSet && isReachedFromElsewhere(),
    preferences: preferencesSchema.catch({}).parse(user.preferences),
  };
}

/** Changes the given preferences and keeps the others. */
export async function setPreferences({ store, actor }: ServiceContext, change: Preferences): Promise<{ done: true }> {
  await store.$executeRaw`UPDATE "User" SET "preferences" = "preferences" || ${JSON.stringify(change)}::jsonb WHERE "id" = ${actor.userId}`;
  return { done: true };
}

/**
 * Sets or changes the caller's password. Setting the first one needs only the session (which a one-time link began);
 * changing one needs the current one and ends every other session, so that who knew the old one is out.
 *
 * @throws AssayError `request.invalid` for a wrong current password, `request.rate_limited` after ten guesses
 */
export async function setPassword(
  { store, actor }: ServiceContext,
  { newPassword, currentPassword }: { newPassword: string; currentPassword: string | null },
): Promise<{ done: true }> {
  const { userId } = actor;
  const account = await store.account.findFirst({ where: { userId, providerId: 'credential' } });
  const current = account?.password ?? null;
  if (current !== null) await checkCurrentPassword(userId, current, currentPassword);
  const password = await hashPassword(newPassword);
  await store.$transaction(async (transaction) => {
    if (account === null) {
      await transaction.account.create({ data: { id: randomUUID(), userId, accountId: userId, providerId: 'credential', password } });
    } else {
      await transaction.account.update({ where: { id: account.id }, data: { password } });
    }
    if (current !== null) await transaction.session.deleteMany({ where: { userId, id: { not: actor.sessionId ?? '' } } });
    await recordEvent(transaction, { actor, projectId: null }, { type: 'user.password_set', first: current === null });
  });
  return { done: true };
}

async function checkCurrentPassword(userId: string, hash: string, password: string | null): Promise<void> {
  if (!(await consumeAttempt(`set-password:${userId}`, { windowSeconds: 300, max: 10 }))) {
    throw new AssayError('request.rate_limited', 'Too many attempts.', { hint: 'Wait five minutes and try again.' });
  }
  if (password !== null && (await verifyPassword({ hash, password }))) return;
  throw new AssayError('request.invalid', 'The current password is not right.', { details: [{ path: 'currentPassword', message: 'Not right.' }] });
}
