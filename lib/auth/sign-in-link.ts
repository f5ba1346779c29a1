import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AssayError } from '@/lib/errors';
import { store } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';

/** E-mail of the account that `npm start` makes; it has no mailbox, it is what a password sign-in asks for. */
export const localOwnerEmail = 'owner@assay.local';

const hour = 3_600_000;
const ownerLinkLifetime = 24 * hour;
const memberLinkLifetime = 7 * 24 * hour;
const identifierPrefix = 'sign-in-link:';

/** Only the hash of a token is stored: who reads the database cannot sign in with it. */
const identifierOf = (token: string) => identifierPrefix + createHash('sha256').update(token).digest('hex');

/**
 * Makes a one-time sign-in link and voids the older ones of the same account. Without `email` it is for the local
 * owner, whose account is made when absent (an administrator), and lasts 24 hours; a link for another account lasts
 * 7 days.
 *
 * @param options.baseUrl address under which the person reaches Assay
 * @throws AssayError `request.not_found` when no account has that e-mail
 */
export async function createSignInLink(
  options: { baseUrl: string; email?: string },
  database: PrismaClient = store(),
): Promise<string> {
  const userId = options.email === undefined ? await ensureLocalOwner(database) : await userIdOf(options.email, database);
  const lifetime = options.email === undefined ? ownerLinkLifetime : memberLinkLifetime;
  const token = randomBytes(32).toString('base64url');
  await database.$transaction([
    database.verification.deleteMany({ where: { identifier: { startsWith: identifierPrefix }, OR: [{ value: userId }, { expiresAt: { lt: new Date() } }] } }),
    database.verification.create({
      data: { id: randomUUID(), identifier: identifierOf(token), value: userId, expiresAt: new Date(Date.now() + lifetime) },
    }),
  ]);
  return `${options.baseUrl.replace(/\/+$/, '')}/sign-in/link?token=${token}`;
}

/** Uses a token up: the id of its user, or null when it is unknown, used or expired. Of two callers at once, one wins. */
export async function consumeSignInToken(token: string, database: PrismaClient = store()): Promise<string | null> {
  const row = await database.verification.findFirst({ where: { identifier: identifierOf(token), expiresAt: { gt: new Date() } } });
  if (row === null) return null;
  const { count } = await database.verification.deleteMany({ where: { id: row.id } });
  return count === 1 ? row.value : null;
}

async function ensureLocalOwner(database: PrismaClient): Promise<string> {
  const owner = await database.user.upsert({
    where: { email: localOwnerEmail },
    create: { id: randomUUID(), name: 'Owner', email: localOwnerEmail, emailVerified: true, isAdmin: true },
    update: { isAdmin: true },
    select: { id: true },
  });
  return owner.id;
}

async function userIdOf(email: string, database: PrismaClient): Promise<string> {
  const user = await database.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  if (user) return user.id;
  throw new AssayError('request.not_found', `No account has the e-mail address ${email}.`, { hint: 'Create the account first.' });
}
