const loopbackNames = ['localhost', '127.0.0.1', '[::1]'] as const;

/**
 * Decides which Host headers are answered. Bound to loopback, only loopback names and the base URL's: a page of
 * another site that has its own name point at 127.0.0.1 (DNS rebinding) sends that name, and gets nothing. Bound to
 * other addresses, people reach Assay under names that it cannot know, and accounts protect it.
 */
export function hostCheck({ host, baseUrl }: { host: string; baseUrl: string }): (header: string | undefined) => boolean {
  const bound = host.includes(':') ? `[${host}]` : host.toLowerCase();
  if (!isLoopback(bound)) return (header) => nameOf(header) !== undefined;
  const allowed = new Set<string | undefined>([...loopbackNames, bound, new URL(baseUrl).hostname]);
  return (header) => header !== undefined && allowed.has(nameOf(header));
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function nameOf(header: string | undefined): string | undefined {
  const url = `http://${header ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
