/** What the headers depend on. */
export type HeaderContext = { nonce: string; tls: boolean; development: boolean };

/**
 * The headers of every response. Scripts run only with the nonce of their page (and what those load); nothing comes
 * from or goes to another host; no page of Assay can be framed; the page is cross-origin isolated, so that
 * WebAssembly may use threads.
 *
 * Styles may stand inline: plotly.js and React set them on elements. Development alone may use `eval` (fast refresh)
 * and a web socket.
 */
export function securityHeaders(context: HeaderContext): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(context),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    ...(context.tls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

function contentSecurityPolicy({ nonce, development }: HeaderContext): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", "'wasm-unsafe-eval'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(development ? ['ws:', 'wss:'] : [])],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
