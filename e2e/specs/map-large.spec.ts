import type { Page, Route } from '@playwright/test';
import { encodeColumns, packUuids, type Columns } from '@/lib/api/contracts/columns';
import { expect, test } from '../fixtures/test';
import { expectDrawn, mapPlot } from '../pages/map';

const rows = 100_000;

/** A made-up id that counts up; none of them is a sample of the project. */
function idOf(row: number): string {
  return `019ab0c1-2d3e-7f40-8123-${row.toString(16).padStart(12, '0')}`;
}

/** 100,000 samples in the unit square by a low-discrepancy sequence, so that every part of it holds its share of them. */
function manyPoints(): { map: Columns; scores: Columns } {
  const ids = Array.from({ length: rows }, (_, row) => idOf(row));
  const id = { type: 'uuid' as const, data: packUuids(ids) };
  const role = { type: 'u8' as const, values: ['normal', 'anomaly', 'auxiliary'], data: Uint8Array.from({ length: rows }, (_, row) => (row % 10 === 0 ? 0 : row % 10 === 1 ? 1 : 2)) };
  const x = Float32Array.from({ length: rows }, (_, row) => (row * 0.7548776662) % 1);
  const y = Float32Array.from({ length: rows }, (_, row) => (row * 0.5698402909) % 1);
  const zone = { type: 'u8' as const, values: ['', 'realistic', 'unrealistic', 'indistinguishable'], data: Uint8Array.from(role.data, (code, row) => (code === 2 ? 1 + (row % 3) : 0)) };
  const numbers = (factor: number) => ({ type: 'f64' as const, data: Float64Array.from(role.data, (code, row) => (code === 2 ? (row * factor) % 1 : Number.NaN)) });
  return {
    map: { rows, columns: { id, x: { type: 'f32', data: x }, y: { type: 'f32', data: y }, role } },
    scores: { rows, columns: { id, role, quality: numbers(0.618), probability: numbers(0.414), density: numbers(0.732), rarity: numbers(0.236), zone } },
  };
}

const answer = (columns: Columns) => (route: Route) => route.fulfill({ body: Buffer.from(encodeColumns(columns)), contentType: 'application/octet-stream' });

/** A grey dot, for samples that the server does not have. */
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

/** Counts what is drawn with WebGL from now on. */
async function countDraws(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = window as unknown as { draws: number };
    counted.draws = 0;
    for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
      for (const name of ['drawArrays', 'drawElements'] as const) {
        const draw = prototype[name] as (...given: unknown[]) => void;
        Object.defineProperty(prototype, name, {
          value(this: WebGLRenderingContext, ...given: unknown[]) {
            counted.draws++;
            return draw.apply(this, given);
          },
        });
      }
    }
  });
}

const draws = (page: Page) => page.evaluate(() => (window as unknown as { draws: number }).draws);

test('100,000 points are lassoed without drawing them again', async ({ open, people, sharedProject }) => {
  test.setTimeout(120_000);
  const page = await open(people.inspector);
  const { map, scores } = manyPoints();
  await countDraws(page);
  await page.route('**/api/v1/projects/*/projections/*/columns', answer(map));
  await page.route('**/api/v1/projects/*/runs/*/columns', answer(scores));
  await page.route('**/api/v1/projects/*/samples/*/image*', (route) => route.fulfill({ body: dot, contentType: 'image/png' }));
  await page.goto(`/projects/${sharedProject.id}/map`);
  const plot = mapPlot(page);
  await expect(page.getByRole('list', { name: 'Legend and filter' }).getByRole('button')).toContainText([/normal.*10,000/i, /anomaly.*10,000/i, /auxiliary.*80,000/i]);
  await expectDrawn(plot, 1);

  await page.getByRole('radio', { name: 'Lasso' }).click();
  const area = (await plot.boundingBox())!;
  const at = (right: number, down: number) => [area.x + area.width * right, area.y + area.height * down] as const;
  const before = await draws(page);
  expect(before, 'WebGL drawings so far').toBeGreaterThan(0);
  await page.mouse.move(...at(0.4, 0.3));
  await page.mouse.down();
  for (const [right, down] of [[0.5, 0.25], [0.6, 0.35], [0.62, 0.6], [0.5, 0.7], [0.38, 0.6]] as const) await page.mouse.move(...at(right, down), { steps: 12 });
  expect(await draws(page), 'WebGL drawings while the lasso was drawn').toBe(before);
  await page.mouse.up();

  const drawer = page.getByRole('complementary', { name: 'Selection' });
  await expect(drawer.getByText(/^[\d,]+ samples selected$/)).toBeVisible();
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName('map-selection').length)).toBe(1);
  const [measure] = await page.evaluate(() => performance.getEntriesByName('map-selection').map((entry) => ({ ms: entry.duration, ...((entry as PerformanceMeasure).detail as { selected: number; points: number }) })));
  test.info().annotations.push({ type: 'map-selection', description: `${measure!.ms.toFixed(0)} ms from release to the count of ${measure!.selected} of ${measure!.points}` });
  expect(measure!.points).toBe(rows);
  expect(measure!.selected, 'the lasso holds a good part of the points').toBeGreaterThan(1_000);
  await expect(drawer.getByText(`${measure!.selected.toLocaleString('en-US')} samples selected`)).toBeVisible();
  await expect(drawer.getByRole('grid')).toHaveAccessibleName(`Ranking, ${measure!.selected} samples`);
});
