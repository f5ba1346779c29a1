import { env } from '@/lib/env';
import { store } from '@/lib/store/client';
import type { Actor } from './actor';
import { auth } from './auth';

/** Who is signed in, and what the account still lacks. */
export type SessionInfo = {
  readonly actor: Actor;
  readonly sessionId: string;
  /** Assay can be reached from other machines and this account has no password yet. */
  readonly mustSetPassword: boolean;
};

/** The person whose session cookie the request carries, or null. */
export async function currentActor(headers: Headers): Promise<Actor | null> {
  return (await currentSession(headers))?.actor ?? null;
}

/** Session and account state for the shell of the pages, or null when nobody is signed in. */
export async function currentSessionInfo(headers: Headers): Promise<SessionInfo | null> {
  const session = await currentSession(headers);
  if (session === null) return null;
  const mustSetPassword = !isLoopback(env().host) && !(await hasPassword(session.actor.userId));
  return { ...session, mustSetPassword };
}

/** Whether the account can sign in with a password. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await store().account.count({ where: { userId, providerId: 'credential', password: { not: null } } })) > 0;
}

async function currentSession(headers: Headers): Promise<{ actor: Actor; sessionId: string } | null> {
  if (!headers.has('cookie')) return null;
  const found = await auth().api.getSession({ headers });
  if (found === null) return null;
  const { id, name, email, isAdmin } = found.user;
  return { actor: { userId: id, name, email, isAdmin: isAdmin === true }, sessionId: found.session.id };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
