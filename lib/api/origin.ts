import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';

/** Origins under which this request's server is reached: the configured address and the host that the browser named. */
export function ownOrigins(headers: Headers): string[] {
  const hosts = [headers.get('x-forwarded-host'), headers.get('host')].filter((host) => host !== null);
  return [new URL(env().baseUrl).origin, ...hosts.flatMap((host) => [`http://${host}`, `https://${host}`])];
}

/**
 * Refuses a change that another site's page sends with our cookie. Browsers name the origin of every such request;
 * a caller that names none is no browser and has no cookie that it was not given.
 * @throws AssayError `request.forbidden`
 */
export function checkOrigin(headers: Headers): void {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null ? site === null || site === 'same-origin' || site === 'none' : ownOrigins(headers).includes(origin)) return;
  throw new AssayError('request.forbidden', 'This request comes from another site and was refused.', {
    hint: 'Open Assay under the address that it printed at its start, or set ASSAY_BASE_URL to the address you use.',
  });
}
