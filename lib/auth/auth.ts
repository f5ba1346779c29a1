import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { ownOrigins } from '@/lib/api/origin';
import { env, sessionSecret } from '@/lib/env';
import { logger } from '@/lib/logger';
import { store } from '@/lib/store/client';
import { consumeAttempt } from './attempts';
import { signInLink } from './sign-in-link-plugin';

/** Shortest password that is accepted. */
export const minPasswordLength = 10;

const day = 86_400;

/**
 * Sign-in with e-mail and password or a one-time link; sessions live in the database for 30 days. Accounts are made by
 * an administrator or at the start, never by signing up.
 */
function createAuth() {
  const { baseUrl } = env();
  const { port, protocol } = new URL(baseUrl);
  const log = logger('auth');
  return betterAuth({
    appName: 'Assay',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: sessionSecret(),
    database: prismaAdapter(store(), { provider: 'postgresql' }),
    trustedOrigins: (request) => (request ? ownOrigins(request.headers) : []),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength: 200 },
    session: { expiresIn: 30 * day, disableSessionRefresh: true, cookieCache: { enabled: false } },
    user: { additionalFields: { isAdmin: { type: 'boolean', input: false, defaultValue: false, required: false } } },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 300, customRules: { '/sign-in/email': { window: 300, max: 50 } } },
    advanced: {
      // Browsers share cookies among the ports of a host; two installations on one machine must not sign each other out.
      cookiePrefix: port === '' ? 'assay' : `assay-${port}`,
      useSecureCookies: protocol === 'https:',
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    // Addresses can be forged behind some proxies; the account that is guessed at cannot.
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path !== '/sign-in/email') return;
        const email: unknown = context.body?.email;
        if (typeof email !== 'string') return;
        if (await consumeAttempt(`sign-in:${email.toLowerCase()}`, { windowSeconds: 300, max: 10 })) return;
        throw new APIError('TOO_MANY_REQUESTS', { message: 'Too many attempts for this account. Wait five minutes and try again.' });
      }),
    },
    plugins: [signInLink()],
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => log[level === 'error' ? 'error' : level === 'warn' ? 'warn' : 'debug'](message),
    },
  });
}

let cached: { readonly over: ReturnType<typeof store>; readonly service: ReturnType<typeof createAuth> } | undefined;

/** The process's one authentication service over its store; made on first use. */
export function auth(): ReturnType<typeof createAuth> {
  if (cached?.over !== store()) cached = { over: store(), service: createAuth() };
  return cached.service;
}
