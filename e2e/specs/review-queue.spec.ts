import type { Page } from '@playwright/test';
import { store } from '@/lib/store/client';
import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible } from '../pages/accessible';
import { openSettled } from '../pages/places';
import { acceptButton, decisionsKept, painted, pressWhenPainted, rejectByKeys } from '../pages/review';

/** Starts a queue by the dialog of the review page; gives its address. */
async function startQueue(page: Page, projectId: string, name: string, { controls = false } = {}): Promise<string> {
  await page.goto(`/projects/${projectId}/review`);
  await page.getByRole('button', { name: 'Start a queue' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a queue' });
  await dialog.getByLabel('Name').fill(name);
  if (controls) {
    await dialog.getByRole('checkbox', { name: 'Hide controls among the items' }).click();
    await dialog.getByLabel('Share of controls').selectOption('0.3');
  }
  await dialog.getByRole('button', { name: 'Start with 9 samples' }).click();
  await page.waitForURL(/\?queue=/);
  return new URL(page.url()).pathname + new URL(page.url()).search;
}

const imageOf = (page: Page) => page.locator('main img[src*="variant=view"]').first().getAttribute('src');

test('two people share a queue: neither gets what the other has, and what both decide is kept', async ({ open, people, ownProject }) => {
  const lead = await open(people.lead);
  const inspector = await open(people.inspector);
  const address = await startQueue(lead, ownProject.id, 'Monday');
  await painted(lead);
  await inspector.goto(`/projects/${ownProject.id}/review`);
  await inspector.getByRole('link', { name: /Monday/ }).click();
  // Until the queue is there, one's own review is still painted.
  await inspector.waitForURL(`**${address}`);
  await painted(inspector);
  expect(await imageOf(inspector)).not.toBe(await imageOf(lead));

  await pressWhenPainted(lead, 'a');
  await decisionsKept(ownProject.id, ['accepted']);
  await rejectByKeys(inspector, '3');
  await decisionsKept(ownProject.id, ['accepted', 'rejected']);
  await expect(lead.getByText('2 of 9', { exact: true })).toBeVisible();
  await expect(lead.getByText('2 reviewers')).toBeVisible();

  // Taken back, the item is the lead's again, and comes first.
  const next = await imageOf(lead);
  await pressWhenPainted(lead, 'u');
  await expect.poll(() => imageOf(lead)).not.toBe(next);
  // A skip is a step too: taken back, it is the skip that is taken back.
  const skipped = await imageOf(lead);
  await pressWhenPainted(lead, 's');
  await expect.poll(() => imageOf(lead)).not.toBe(skipped);
  await pressWhenPainted(lead, 'u');
  await expect.poll(() => imageOf(lead)).toBe(skipped);
  await expect(lead.getByText(/^Skip of item \d+ taken back\.$/).first()).toBeVisible();
  await pressWhenPainted(lead, 'r');
  await lead.keyboard.press('1');
  await decisionsKept(ownProject.id, ['accepted', 'rejected', null, 'rejected']);

  // The inspector leaves: what they held goes to the lead, who finishes the queue.
  await inspector.getByRole('link', { name: 'All queues' }).click();
  await expect(inspector.getByRole('heading', { name: 'Review queues' })).toBeVisible();
  await expect.poll(() => store().reviewItem.count({ where: { queue: { projectId: ownProject.id }, doneAt: null, claimedById: people.inspector.actor.userId } })).toBe(0);
  for (let done = 2; done < 9; done++) {
    await pressWhenPainted(lead, 'a');
    await expect(lead.getByText(`${done + 1} of 9`, { exact: true })).toBeVisible();
  }
  await expect(lead.getByRole('heading', { name: 'Every item is answered' })).toBeVisible();
  const decided = await store().sampleState.groupBy({ by: ['verdict'], where: { projectId: ownProject.id }, _count: true });
  expect(Object.fromEntries(decided.map(({ verdict, _count }) => [verdict, _count]))).toEqual({ accepted: 7, rejected: 2 });

  await lead.getByRole('link', { name: 'Report' }).click();
  const table = lead.getByRole('table');
  await expect(table.getByRole('row', { name: /Lena Lead 8/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /Ines Inspector 1/ })).toBeVisible();
  await inspector.goto(`${address}&report=1`);
  await expect(inspector.getByRole('row', { name: /Ines Inspector 1/ })).toBeVisible();
  await expect(inspector.getByRole('row', { name: /Lena Lead/ })).toHaveCount(0);
});

test('hidden controls look like samples, and become no decisions', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  const asked: string[] = [];
  const address = await startQueue(page, ownProject.id, 'With controls', { controls: true });
  await painted(page);
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address);
  await painted(page);
  const items = await store().reviewItem.findMany({ where: { queue: { projectId: ownProject.id } }, include: { sample: { select: { fileName: true } } } });
  expect(items.filter(({ kind }) => kind === 'control').length).toBe(4);
  for (let i = 0; i < items.length; i++) {
    await painted(page);
    await expect(page.getByText(/^Item \d+$/)).toBeVisible();
    await expect(page.getByText(/\.(png|jpg)/)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Mask, heat map, difference, image' })).toHaveCount(0);
    await page.keyboard.press('a');
    await expect(page.getByText(`${i + 1} of 13`, { exact: true })).toBeVisible();
  }
  await expect(page.getByRole('heading', { name: 'Every item is answered' })).toBeVisible();
  // Names, roles and scores were not even asked for.
  expect(asked.filter((path) => /\/samples\/rows|\/samples\/[0-9a-f-]+$/.test(path))).toEqual([]);
  expect(await store().decision.count({ where: { projectId: ownProject.id } })).toBe(9);
  expect(await store().sampleState.count({ where: { projectId: ownProject.id, sample: { role: { not: 'auxiliary' } } } })).toBe(0);
  await page.goto(`${address}&report=1`);
  await expect(page.getByRole('columnheader', { name: 'Controls hit' })).toBeVisible();
});

test('the screens of a queue are accessible', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  const address = await startQueue(page, ownProject.id, 'Looked at');
  await painted(page);
  await expectAccessible(page);
  await pressWhenPainted(page, 'a');
  await decisionsKept(ownProject.id, ['accepted']);
  for (const place of [`${address}&report=1`, `/projects/${ownProject.id}/review?queues=all`, `/projects/${ownProject.id}/review`]) {
    await openSettled(page, place);
    await expectAccessible(page);
  }
  await page.getByRole('button', { name: 'Start a queue' }).click();
  await expect(page.getByRole('dialog', { name: 'Start a queue' })).toBeVisible();
  await expectAccessible(page, dialogs);
});

test('decision keys mean nothing in a queue before the image is painted', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  const address = await startQueue(page, ownProject.id, 'Held');
  await painted(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/image\?variant=view/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address);
  await expect(acceptButton(page)).toBeDisabled();
  await page.keyboard.press('a');
  await expect(page.getByText('Wait until the image is shown.')).toBeAttached();
  release();
  await painted(page);
  expect(await store().decision.count({ where: { projectId: ownProject.id } })).toBe(0);
});
