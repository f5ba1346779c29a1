import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import https from 'node:https';
import next from 'next';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { hostCheck } from './allowed-hosts';
import { compressedAssets } from './compressed-assets';
import { report } from './report';
import { securityHeaders } from './security-headers';
import { stopSignal } from './stop-signal';

/** A slow line may need this long to bring one large file. */
const requestTimeoutMs = 60 * 60_000;
/** Node's five seconds close connections under programs that poll every few seconds, and under proxies that keep them longer. */
const keepAliveTimeoutMs = 65_000;
const closeGraceMs = 5_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The web process: Next behind our own server. The server, not a Next proxy file, sets the security headers,
 * because such a file makes Next buffer request bodies, and uploads must stream.
 */
async function serve(): Promise<void> {
  const signal = stopSignal();
  const { host, port, mode } = env();
  const server = createServer((request, response) => void listener(request, response));
  const app = next({ dev: mode === 'development', dir: process.cwd(), hostname: host, port, httpServer: server });
  await app.prepare();
  const listener = guarded(withAssets(app.getRequestHandler()));
  await listen(server, host, port);
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
  await close(server);
  await app.close();
}

/** Next compresses scripts anew for every answer; a build brings them compressed better. */
function withAssets(handle: Handler): Handler {
  const folder = process.env['ASSAY_DIST_DIR'];
  if (env().mode === 'development' || folder === undefined) return handle;
  const answered = compressedAssets(folder);
  return async (request, response) => {
    if (!answered(request, response)) await handle(request, response);
  };
}

/**
 * Puts the security headers on every response. Next finds the nonce for its scripts in the request's own
 * Content-Security-Policy header, which is therefore ours and never the client's.
 */
function guarded(handle: Handler): Handler {
  const isAllowed = hostCheck(env());
  const context = { tls: env().tls !== undefined, development: env().mode === 'development' };
  return async (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const headers = securityHeaders({ ...context, nonce });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isAllowed(request.headers.host)) return refuseHost(response);
    delete request.headers['content-security-policy-report-only'];
    request.headers['content-security-policy'] = headers['content-security-policy'];
    request.headers['x-nonce'] = nonce;
    await handle(request, response);
  };
}

function refuseHost(response: ServerResponse): void {
  response.writeHead(421, { 'content-type': 'application/problem+json' });
  response.end(
    JSON.stringify({
      type: 'about:blank',
      title: 'Misdirected request',
      status: 421,
      code: 'request.invalid',
      detail: 'Assay is not known under this name. Use the address it printed, or set ASSAY_BASE_URL.',
    }),
  );
}

function createServer(listener: RequestListener): http.Server {
  const { tls } = env();
  const options = { requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs };
  if (tls === undefined) return http.createServer(options, listener);
  try {
    return https.createServer({ ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, listener);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('parameter.invalid', `The TLS certificate and its key cannot be used: ${reason}.`, { cause });
  }
}

function listen(server: http.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

/** Lets running answers finish, then cuts what is left. */
async function close(server: http.Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}

serve().then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(error)),
);
