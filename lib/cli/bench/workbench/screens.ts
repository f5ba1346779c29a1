import http from 'node:http';
import type { BrowserContext, Page } from '@playwright/test';
import { cells, median, printHead } from '../table';

const visits = 5;
const settledMs = 2000;

/** Addresses of a project's pages whose loading is measured. */
const pages = ['samples', 'scores', 'scores?layout=table', 'review', 'map'];

/** Scripts that the page's HTML asks for, in kB as they travel, and the largest contentful paint of first and later visits. */
export async function measurePages(context: BrowserContext, projectAddress: string): Promise<void> {
  printHead(['page', 'scripts of its HTML, kB', 'all scripts until settled, kB', 'LCP of the first visit, ms', `LCP warm, median of ${visits}, ms`, 'LCP warm, worst, ms']);
  for (const path of pages) {
    const address = `${projectAddress}/${path}`;
    const initial = await initialScripts(context, address);
    const first = await visit(context, address);
    const warm: number[] = [];
    for (let i = 0; i < visits; i += 1) warm.push((await visit(context, address)).paintMs);
    console.log(cells([path, initial.toFixed(0), first.scriptKb.toFixed(0), first.paintMs.toFixed(0), median(warm).toFixed(0), Math.max(...warm).toFixed(0)]));
  }
}

/** kB, as they travel, of the scripts in the HTML; those for browsers without modules do not count. */
async function initialScripts(context: BrowserContext, address: string): Promise<number> {
  const html = await (await context.request.get(address)).text();
  const sources = new Set([...html.matchAll(/<script[^>]*?src="([^"]+\.js)[^>]*>/g)].flatMap(([tag, source]) => (/nomodule/i.test(tag) ? [] : [source!])));
  let bytes = 0;
  for (const source of sources) bytes += await bytesOnTheWire(new URL(source, address));
  return bytes / 1000;
}

/** Length of an answer as it is compressed for browsers. */
function bytesOnTheWire(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (response) => {
        let bytes = 0;
        response.on('data', (part: Buffer) => (bytes += part.length));
        response.once('end', () => resolve(bytes));
      })
      .once('error', reject);
  });
}

/** One visit in a tab of its own; the browser keeps its cache from one to the next. */
async function visit(context: BrowserContext, address: string): Promise<{ paintMs: number; scriptKb: number }> {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await settled(page);
  const seen = await page.evaluate(() => {
    const scripts = performance.getEntriesByType('resource').filter((entry) => (entry as PerformanceResourceTiming).name.includes('.js')) as PerformanceResourceTiming[];
    return { scriptKb: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000 };
  });
  const paintMs = await page.evaluate(
    () => new Promise<number>((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({ type: 'largest-contentful-paint', buffered: true })),
  );
  await page.close();
  return { paintMs, ...seen };
}

/** Waits until the last paint is some time ago: a larger one may still come while pictures load. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, quietMs);
        new PerformanceObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, quietMs);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
    settledMs,
  );
}
