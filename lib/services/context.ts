import type { Actor } from '@/lib/auth/actor';
import type { PrismaClient } from '@/lib/store/generated/client';

/**
 * What every service function gets first: who asks, the database, and the request it belongs to. Both doors (routes and
 * actions) build it after the guard has let the actor pass; services check no roles again.
 */
export type ServiceContext = {
  readonly actor: Actor;
  readonly requestId: string;
  readonly store: PrismaClient;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
};

/** The same for what anyone may call, signed in or not. */
export type PublicContext = Omit<ServiceContext, 'actor'> & { readonly actor: Actor | null };
