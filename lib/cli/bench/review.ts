import type { Page } from '@playwright/test';
import { startReviewQueueSchema } from '@/lib/api/contracts/review-queues';
import { createSignInLink } from '@/lib/auth/sign-in-link';
import { generateDemoSet } from '@/lib/demo/demo-set';
import { encodeDemoImage } from '@/lib/demo/encode';
import { metalPlate } from '@/lib/demo/products/metal-plate';
import { createProject } from '@/lib/services/projects';
import { startReviewQueue } from '@/lib/services/review-queues';
import { startChromium } from './chromium';
import { startInstance, type Instance } from './instance';
import { cells, printHead, printMachine } from './table';
import { upload, type Source } from './uploading';

const counts = { trainNormals: 20, testNormals: 0, anomalies: 20, auxiliaryPerQuality: 40 };
const seed = 1;

/** How the queue is worked on: with what is shown beside the image, and with hidden controls. */
const modes = [
  { name: 'image and name', controlShare: 0 },
  { name: 'hidden controls, 20 %', controlShare: 0.2 },
] as const;

async function sources(): Promise<Source[]> {
  const files: Source[] = [];
  for (const sample of generateDemoSet(metalPlate, seed, counts)) {
    const bytes = await encodeDemoImage(sample, 'png');
    files.push({ path: sample.path, read: async () => bytes });
  }
  return files;
}

/** What a share of the values does not exceed (nearest rank). */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Waits for the next item's image and answers it by key: every fourth is rejected, which takes two keys. */
async function work(page: Page, items: number): Promise<{ seconds: number }> {
  const accept = '[role=group][aria-label=Decision] button[aria-disabled]';
  const ready = () => page.waitForFunction((disabled) => document.querySelector('[role=group][aria-label=Decision]') !== null && document.querySelectorAll(disabled).length <= 1, accept, { polling: 'raf' });
  await ready();
  const started = performance.now();
  for (let i = 0; i < items; i++) {
    await ready();
    if (i % 4 === 3) {
      await page.keyboard.press('r');
      await page.keyboard.press('3');
    } else {
      await page.keyboard.press('a');
    }
    // The next answer needs the next item: this one has left the screen when its decision was painted.
    await page.waitForFunction((count) => performance.getEntriesByName('decision-painted').length >= count, i + 1, { polling: 'raf' });
  }
  const seconds = (performance.now() - started) / 1000;
  await page.waitForFunction((count) => performance.getEntriesByName('decision-durable').length >= count, items);
  return { seconds };
}

async function line(page: Page, { baseUrl, context }: Instance, projectId: string, { name, controlShare }: (typeof modes)[number]): Promise<void> {
  const input = { projectId, name, source: { rule: { runId: null, filter: {} } }, runId: null, order: 'random', seed, controlShare } as const;
  const queue = await startReviewQueue(context, startReviewQueueSchema.parse(input));
  await page.goto(`${baseUrl}/projects/${projectId}/review?queue=${queue.id}`);
  const { seconds } = await work(page, queue.total);
  const durations = (measure: string) => page.evaluate((wanted) => performance.getEntriesByName(wanted).map(({ duration }) => duration), measure);
  const [painted, durable] = [await durations('decision-painted'), await durations('decision-durable')];
  const both = (values: readonly number[]) => [quantileOf(values, 0.5).toFixed(0), quantileOf(values, 0.95).toFixed(0)];
  console.log(cells([name, String(queue.total), ((60 * queue.total) / seconds).toFixed(0), ...both(painted), ...both(durable)]));
}

/** A review queue worked through by keyboard in a real browser: items a minute, and how long a decision takes to be painted and to be on record. */
export async function benchReview(): Promise<void> {
  printMachine();
  const instance = await startInstance();
  try {
    const { id: projectId } = await createProject(instance.context, { name: 'Speed of a review', objectName: 'metal plate' });
    await upload(instance, projectId, await sources());
    const chromium = await startChromium();
    try {
      console.log(`Chromium ${chromium.browser.version()}, keys pressed as soon as the image is painted.\n`);
      const page = await chromium.browser.newPage();
      await page.goto(await createSignInLink({ baseUrl: instance.baseUrl, email: instance.context.actor.email }));
      await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
      printHead(['queue', 'items', 'items a minute', 'painted, p50 ms', 'p95', 'on record, p50 ms', 'p95']);
      for (const mode of modes) await line(page, instance, projectId, mode);
    } finally {
      await chromium.close();
    }
  } finally {
    await instance.stop();
  }
}
