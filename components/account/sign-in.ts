import { ProblemError } from '@/lib/api/client';

/**
 * A path of ours to go to after signing in; anything else (another site, a script) becomes the start page.
 * "/\" and "//" are read as another host by browsers.
 */
export function safeNext(next: string | null | undefined): string {
  return /^\/(?![/\\])/.test(next ?? '') ? String(next) : '/';
}

/** Starts a session with e-mail and password. @throws ProblemError */
export function signInWithPassword(email: string, password: string): Promise<void> {
  return post('/api/auth/sign-in/email', { email, password });
}

const inFlight = new Map<string, Promise<void>>();

/** Starts a session with a one-time token; asking twice for one token sends it once. @throws ProblemError */
export function signInWithToken(token: string): Promise<void> {
  const running = inFlight.get(token) ?? post('/api/auth/sign-in/link', { token });
  inFlight.set(token, running);
  return running;
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).catch(() => null);
  if (response?.ok) return;
  throw new ProblemError(await explainRefusal(response));
}

async function explainRefusal(response: Response | null): Promise<ProblemError['problem']> {
  const base = { type: 'about:blank', title: 'Not signed in' };
  if (response === null) {
    return { ...base, status: 503, code: 'request.unreachable', detail: 'The server did not answer.', hint: 'Check that Assay is running, then try again.' };
  }
  const answer = (await response.json().catch(() => null)) as { message?: unknown } | null;
  const detail = typeof answer?.message === 'string' && answer.message !== '' ? answer.message : 'The server refused the sign-in.';
  const code = response.status === 429 ? 'request.rate_limited' : response.status >= 500 ? 'internal' : 'request.unauthenticated';
  return { ...base, status: response.status, code, detail };
}
