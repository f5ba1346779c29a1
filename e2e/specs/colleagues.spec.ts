import { expect, test } from '../fixtures/test';
import { decisionsKept, painted, pressWhenPainted, rejectByKeys } from '../pages/review';

test('two people decide the same sample at once: the second sees the first one’s decision, nothing is lost', async ({ open, people, ownProject }) => {
  const lead = await open(people.lead);
  const inspector = await open(people.inspector);
  for (const page of [lead, inspector]) {
    await page.goto(`/projects/${ownProject.id}/review`);
    await painted(page);
  }
  // From here on the inspector hears nothing of colleagues, as when both press a key in the same moment.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await inspector.route(/\/states(\?|$)/, async (route) => {
    await held;
    await route.continue();
  });
  await pressWhenPainted(lead, 'a');
  await decisionsKept(ownProject.id, ['accepted']);

  await rejectByKeys(inspector, '3');
  const note = inspector.getByRole('alert').filter({ hasText: 'was not rejected' });
  await expect(note).toContainText('Lena Lead accepted it at');
  await expect(note).toContainText('Nothing of theirs was overwritten.');
  await decisionsKept(ownProject.id, ['accepted']);

  await pressWhenPainted(inspector, 's');
  await decisionsKept(ownProject.id, ['accepted', 'skipped']);
  await note.getByRole('button', { name: 'Show it' }).click();
  await expect(inspector.getByText(/Lena Lead accepted it at/)).toBeVisible();
  release();
});

test('a colleague’s decision appears without a reload', async ({ open, people, ownProject }) => {
  const lead = await open(people.lead);
  const viewer = await open(people.viewer);
  await viewer.goto(`/projects/${ownProject.id}/scores`);
  await expect(viewer.getByRole('gridcell', { name: /, rank 1, .*undecided$/ })).toBeVisible();
  await lead.goto(`/projects/${ownProject.id}/scores`);
  await pressWhenPainted(lead, 'a');
  await expect(viewer.getByRole('gridcell', { name: /, rank 1, .*Accepted$/ })).toBeVisible();
});
