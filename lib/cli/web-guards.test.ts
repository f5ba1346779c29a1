import { describe, expect, it } from 'vitest';
import { hostCheck } from './allowed-hosts';
import { securityHeaders } from './security-headers';

describe('hostCheck', () => {
  const loopback = hostCheck({ host: '127.0.0.1', baseUrl: 'https://assay.example:8443' });

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST', 'assay.example', 'assay.example:8443'])('answers %s on loopback', (host) => {
    expect(loopback(host)).toBe(true);
  });

  it.each([undefined, '', 'evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'a b', 'localhost@evil.example'])(
    'refuses %s on loopback',
    (host) => {
      expect(loopback(host)).toBe(false);
    },
  );

  it('cannot know its names on other addresses, but wants one', () => {
    const open = hostCheck({ host: '0.0.0.0', baseUrl: 'http://localhost:3000' });
    expect(open('inspection-pc:3000')).toBe(true);
    expect(open(undefined)).toBe(false);
  });
});

describe('securityHeaders', () => {
  const production = securityHeaders({ nonce: 'abc', tls: false, development: false });

  it('lets only scripts with the nonce run, and no eval', () => {
    const policy = production['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval';");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/https?:|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('isolates the page, and promises https only under TLS', () => {
    expect(production).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' });
    expect(production).not.toHaveProperty('strict-transport-security');
    expect(securityHeaders({ nonce: 'abc', tls: true, development: false })).toHaveProperty('strict-transport-security');
  });
});
