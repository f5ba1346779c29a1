import { expect, type Locator, type Page } from '@playwright/test';
import { store } from '@/lib/store/client';

/** The button that accepts; it can be pressed once the sample is painted. */
export function acceptButton(page: Page): Locator {
  return page.getByRole('group', { name: 'Decision' }).getByRole('button', { name: 'Accept' });
}

/** Waits until the sample in front of the person is on the screen. */
export async function painted(page: Page): Promise<void> {
  await expect(acceptButton(page)).toBeEnabled();
}

/** Presses one key as soon as the sample is on the screen. */
export async function pressWhenPainted(page: Page, key: string): Promise<void> {
  await painted(page);
  await page.keyboard.press(key);
}

/** Rejects the sample by keyboard; `digit` is the reason. */
export async function rejectByKeys(page: Page, digit: string): Promise<void> {
  await pressWhenPainted(page, 'r');
  await expect(page.getByRole('group', { name: 'Reason of the rejection' })).toBeVisible();
  await page.keyboard.press(digit);
}

/** Waits until the server keeps exactly these decisions (undone ones count as null). */
export async function decisionsKept(projectId: string, verdicts: readonly (string | null)[]): Promise<void> {
  const kept = async () => (await store().decision.findMany({ where: { projectId }, orderBy: { createdAt: 'asc' } })).map(({ verdict }) => verdict);
  await expect.poll(kept, { intervals: [50] }).toEqual([...verdicts]);
}
