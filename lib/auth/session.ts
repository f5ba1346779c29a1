import { env } from '@/lib/env';
import { store } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { Actor } from './actor';
import { auth } from './auth';

/** Who is signed in, and what the account still lacks. */
export type SessionInfo = {
  readonly actor: Actor;
  /** Assay can be reached from other machines and this account has no password yet. */
  readonly mustSetPassword: boolean;
};

/** The person whose session cookie the request carries, or null. */
export async function currentActor(headers: Headers): Promise<Actor | null> {
  if (!headers.has('cookie')) return null;
  const found = await auth().api.getSession({ headers });
  if (found === null) return null;
  const { id, name, email, isAdmin } = found.user;
  return { userId: id, name, email, isAdmin: isAdmin === true, sessionId: found.session.id };
}

/** Session and account state for the shell of the pages, or null when nobody is signed in. */
export async function currentSessionInfo(headers: Headers): Promise<SessionInfo | null> {
  const actor = await currentActor(headers);
  if (actor === null) return null;
  return { actor, mustSetPassword: isReachedFromElsewhere() && !(await hasPassword(actor.userId)) };
}

/** Whether the account can sign in with a password. */
export async function hasPassword(userId: string, database: Pick<PrismaClient, 'account'> = store()): Promise<boolean> {
  return (await database.account.count({ where: { userId, providerId: 'credential', password: { not: null } } })) > 0;
}

/** Whether Assay is bound to an address that other machines can reach. */
export function isReachedFromElsewhere(): boolean {
  const { host } = env();
  return !(host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host));
}
