import { AssayError } from '@/lib/errors';
import type { HubSettings } from './address';

const MAX_REDIRECTS = 5;
const ANSWER_WITHIN_MS = 30_000;

/** An answer with what the hub itself said of the file on the way to the server that holds its bytes. */
export type HubAnswer = { readonly response: Response; readonly told: Headers };

export type HubRequest = {
  readonly method: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Ends at a redirect to another server: what the hub tells is wanted, not the bytes, and their server may refuse HEAD. */
  readonly stay?: boolean;
};

/**
 * Asks the hub. Redirects are followed by hand, so that the token goes to the hub's own origin and nowhere else.
 * @returns the last answer, of a 2xx status or 416 (or the redirect at which it was to stay), with the headers of the first
 * @throws AssayError `hub.unreachable`, `hub.not_found`, `hub.gated`; `job.cancelled` when `signal` was aborted
 */
export async function askHub(settings: HubSettings, url: string, request: HubRequest): Promise<HubAnswer> {
  const home = new URL(settings.baseUrl).origin;
  let target = new URL(url);
  // Once off the hub, the token does not come back either.
  let withToken = settings.token !== undefined;
  let told: Headers | undefined;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    withToken &&= target.origin === home;
    const response = await send(target, request, withToken ? settings.token : undefined);
    told ??= response.headers;
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return { response: await checked(response, target, settings), told };
    await response.body?.cancel();
    const next = nextTarget(target, location);
    if (request.stay === true && next.origin !== home) return { response, told };
    target = next;
  }
  throw unreachable(`${home} redirects in a circle.`);
}

async function send(url: URL, { method, headers, signal }: HubRequest, token: string | undefined): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS);
  try {
    return await fetch(url, {
      method,
      redirect: 'manual',
      // Ranges count bytes as they are stored.
      headers: { 'accept-encoding': 'identity', 'user-agent': 'assay', ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw new AssayError('job.cancelled', 'The download was cancelled.', { cause });
    const why = late.signal.aborted ? `did not answer within ${ANSWER_WITHIN_MS / 1000} seconds` : `cannot be reached (${reason(cause)})`;
    throw unreachable(`${url.host} ${why}.`, cause);
  } finally {
    clearTimeout(timer);
  }
}

function nextTarget(from: URL, location: string): URL {
  const target = new URL(location, from);
  const downgraded = from.protocol === 'https:' && target.protocol !== 'https:';
  if (downgraded || !/^https?:$/.test(target.protocol)) throw unreachable(`${from.host} redirects to an address that is not safe to follow (${target.protocol}//${target.host}).`);
  return target;
}

async function checked(response: Response, url: URL, settings: HubSettings): Promise<Response> {
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  const code = response.headers.get('x-error-code');
  const { pathname } = url;
  const withoutToken = settings.token === undefined ? ' No token is set.' : '';
  if (response.status === 404 || code === 'RepoNotFound') {
    throw new AssayError('hub.not_found', `${url.host} has nothing under ${pathname}${code === null ? '' : ` (${code})`}.`, {
      hint: `Check the name of the repository, the file and the revision; a private repository needs ASSAY_HUB_TOKEN.${withoutToken}`,
    });
  }
  if (response.status === 401 || response.status === 403) {
    throw new AssayError('hub.gated', `${url.host} does not give ${pathname} to everyone (status ${response.status}).`, {
      hint: `Accept the terms of the repository on the hub, set ASSAY_HUB_TOKEN to a token that may read it, then try again.${withoutToken}`,
    });
  }
  throw unreachable(`${url.host} answers with status ${response.status}.`);
}

/** The innermost reason of a failed fetch: "ECONNREFUSED", "ENOTFOUND". */
export function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown.cause instanceof Error) return reason(thrown.cause);
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.message;
}

export function unreachable(message: string, cause?: unknown): AssayError {
  return new AssayError('hub.unreachable', `The hub did not deliver: ${message}`, {
    hint: 'Check the network, or set ASSAY_HUB_URL to a mirror; what has arrived is kept, and trying again goes on from there.',
    cause,
  });
}
