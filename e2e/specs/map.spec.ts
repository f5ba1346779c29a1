import { expect, test } from '../fixtures/test';
import { expectDrawn, mapPlot } from '../pages/map';

test('the map shows every sample, coloured by role or by zone', async ({ open, people, sharedProject }) => {
  const page = await open(people.viewer);
  await page.goto(`/projects/${sharedProject.id}/map`);
  const plot = mapPlot(page);
  await expect(plot.locator('canvas').first()).toBeVisible();
  await expect(page.getByText('This browser offers no WebGL')).toHaveCount(0);
  await expectDrawn(plot, 3);

  const legend = page.getByRole('list', { name: 'Legend and filter' });
  await expect(legend.getByRole('button')).toContainText([/normal.*12/i, /anomal.*3/i, /auxiliary.*9/i]);
  await page.getByLabel('Colour by').selectOption('zone');
  await expect(legend.getByRole('button', { name: /realistic|indistinguishable/i }).first()).toBeVisible();
  const counts = (await legend.getByRole('button').allInnerTexts()).map((text) => Number(/(\d+)\s*$/.exec(text)?.[1] ?? 0));
  expect(counts.reduce((sum, count) => sum + count, 0), 'samples in the legend').toBe(24);
  await expect(page).toHaveURL(/colour=zone/);
  await expectDrawn(plot, 2);

  const first = legend.getByRole('button').first();
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'false');
});
