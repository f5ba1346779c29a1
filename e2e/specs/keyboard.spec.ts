import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { acceptButton, decisionsKept, painted, pressWhenPainted } from '../pages/review';

const ranking = (page: Page) => page.getByRole('grid', { name: 'Ranking, 9 samples' });

test('decision keys are ignored while something is typed', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  await page.goto(`/projects/${ownProject.id}/scores`);
  await painted(page);

  await page.keyboard.press('/');
  const least = page.getByRole('dialog').getByRole('spinbutton').or(page.getByRole('dialog').getByRole('textbox')).first();
  await least.focus();
  await page.keyboard.type('a0s');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('asra');
  await expect(page.getByPlaceholder('Go to, start, switch')).toHaveValue('asra');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.goto(`/projects/${ownProject.id}/scores`);
  await pressWhenPainted(page, 's');
  await expect(ranking(page).getByRole('gridcell', { name: /, Skipped$/ })).toHaveCount(1);
  await decisionsKept(ownProject.id, ['skipped']);
});

test('decision keys are ignored while a dialog is open', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  await page.goto(`/projects/${ownProject.id}/scores`);
  await painted(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New score run' });
  await expect(dialog).toBeFocused();
  for (const key of ['a', 's', 'r', '1', 'j']) await page.keyboard.press(key);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(ranking(page).getByRole('gridcell', { name: /, rank 1, / })).toHaveAttribute('aria-selected', 'true');

  await pressWhenPainted(page, 'a');
  await decisionsKept(ownProject.id, ['accepted']);
});

test('nothing can be decided before the image is on the screen', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/image\?variant=view/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/projects/${ownProject.id}/review`);
  await expect(acceptButton(page)).toBeDisabled();
  await page.keyboard.press('a');
  await expect(page.getByText('Wait until the image is shown.')).toBeAttached();
  await acceptButton(page).click({ force: true });
  await expect(page.getByText('0 of 9', { exact: true })).toBeVisible();

  release();
  await pressWhenPainted(page, 's');
  await expect(page.getByText('1 of 9', { exact: true })).toBeVisible();
  await decisionsKept(ownProject.id, ['skipped']);
});

test('a key that is held decides one sample, not a row of them', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  await page.goto(`/projects/${ownProject.id}/review`);
  await painted(page);
  await page.keyboard.down('a');
  await expect(page.getByText('accepted 1')).toBeVisible();
  await painted(page);
  await page.keyboard.down('a');
  await page.keyboard.down('a');
  await page.keyboard.up('a');
  await pressWhenPainted(page, 's');
  await decisionsKept(ownProject.id, ['accepted', 'skipped']);
});

test('focus moves through the review in the order of the screen and is seen everywhere', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await page.goto(`/projects/${sharedProject.id}/review`);
  await painted(page);
  type Stop = { name: string; x: number; y: number; visible: boolean; group: string | null };
  const stops: Stop[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate((): Stop | null => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const style = getComputedStyle(element);
      const { x, y } = element.getBoundingClientRect();
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      const group = element.closest('[role=group]')?.getAttribute('aria-label') ?? null;
      return { name, x, y, visible: (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none', group };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  expect(stops.filter(({ visible }) => !visible).map(({ name }) => name), 'stops whose focus cannot be seen').toEqual([]);
  expect(stops[0]?.name, 'the first stop leads past the frame').toBe('Skip to the page');
  const verbs = stops.filter(({ group }) => group === 'Decision');
  expect(verbs.map(({ name }) => name.replace(/ ?[A-Z]$/, ''))).toEqual(['Accept', 'Reject', 'Skip', 'Undo']);
  expect(verbs.map(({ x }) => x), 'from left to right').toEqual(verbs.map(({ x }) => x).sort((a, b) => a - b));
});
