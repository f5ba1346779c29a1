import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type { BetterAuthPlugin } from 'better-auth/types';
import { z } from 'zod';
import { consumeSignInToken } from './sign-in-link';

/**
 * POST /api/auth/sign-in/link with `{ token }`: uses the one-time token up and starts a session. A POST, so that what
 * merely fetches a link (previews, prefetching) does not burn it.
 */
export function signInLink() {
  return {
    id: 'sign-in-link',
    endpoints: {
      signInWithLink: createAuthEndpoint(
        '/sign-in/link',
        { method: 'POST', body: z.object({ token: z.string().min(1).max(200) }) },
        async (context) => {
          const refused = () => new APIError('UNAUTHORIZED', { message: 'This sign-in link was used already or has expired.' });
          const userId = await consumeSignInToken(context.body.token);
          const user = userId === null ? null : await context.context.internalAdapter.findUserById(userId);
          if (user === null) throw refused();
          const session = await context.context.internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return context.json({ signedIn: true });
        },
      ),
    },
    rateLimit: [{ pathMatcher: (path: string) => path === '/sign-in/link', window: 60, max: 20 }],
  } satisfies BetterAuthPlugin;
}
