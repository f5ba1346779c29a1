import type { BrowserContext } from '@playwright/test';
import { median } from '../table';

const times = 5;
/** Corners of the lasso in shares of the plot. */
const corners = [[0.55, 0.2], [0.75, 0.4], [0.7, 0.75], [0.45, 0.8], [0.28, 0.55]] as const;

type Measured = { ms: number; selected: number; points: number };

/** Draws a lasso over the map again and again and says how long the count took after its release. */
export async function measureLasso(context: BrowserContext, projectAddress: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${projectAddress}/map`);
  const plot = page.getByRole('group', { name: 'Map of the samples' });
  await plot.locator('canvas').first().waitFor();
  await page.getByRole('radio', { name: 'Lasso' }).click();
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the plot has no place on the page');
  const measured: Measured[] = [];
  for (let i = 0; i < times; i += 1) {
    await page.mouse.move(box.x + box.width * 0.35, box.y + box.height * 0.3);
    await page.mouse.down();
    for (const [x, y] of corners) await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 12 });
    await page.mouse.up();
    await page.waitForFunction((count) => performance.getEntriesByName('map-selection').length > count, i);
    measured.push(
      await page.evaluate(() => {
        const last = performance.getEntriesByName('map-selection').at(-1) as PerformanceMeasure;
        return { ms: last.duration, ...(last.detail as { selected: number; points: number }) };
      }),
    );
  }
  await page.close();
  const { selected, points } = measured.at(-1)!;
  const ms = measured.map((one) => one.ms);
  console.log(`\nLasso on the map, from release to the count: median ${median(ms).toFixed(0)} ms, worst ${Math.max(...ms).toFixed(0)} ms of ${times} (${selected} of ${points} points).`);
}
