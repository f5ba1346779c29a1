import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressedAssets } from './compressed-assets';
import { compressAssets } from './setup/compress-assets.mjs';

const script = 'export const answer = 42;\n'.repeat(100);
let folder: string;
let server: http.Server;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-assets-'));
  mkdirSync(path.join(folder, 'static', 'chunks'), { recursive: true });
  writeFileSync(path.join(folder, 'static', 'chunks', 'page [id].js'), script);
  writeFileSync(path.join(folder, 'static', 'secret.txt'), 'not a script');
  compressAssets(folder);
  const answered = compressedAssets(folder);
  server = http.createServer((request, response) => void (answered(request, response) || response.writeHead(418).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function ask(url: string, encodings: string, method = 'GET'): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const request = http.request({ host: '127.0.0.1', port, path: url, method, headers: { 'accept-encoding': encodings } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.once('error', reject);
    request.end();
  });
}

const address = '/_next/static/chunks/page%20%5Bid%5D.js';

it('serves a script as the build compressed it, to those who take Brotli', async () => {
  const { status, headers, body } = await ask(`${address}?v=1`, 'gzip, deflate, br, zstd');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding', 'content-length': String(body.length), 'content-type': 'application/javascript; charset=UTF-8' });
  expect(brotliDecompressSync(body).toString()).toBe(script);
  expect((await ask(address, 'br', 'HEAD')).body).toHaveLength(0);
});

it('leaves everything else to Next', async () => {
  for (const [url, encodings, method] of [[address, 'gzip', 'GET'], [address, 'br', 'POST'], ['/_next/static/secret.txt', 'br', 'GET'], ['/_next/static/../static/chunks/page%20%5Bid%5D.js', 'br', 'GET'], ['/', 'br', 'GET'], [address, 'brotli', 'GET']] as const) {
    expect((await ask(url, encodings, method)).status, `${method} ${url}`).toBe(418);
  }
});
