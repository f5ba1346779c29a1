import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import type { z } from 'zod';
import { authorize } from '@/lib/auth/guard';
import { currentActor } from '@/lib/auth/session';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { ServiceContext } from '@/lib/services/context';
import { store } from '@/lib/store/client';
import { actions, type ActionContract } from './contracts/actions';
import type { ActionResult } from './contracts/problem';
import { checkOrigin } from './origin';
import { parseInput, problemOf } from './problem';

/** The service behind an action; writes its own audit event in the transaction of the change. */
export type ActionHandler<C extends ActionContract> = (
  context: ServiceContext,
  input: z.output<C['input']>,
) => Promise<z.input<C['output']>>;

/** What a screen calls. */
export type ServerAction<C extends ActionContract> = (input: z.input<C['input']>) => Promise<ActionResult<z.output<C['output']>>>;

const made = new WeakMap<(input: never) => unknown, ActionContract>();

/**
 * Makes a server action from its contract: session, origin check, the one guard, validated input, service, checked
 * answer. Failures are values, because Next.js masks thrown errors in production. Every export of `actions.ts` files is
 * made by it.
 */
export function action<const C extends ActionContract>(contract: C, handler: ActionHandler<C>): ServerAction<C> {
  const call: ServerAction<C> = async (input) => {
    const requestId = randomUUID();
    try {
      return { ok: true, value: await perform(contract, handler, input, requestId) };
    } catch (thrown) {
      return { ok: false, problem: problemOf(thrown, requestId) };
    }
  };
  made.set(call, contract);
  return call;
}

/** The contract that an action was made from; undefined when `action` did not make it. */
export function actionContractOf(call: unknown): ActionContract | undefined {
  return typeof call === 'function' ? made.get(call as (input: never) => unknown) : undefined;
}

async function perform<C extends ActionContract>(
  contract: C,
  handler: ActionHandler<C>,
  raw: unknown,
  requestId: string,
): Promise<z.output<C['output']>> {
  const requestHeaders = await headers();
  checkOrigin(requestHeaders);
  const actor = await currentActor(requestHeaders);
  await authorize(actor, contract.access, claimedProjectId(raw));
  if (actor === null) throw new AssayError('request.unauthenticated', 'You are not signed in.');
  const input = parseInput<C['input']>(contract.input, raw);
  const context: ServiceContext = { actor, requestId, store: store(), signal: new AbortController().signal };
  const answer = await handler(context, input);
  logger('action').info({ requestId, action: nameOf(contract), userId: actor.userId, projectId: claimedProjectId(raw) }, 'action done');
  return env().mode === 'production' ? (answer as z.output<C['output']>) : (contract.output.parse(answer) as z.output<C['output']>);
}

function nameOf(contract: ActionContract): string | undefined {
  return Object.entries<ActionContract>(actions).find(([, known]) => known === contract)?.[0];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The project that the input names, before it is validated: the guard must answer before the input is discussed. */
function claimedProjectId(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('projectId' in raw)) return undefined;
  return typeof raw.projectId === 'string' && uuid.test(raw.projectId) ? raw.projectId : undefined;
}
