import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { createSignInLink } from '@/lib/auth/sign-in-link';
import { createRandom } from '@/lib/anomaly/random/generator';
import { createProject } from '@/lib/services/projects';
import { startChromium, type MeasuredBrowser, type PageMemory } from './chromium';
import { startInstance } from './instance';
import { cells, printHead, printMachine } from './table';
import { upload, type Source } from './uploading';

const count = 2000;
const side = 512;
const lookMs = 100;
const stages = [0, 0.25, 0.5, 0.75, 1];

/** A smooth pattern with noise. */
function pattern(): Buffer {
  const { uniform } = createRandom(1);
  const pixels = Buffer.alloc(side * side * 3);
  for (let i = 0; i < pixels.length; i += 1) {
    const at = Math.floor(i / 3);
    pixels[i] = 128 + 40 * (Math.sin((at % side) / 15) + Math.cos(Math.floor(at / side) / 25)) + 20 * (uniform() - 0.5);
  }
  return pixels;
}

/** The pattern moved by another way for each number (JPEG, 512 x 512 px). */
function picture(pixels: Buffer, number: number): Promise<Buffer> {
  const by = (number * 997 * 3) % pixels.length;
  const moved = Buffer.concat([pixels.subarray(by), pixels.subarray(0, by)]);
  return sharp(moved, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 88 }).toBuffer();
}

function sources(): Source[] {
  const pixels = pattern();
  return Array.from({ length: count }, (_, i) => ({ path: `train/good/${String(i).padStart(5, '0')}.jpg`, read: () => picture(pixels, i) }));
}

type Measurable = Performance & { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };

async function memoryOf(page: Page, chromium: MeasuredBrowser): Promise<PageMemory> {
  const resident = chromium.resident();
  const bytes = await page.evaluate(async () => (await (performance as Measurable).measureUserAgentSpecificMemory()).bytes);
  return { script: bytes / 2 ** 20, resident };
}

/** Images that the panel says are done, and what it says of their speed. */
async function progress(page: Page): Promise<{ done: number; rate: string; ended: boolean }> {
  const text = await page.getByRole('region', { name: 'Extraction in this browser' }).innerText();
  if (text.includes('Stopped')) throw new Error(`the extraction stopped: ${text}`);
  return {
    done: Number(/([\d,]+) of [\d,]+ images/.exec(text)?.[1]?.replaceAll(',', '') ?? 0),
    rate: /([\d.,]+) images\/s/.exec(text)?.[1] ?? '',
    ended: text.includes('Extracted in this browser'),
  };
}

async function follow(page: Page, chromium: MeasuredBrowser): Promise<void> {
  let highest = 0;
  printHead(['images', 'script and WebAssembly, MiB', 'page process, resident MiB', 'its highest so far, MiB', 'images/s so far']);
  for (const stage of stages) {
    let now = await progress(page);
    while (now.done < stage * count || (stage === 1 && !now.ended)) {
      highest = Math.max(highest, chromium.resident());
      await page.waitForTimeout(lookMs);
      now = await progress(page);
    }
    const { script, resident } = await memoryOf(page, chromium);
    highest = Math.max(highest, resident);
    // The measurement waits for a garbage collection; the extraction may be over by then, and its workers gone.
    const over = stage < 1 && (await progress(page)).ended;
    console.log(cells([String(now.done), over ? '' : script.toFixed(0), resident.toFixed(0), highest.toFixed(0), now.rate]));
  }
}

/** 2,000 images through the page and the workers of a real browser, on WebAssembly with the embedded extractor: what it needs of memory. */
export async function benchBrowserMemory(): Promise<void> {
  printMachine();
  const instance = await startInstance();
  try {
    const { id: projectId } = await createProject(instance.context, { name: 'Memory of a browser', objectName: 'part' });
    await upload(instance, projectId, sources());
    const chromium = await startChromium();
    try {
      console.log(`Chromium ${chromium.browser.version()}, ${count} images of ${side} x ${side} px.\n`);
      const page = await chromium.browser.newPage();
      await page.goto(await createSignInLink({ baseUrl: instance.baseUrl, email: instance.context.actor.email }));
      await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
      await page.goto(`${instance.baseUrl}/projects/${projectId}/features?extract=1`);
      const dialog = page.getByRole('dialog', { name: 'Extract features' });
      await dialog.getByRole('radio', { name: 'This browser' }).click();
      await dialog.getByRole('radio', { name: 'WASM, threads' }).click();
      await dialog.getByRole('button', { name: /^Extract from/ }).click();
      await page.getByText('Extracting in this browser').waitFor({ timeout: 120_000 });
      await follow(page, chromium);
    } finally {
      await chromium.close();
    }
  } finally {
    await instance.stop();
  }
}
