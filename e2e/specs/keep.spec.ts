import type { Locator, Page } from '@playwright/test';
import { store } from '@/lib/store/client';
import { mapProject } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { expectFitsPhone } from '../pages/narrow';
import { openSettled, settled } from '../pages/places';

/** Every drawing of the cut is a slider of the same name; the first one on the page. */
const cutSlider = (page: Page): Locator => page.getByRole('slider', { name: 'Cut: samples kept' }).first();

/** How many samples of a project stand accepted. */
const acceptedIn = (projectId: string) => store().sampleState.count({ where: { projectId, verdict: 'accepted' } });

test('the cut moves by keys and by pointer in every drawing at once, and accepting what lies above it is one step', async ({ open, people, ownProject }) => {
  const page = await open(people.inspector);
  await openSettled(page, `/projects/${ownProject.id}/scores`);
  await page.getByRole('button', { name: 'Set a cut' }).click();
  const ranking = page.getByRole('grid', { name: 'Ranking, 9 samples' });
  const line = ranking.locator('[data-cut-line]');

  await test.step('by keys', async () => {
    await cutSlider(page).press('Home');
    await expect(cutSlider(page)).toHaveAttribute('aria-valuenow', '0');
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowLeft']) await cutSlider(page).press(key);
    await expect(line).toHaveAttribute('data-cut-line', '2');
    await cutSlider(page).press('PageUp');
    await expect(cutSlider(page)).toHaveAttribute('aria-valuetext', 'keep 9 of 9 samples');
    await page.getByRole('textbox', { name: 'Samples to keep' }).fill('4');
    for (const slider of await page.getByRole('slider', { name: 'Cut: samples kept' }).all()) await expect(slider).toHaveAttribute('aria-valuenow', '4');
    await expect(line).toHaveAttribute('data-cut-line', '4');
    await expect(page).toHaveURL(/[?&]keep=4(&|$)/);
  });

  await test.step('by pointer, in the gallery', async () => {
    const before = await ranking.getByRole('gridcell').nth(5).boundingBox();
    const flag = (await line.getByText('keep 4').boundingBox())!;
    const target = (await ranking.getByRole('gridcell', { name: /, rank 7, / }).boundingBox())!;
    await page.mouse.move(flag.x + flag.width / 2, flag.y + flag.height / 2);
    await page.mouse.down();
    await page.mouse.move(target.x + 4, target.y + target.height / 2, { steps: 4 });
    await expect(line).toHaveAttribute('data-cut-line', '6');
    await expect(cutSlider(page)).toHaveAttribute('aria-valuenow', '6');
    await page.mouse.up();
    await expect(page).toHaveURL(/[?&]keep=6(&|$)/);
    expect(await ranking.getByRole('gridcell').nth(5).boundingBox()).toEqual(before);
  });
  await expectAccessible(page);

  await test.step('accept what lies above, and take it back', async () => {
    await page.getByRole('group', { name: /above the cut/ }).getByRole('button', { name: /^Accept 6/ }).click();
    await expect(ranking.getByRole('gridcell', { name: /, Accepted$/ })).toHaveCount(6);
    await expect.poll(() => acceptedIn(ownProject.id)).toBe(6);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(ranking.getByRole('gridcell', { name: /, Accepted$/ })).toHaveCount(0);
    await expect.poll(() => acceptedIn(ownProject.id)).toBe(0);
  });
});

test('learning curves advise a cut, and a diverse top is shown on the map before it is accepted', async ({ open, people, ownProject }) => {
  await mapProject(people.lead, ownProject);
  const page = await open(people.lead);
  await openSettled(page, `/projects/${ownProject.id}/scores/keep`);
  await expectAccessible(page);

  await test.step('compute the curves', async () => {
    await page.getByRole('button', { name: 'Compute learning curves' }).click();
    await expect(page.getByRole('figure', { name: 'Balanced test accuracy by samples kept' })).toBeVisible({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Set a cut' }).click();
    await cutSlider(page).press('End');
    await expect(page.getByText('Expected test accuracy with the best 9 of')).toBeVisible();
    await expect(page.getByText('Near copies of a better one')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('pick, look, accept, undo', async () => {
    await page.getByRole('textbox', { name: 'Samples to pick' }).fill('3');
    await page.getByRole('button', { name: 'Pick 3' }).click();
    const preview = page.getByRole('region', { name: 'Preview of the choice' });
    await expect(preview.getByRole('heading', { name: /^3 picked of 9/ })).toBeVisible({ timeout: 120_000 });
    await expect(preview.getByRole('list', { name: 'Points of the map' })).toBeVisible();
    await expect(preview.getByRole('img')).toHaveCount(3);
    await settled(page);
    await expectAccessible(page);
    await preview.getByRole('button', { name: /^Accept 3/ }).click();
    await expect.poll(() => acceptedIn(ownProject.id)).toBe(3);
    await page.getByRole('heading', { name: 'Keep', exact: true }).click();
    await page.keyboard.press('u');
    await expect.poll(() => acceptedIn(ownProject.id)).toBe(0);
    await preview.getByRole('button', { name: 'Discard' }).click();
    await expect(preview).toHaveCount(0);
  });

  await page.getByRole('navigation', { name: 'Parts of Scores' }).getByRole('link', { name: 'Ranking' }).click();
  await expect(page.getByRole('figure', { name: 'Learning curve' }).getByRole('slider')).toHaveAttribute('aria-valuenow', '9');
});

test('the foot of the ranking leaves room for three rows, stays where it is when samples are selected, and exports what lies above the cut', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await openSettled(page, `/projects/${sharedProject.id}/scores`);
  const ranking = page.getByRole('grid', { name: 'Ranking, 9 samples' });
  const last = (await ranking.getByRole('gridcell').nth(8).boundingBox())!;
  const hint = page.getByText(/^Select several/);
  expect((await hint.boundingBox())!.y, 'the third row lies whole above the foot').toBeGreaterThanOrEqual(last.y + last.height);
  expect(last.x, 'three tiles stand side by side').toBeGreaterThan((await ranking.getByRole('gridcell').nth(7).boundingBox())!.x);

  const cut = page.getByRole('button', { name: 'Set a cut' });
  const before = await cut.boundingBox();
  await page.keyboard.press('x');
  await expect(page.getByRole('button', { name: 'Clear the selection' })).toBeVisible();
  expect(await cut.boundingBox()).toEqual(before);
  await page.keyboard.press('Escape');
  await cut.click();
  await cutSlider(page).press('Home');
  await cutSlider(page).press('ArrowRight');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^Export \d+ accepted$/ })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Export 1 above the cut' }).click();
  await expect(page.getByRole('dialog', { name: 'Export 1 above the cut' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await expectFitsPhone(page);
});
