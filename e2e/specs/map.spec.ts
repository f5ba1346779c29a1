import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
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

test('numbers colour the map in steps, shapes say the role or nothing, and the address keeps it', async ({ open, people, sharedProject }) => {
  const page = await open(people.viewer);
  await page.goto(`/projects/${sharedProject.id}/map`);
  const legend = page.getByRole('list', { name: 'Legend and filter' });
  await page.getByLabel('Colour by').selectOption('quality');
  await expect(legend.getByRole('button', { name: /^no quality\s*15$/ })).toBeVisible();
  await expect(legend.getByRole('button', { name: / to / }).first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Shapes' })).toContainText('Auxiliary');
  await page.getByLabel('Steps of the colour').selectOption('counts');
  await page.getByLabel('Shape by').selectOption('none');
  await expect(page.getByRole('list', { name: 'Shapes' })).toHaveCount(0);
  await expect(page).toHaveURL(/colour=quality.*steps=counts.*shape=none/);
  const entries = await legend.getByRole('button').allInnerTexts();
  await page.reload();
  await expect(legend.getByRole('button')).toHaveText(entries.map((text) => text.replaceAll('\n', '')));
  await page.getByLabel('Colour by').selectOption('reviewer');
  await expect(legend.getByRole('button', { name: /^undecided\s*24$/ })).toBeVisible();
});

test('a selection lists its samples, finds each on the map, and goes to Scores and back', async ({ open, people, sharedProject }) => {
  const page = await open(people.inspector);
  await page.goto(`/projects/${sharedProject.id}/map`);
  const plot = mapPlot(page);
  await expectDrawn(plot, 3);
  await page.getByRole('radio', { name: 'Box' }).click();
  const area = (await plot.boundingBox())!;
  await page.mouse.move(area.x + 4, area.y + 4);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width - 4, area.y + area.height - 4, { steps: 8 });
  await page.mouse.up();

  const drawer = page.getByRole('complementary', { name: 'Selection' });
  await expect(drawer.getByText('24 samples selected')).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Accept 9' })).toBeEnabled();
  await expect(drawer.getByRole('grid')).toHaveAccessibleName('Ranking, 24 samples');
  const tile = drawer.getByRole('gridcell').first();
  await tile.click();
  await expect(tile).toHaveAttribute('aria-selected', 'true');
  await expect(plot.locator('svg circle')).toHaveCount(4);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: null });

  await drawer.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByRole('complementary', { name: 'Sample' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the selection' }).click();
  await drawer.getByRole('radio', { name: 'Table' }).click();
  await expect(drawer.getByRole('grid')).toHaveAccessibleName('Quality table, 24 samples');
  await drawer.getByRole('radio', { name: 'Gallery' }).click();

  await drawer.getByRole('link', { name: 'Show these in Scores' }).click();
  await expect(page.getByText('Only the 24 samples picked on the map')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAccessibleName('Ranking, 24 samples');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page).not.toHaveURL(/set=/);
  await page.getByRole('link', { name: 'Show on map' }).click();
  await expect(drawer.getByText('24 samples selected')).toBeVisible();
  await page.reload();
  await expect(page.getByText('no longer known here')).toBeVisible();
});

test('what the map shows is saved as numbers and as a picture', async ({ open, people, sharedProject }) => {
  const page = await open(people.viewer);
  await page.goto(`/projects/${sharedProject.id}/map?colour=zone`);
  await expectDrawn(mapPlot(page), 2);
  const saved = async (what: string) => {
    await page.getByRole('button', { name: /^Export t-SNE/ }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: what }).click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const csv = await saved('CSV of its data');
  expect(csv.name).toMatch(/Zone\.csv$/);
  const lines = csv.text.trim().split('\r\n');
  expect(lines[0]).toBe('id,file,x,y,role,zone');
  expect(lines).toHaveLength(25);
  const svg = await saved('SVG');
  expect(svg.text).toContain('<svg');
  expect(svg.text).toContain('no zone');
});

test('on a phone the map and its colour are at hand, and all else stands behind one button', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/projects/${sharedProject.id}/map?colour=quality`);
  await expectDrawn(mapPlot(page), 1);
  const legend = page.getByRole('list', { name: 'Legend and filter' });
  const [colour, entries] = [(await page.getByLabel('Colour by').boundingBox())!, (await legend.boundingBox())!];
  expect(entries.height, 'one line of legend').toBeLessThan(40);
  expect(entries.y - colour.y, 'right below the line of the colour').toBeLessThan(56);
  await expect(page.getByRole('radiogroup', { name: 'Pointer' })).toHaveCount(0);

  const tools = page.getByRole('button', { name: 'Tools', exact: true });
  await tools.focus();
  await page.keyboard.press('Enter');
  await expect(tools).toHaveAttribute('aria-expanded', 'true');
  const group = page.getByRole('group', { name: 'Tools of the map' });
  await page.keyboard.press('Tab');
  await expect(group.getByLabel('Steps of the colour')).toBeFocused();
  await group.getByLabel('Shape by').selectOption('none');
  for (const name of ['New map', 'Select shown']) await expect(group.getByRole('button', { name })).toBeVisible();
  await expect(group.getByRole('button', { name: /^Export / })).toBeVisible();
  await group.getByRole('radio', { name: 'Lasso' }).click();
  await expectAccessible(page);
  await group.getByRole('button', { name: 'Select shown' }).click();
  await expect(page.getByRole('complementary', { name: 'Selection' }).getByText('24 samples selected')).toBeVisible();
  await tools.click();
  await expect(group).toHaveCount(0);
});
