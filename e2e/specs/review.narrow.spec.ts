import { devices } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { expectNoWiderThan } from '../pages/narrow';
import { openSettled, placePath } from '../pages/places';
import { acceptButton, decisionsKept, painted } from '../pages/review';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, userAgent: devices['Pixel 7'].userAgent });

test('on a phone the review works by thumb', async ({ open, people, ownProject }) => {
  const page = await open(people.inspector);
  await page.goto(`/projects/${ownProject.id}/review`);
  const decision = page.getByRole('group', { name: 'Decision' });
  await painted(page);
  await acceptButton(page).tap();
  await expect(page.getByText('accepted 1')).toBeVisible();

  await painted(page);
  await decision.getByRole('button', { name: 'Reject' }).tap();
  await page.getByRole('group', { name: 'Reason of the rejection' }).getByRole('button', { name: 'Unrealistic' }).tap();
  await expect(page.getByText('rejected 1')).toBeVisible();

  await painted(page);
  await decision.getByRole('button', { name: 'Skip' }).tap();
  await expect(page.getByText('skipped 1')).toBeVisible();
  await decision.getByRole('button', { name: 'Undo' }).tap();
  await expect(page.getByText('skipped 0')).toBeVisible();
  await decisionsKept(ownProject.id, ['accepted', 'rejected', 'skipped', null]);
});

test('on a phone every button of the review is large enough for a thumb and on the screen', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await page.goto(`/projects/${sharedProject.id}/review`);
  await painted(page);
  for (const name of ['Accept', 'Reject', 'Skip', 'Undo']) {
    const box = await page.getByRole('group', { name: 'Decision' }).getByRole('button', { name }).boundingBox();
    expect(box, name).not.toBeNull();
    expect(box?.height, `height of ${name}`).toBeGreaterThanOrEqual(40);
    expect((box?.y ?? 0) + (box?.height ?? 0), `${name} ends on the screen`).toBeLessThanOrEqual(844);
  }
});

// Every other page becomes narrow while it is open, in pages.spec.ts; these measure themselves when they are opened.
test.describe('opened on a phone the page does not scroll sideways', () => {
  for (const place of ['scores', 'map', 'generate', 'scores/keep']) {
    test(place, async ({ open, people, sharedProject }) => {
      const page = await open(people.admin);
      await openSettled(page, placePath(sharedProject.id, place));
      await expectNoWiderThan(page, 390);
    });
  }

  test('sign-in', async ({ open }) => {
    const page = await open(null);
    await openSettled(page, '/sign-in');
    await expectNoWiderThan(page, 390);
  });
});
