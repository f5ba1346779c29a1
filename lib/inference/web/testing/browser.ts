import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { securityHeaders } from '@/lib/cli/security-headers';
import { childEnvironment } from '@/lib/env';

const root = path.resolve(import.meta.dirname, '../../../..');
const executablePath = [childEnvironment({}).CHROME_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => file !== undefined && file !== '' && existsSync(file));

/** Software WebGPU: the adapter is SwiftShader, which any machine can run. */
const gpuArguments = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Counts what reaches the (imitated) graphics card, in the worker that computes, and tells the page. */
const dispatchCounter = `
if (typeof GPUComputePassEncoder !== 'undefined') {
  const channel = new BroadcastChannel('dispatches');
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...counts) { channel.postMessage(1); return dispatch.apply(this, counts); };
}
`;

/** Whether a Chromium is there to test in. */
export const hasBrowser = executablePath !== undefined;

export type BrowserPage = {
  readonly page: Page;
  /** Every address that the browser asked for. */
  readonly requests: readonly string[];
  /** Errors and warnings in its console. */
  readonly trouble: readonly string[];
  /** Compute passes on the graphics card since the page was opened. */
  dispatches(): Promise<number>;
  close(): Promise<void>;
};

export type Served = { readonly [path: string]: Uint8Array };

/** Scripts of a page, from the root of the repository: its own, which sets `globalThis.assay`, and those of its workers. */
export type PageScripts = { readonly page: string; readonly workers: readonly string[] };

const ownScripts: PageScripts = {
  page: 'lib/inference/web/testing/page.ts',
  workers: ['lib/inference/web/inference-worker.ts', 'lib/inference/web/decode-worker.ts'],
};

/**
 * Opens a blank page in Chromium under the product's own security headers, with a room's code (this one's unless told
 * otherwise) bundled as `globalThis.assay` and ONNX Runtime under /ort/ as the web process serves it.
 * @param served further files by path
 */
export async function openBrowser(served: Served = {}, options: { isolated?: boolean; scripts?: PageScripts } = {}): Promise<BrowserPage> {
  const scripts = await bundled(options.scripts ?? ownScripts);
  const server = createServer((request, response) => {
    const headers = securityHeaders({ nonce: 'test', tls: false, development: false });
    const kept = Object.entries(headers).filter(([name]) => options.isolated !== false || !name.startsWith('cross-origin-'));
    for (const [name, value] of kept) response.setHeader(name, value);
    void answer(new URL(request.url ?? '/', 'http://localhost').pathname, response, { ...scripts, ...served });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ args: gpuArguments, ...(executablePath === undefined ? {} : { executablePath }) });
  return pageOf(browser, server);
}

async function pageOf(browser: Browser, server: Server): Promise<BrowserPage> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const trouble: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'assay' in globalThis);
  return {
    page,
    requests,
    trouble,
    dispatches: () => page.evaluate(() => (globalThis as unknown as { dispatches: number }).dispatches),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The page's script and those of its workers, under the addresses that `new URL('./x-worker.ts', import.meta.url)` gives. */
async function bundled({ page, workers }: PageScripts): Promise<Served> {
  const places = [['/page.js', page] as const, ...workers.map((file) => [`/${path.basename(file)}`, file] as const)];
  const entries = await Promise.all(places.map(async ([place, file]) => {
    const { outputFiles } = await build({ absWorkingDir: root, entryPoints: [path.join(root, file)], bundle: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, logLevel: 'warning' });
    return [place, outputFiles[0]!.contents] as const;
  }));
  return Object.fromEntries(entries);
}

const html = `<!doctype html><title>Test</title>
<script nonce="test">globalThis.dispatches = 0; new BroadcastChannel('dispatches').addEventListener('message', () => { globalThis.dispatches += 1; });</script>
<script nonce="test" type="module" src="/page.js"></script>`;

async function answer(place: string, response: ServerResponse, served: Served): Promise<void> {
  const held = place === '/' ? Buffer.from(html) : (served[place] ?? (await runtimeFile(place)));
  if (held === undefined) {
    response.writeHead(place === '/favicon.ico' ? 204 : 404).end();
    return;
  }
  const types: Record<string, string> = { '.js': 'text/javascript', '.ts': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '': 'text/html' };
  response.setHeader('content-type', types[path.extname(place)] ?? 'application/octet-stream');
  response.end(held);
}

async function runtimeFile(place: string): Promise<Uint8Array | undefined> {
  if (!/^\/ort\/[\w.-]+$/.test(place)) return undefined;
  const bytes = await readFile(path.join(root, 'node_modules/onnxruntime-web/dist', path.basename(place))).catch(() => undefined);
  return place.endsWith('asyncify.mjs') && bytes !== undefined ? Buffer.concat([Buffer.from(dispatchCounter), bytes]) : bytes;
}
