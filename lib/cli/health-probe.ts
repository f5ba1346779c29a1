import http from 'node:http';
import https from 'node:https';
import { env } from '@/lib/env';

/** Status of GET /api/health of the web process on this machine, or undefined while nothing answers. */
export function probeHealth(): Promise<number | undefined> {
  const { host, port, tls } = env();
  const options = { host: reachable(host), port, path: '/api/health', headers: { host: `localhost:${port}` }, timeout: 10_000 };
  return new Promise((resolve) => {
    const answered = (response: http.IncomingMessage) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    };
    // The certificate is made out to the public name, not to the address that we ask.
    const request = tls === undefined ? http.get(options, answered) : https.get({ ...options, rejectUnauthorized: false }, answered);
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
